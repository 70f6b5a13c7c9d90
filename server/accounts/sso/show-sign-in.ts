import type { ProviderId, WorkspaceId } from "../../../shared/model/ids.ts";
import type {
  DomainView,
  ProviderView,
  SsoSettings,
  VerifyRun,
} from "../../../shared/protocol/sso-routes.ts";
import { AppError } from "../../errors.ts";
import { ourAddresses, type SsoDeps } from "./deps.ts";
import { adminsWithPassword, isSsoOnly } from "./people-store.ts";
import { oidcSettingsOf, readyProvider, samlSettingsOf } from "./ready-provider.ts";
import { certificatesEndAt } from "./saml-metadata.ts";
import { type DomainRow, domainRows, type ProviderRow, providerRows, teamRows } from "./store.ts";

type ShowDeps = Pick<SsoDeps, "db" | "publicUrl" | "secretKey">;

/** Everything the page of sign-in shows to an admin. No secret is in it. */
export async function showSignIn(deps: ShowDeps, workspaceId: WorkspaceId): Promise<SsoSettings> {
  const { db } = deps;
  const [providers, domains, admins, teams, isOnly] = await Promise.all([
    providerRows(db, workspaceId),
    domainRows(db, workspaceId),
    adminsWithPassword(db, workspaceId),
    teamRows(db, workspaceId),
    isSsoOnly(db, workspaceId),
  ]);
  return {
    providers: providers.map((row) => providerView(deps, row, peopleOf(row))),
    domains: domains.map(domainView),
    isSsoOnly: isOnly,
    admins: admins.map((row) => ({
      id: row.id,
      name: `${row.first_name} ${row.last_name}`.trim(),
      email: row.email,
      isBreakGlass: row.is_break_glass,
    })),
    teams,
  };
}

/** One provider as the page shows it. Throws `not_found`. */
export async function showProvider(
  deps: ShowDeps,
  workspaceId: WorkspaceId,
  id: ProviderId,
): Promise<ProviderView> {
  const rows = await providerRows(deps.db, workspaceId);
  const row = rows.find((each) => each.id === id);
  if (row === undefined) throw new AppError("not_found");
  return providerView(deps, row, peopleOf(row));
}

type People = Pick<ProviderView, "people" | "onlyWayOf">;

function peopleOf({ people, only_way_of }: Awaited<ReturnType<typeof providerRows>>[number]): People {
  return { people: people ?? 0, onlyWayOf: only_way_of ?? [] };
}

function providerView({ publicUrl, secretKey }: ShowDeps, row: ProviderRow, people: People): ProviderView {
  const ours = ourAddresses(publicUrl);
  const saml = samlSettingsOf(row);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    oidc: row.kind === "oidc" ? oidcSettingsOf(row) : null,
    saml: row.kind === "saml" ? { ...saml, expiresAt: certificatesEndAt(saml.certificates) } : null,
    hasSecret: row.sealed_secret !== null,
    isComplete: readyProvider(secretKey, row) !== null,
    isOn: row.is_on,
    verifiedAt: row.verified_at?.getTime() ?? null,
    lastRun: runOf(row),
    defaultRole: row.default_role,
    defaultTeamId: row.default_team_id,
    allowsIdpInitiated: row.allows_idp_initiated,
    ...people,
    ours:
      row.kind === "oidc"
        ? { redirectUrl: ours.redirectUrl(row) }
        : { entityId: ours.entityId(row), acsUrl: ours.acsUrl(row), metadataUrl: ours.entityId(row) },
  };
}

function runOf({ last_run: run, last_run_at: at }: ProviderRow): VerifyRun | null {
  if (run === null || at === null) return null;
  return { ...(run as Omit<VerifyRun, "at">), at: at.getTime() }; // Written by `finish-flow.ts` only.
}

export function domainView(row: DomainRow): DomainView {
  return {
    id: row.id,
    domain: row.domain,
    provenAt: row.proven_at?.getTime() ?? null,
    provenBy: row.proven_by,
    dnsName: `_foyer.${row.domain}`,
    fileUrl: `https://${row.domain}/.well-known/foyer-verification.txt`,
    text: `foyer-verification=${row.token}`,
  };
}
