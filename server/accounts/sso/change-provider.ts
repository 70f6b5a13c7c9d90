import type { ProviderId, TeamId } from "../../../shared/model/ids.ts";
import type { OidcSettings, ProviderView, SamlSettings } from "../../../shared/protocol/sso-routes.ts";
import { newId } from "../../db/ids.ts";
import { AppError } from "../../errors.ts";
import { seal } from "../../sealed.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import type { SsoDeps } from "./deps.ts";
import { isSsoOnly, lockWorkspace } from "./people-store.ts";
import { sealedFor } from "./ready-provider.ts";
import { readCertificate } from "./saml-metadata.ts";
import { showProvider } from "./show-sign-in.ts";
import {
  deleteProvider,
  endSessionsThrough,
  insertProvider,
  type ProviderRow,
  providerRow,
  providerRows,
  teamRows,
  turnProvider,
  updateProvider,
} from "./store.ts";

type ChangeDeps = Pick<SsoDeps, "db" | "publicUrl" | "secretKey" | "allowsPrivateHosts" | "announceEnd">;

const mostProviders = 10;

export type ProviderChange = {
  name: string;
  oidc: OidcSettings | null;
  saml: SamlSettings | null;
  /** Left out: stays as it is. */
  secret?: string | undefined;
  defaultRole: "rep" | "meetings_only";
  defaultTeamId: TeamId | null;
  allowsIdpInitiated: boolean;
};

/** A draft: it has a name and addresses of ours that the other side asks for. Throws `proof_needed`, `too_many`. */
export async function addProvider(
  deps: ChangeDeps,
  member: MemberAccess,
  { kind, name }: { kind: "oidc" | "saml"; name: string },
): Promise<ProviderView> {
  await requireProof(deps.db, member);
  const { workspaceId } = member;
  const id = newId<"identity_provider">();
  await deps.db.transaction().execute(async (db) => {
    if ((await providerRows(db, workspaceId)).length >= mostProviders) throw new AppError("too_many");
    await insertProvider(db, { id, workspaceId, kind, name });
    await note(db, member, "sso_provider_added", { id, name });
  });
  return showProvider(deps, workspaceId, id);
}

/**
 * Saves. Another issuer, client, entity or address is another provider: it must be verified again, and is off until then.
 * A new secret or certificate is the same provider with new keys: one that is on stays on, so that keys can be changed where
 * passwords are off. Throws `proof_needed`, `not_found`, `invalid_input` with the field, `taken` where the last way in would
 * be off.
 */
export async function changeProvider(
  deps: ChangeDeps,
  member: MemberAccess,
  id: ProviderId,
  change: ProviderChange,
): Promise<ProviderView> {
  await requireProof(deps.db, member);
  const { workspaceId } = member;
  await deps.db.transaction().execute(async (db) => {
    await lockWorkspace(db, workspaceId);
    const row = await providerRow(db, workspaceId, id);
    if (row === undefined) throw new AppError("not_found");
    const settings = settingsOf(row, change, deps.allowsPrivateHosts);
    if (
      change.defaultTeamId !== null &&
      !(await teamRows(db, workspaceId)).some((team) => team.id === change.defaultTeamId)
    )
      throw new AppError("not_found");
    const secret = row.kind === "oidc" ? change.secret : undefined;
    const fields = changedFields(row, change, { ...settings, ...(secret === undefined ? {} : { secret }) });
    const hasNewKeys = fields.some((field) => keyFields.includes(field));
    const isOther = fields.some((field) => identityFields.includes(field)) || (hasNewKeys && !row.is_on);
    if (isOther && row.is_on) await keepOneOn(db, member, id);
    await updateProvider(db, workspaceId, id, {
      name: change.name,
      settings,
      sealedSecret: secret === undefined ? row.sealed_secret : seal(deps.secretKey, sealedFor(row), secret),
      defaultRole: change.defaultRole,
      defaultTeamId: change.defaultTeamId,
      allowsIdpInitiated: row.kind === "saml" && change.allowsIdpInitiated,
      isOther,
      hasNewKeys,
    });
    await note(
      db,
      member,
      "sso_provider_changed",
      { id, name: change.name },
      {
        toBeVerifiedAgain: isOther,
        fields: fields.join(" "),
      },
    );
  });
  return showProvider(deps, workspaceId, id);
}

/** On only once verified. Throws `proof_needed`, `not_found`; `taken` when the workspace signs in by this one only. */
export async function turnProviderOn(
  deps: ChangeDeps,
  member: MemberAccess,
  id: ProviderId,
  isOn: boolean,
): Promise<ProviderView> {
  await requireProof(deps.db, member);
  const { workspaceId } = member;
  await deps.db.transaction().execute(async (db) => {
    await lockWorkspace(db, workspaceId);
    const row = await providerRow(db, workspaceId, id);
    if (row === undefined) throw new AppError("not_found");
    if (!isOn && row.is_on) await keepOneOn(db, member, id);
    if (!(await turnProvider(db, workspaceId, id, isOn)))
      throw new AppError("invalid_input", { field: "verifiedAt" });
    if (row.is_on !== isOn) await note(db, member, isOn ? "sso_turned_on" : "sso_turned_off", row);
  });
  return showProvider(deps, workspaceId, id);
}

/**
 * Its members stay; they no longer come in through it, and whoever is known by it alone is signed out, but for the asking
 * session. Throws as `turnProviderOn`.
 */
export async function removeProvider(deps: ChangeDeps, member: MemberAccess, id: ProviderId): Promise<void> {
  await requireProof(deps.db, member);
  const ended = await deps.db.transaction().execute(async (db) => {
    await lockWorkspace(db, member.workspaceId);
    const row = await providerRow(db, member.workspaceId, id);
    if (row === undefined) throw new AppError("not_found");
    if (row.is_on) await keepOneOn(db, member, id);
    const signedOut = await endSessionsThrough(db, member.workspaceId, id, member.sessionId);
    await deleteProvider(db, member.workspaceId, id);
    await note(db, member, "sso_provider_removed", row, { signedOut: signedOut.length });
    return signedOut;
  });
  for (const each of ended) deps.announceEnd(each);
}

/**
 * Where passwords are off, the last provider stays on: nobody but the break-glass admins could come in. The caller holds the
 * workspace, so that of two that go off at once the second sees the first.
 */
async function keepOneOn(db: ChangeDeps["db"], { workspaceId }: MemberAccess, id: ProviderId): Promise<void> {
  if (!(await isSsoOnly(db, workspaceId))) return;
  const others = (await providerRows(db, workspaceId)).filter((row) => row.is_on && row.id !== id);
  if (others.length === 0) throw new AppError("taken");
}

function settingsOf(row: ProviderRow, { oidc, saml }: ProviderChange, allowsPrivateHosts: boolean): object {
  if (row.kind === "oidc") {
    if (oidc === null) throw new AppError("invalid_input", { field: "oidc" });
    mustBeHttps(oidc.issuer, "oidc.issuer", allowsPrivateHosts);
    return { issuer: oidc.issuer.trim(), clientId: oidc.clientId };
  }
  if (saml === null) throw new AppError("invalid_input", { field: "saml" });
  mustBeHttps(saml.signInUrl, "saml.signInUrl", allowsPrivateHosts);
  const certificates = [...new Set(saml.certificates.map(readCertificate))];
  return { entityId: saml.entityId, signInUrl: saml.signInUrl.trim(), certificates };
}

function mustBeHttps(address: string, field: string, allowsPrivateHosts: boolean): void {
  if (!address.startsWith("https:") && !allowsPrivateHosts) throw new AppError("invalid_input", { field });
}

/** Who the provider is, and with what it proves itself. */
const identityFields: readonly string[] = ["issuer", "clientId", "entityId", "signInUrl"];
const keyFields: readonly string[] = ["secret", "certificates"];

/** Names of what a change makes different. */
function changedFields(row: ProviderRow, change: ProviderChange, settings: object): string[] {
  const before = {
    ...row.settings,
    name: row.name,
    defaultRole: row.default_role,
    defaultTeamId: row.default_team_id,
    allowsIdpInitiated: row.allows_idp_initiated,
  };
  const { name, defaultRole, defaultTeamId } = change;
  const allowsIdpInitiated = row.kind === "saml" && change.allowsIdpInitiated;
  const after = { name, ...settings, defaultRole, defaultTeamId, allowsIdpInitiated };
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after)
    .filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(was.get(field)))
    .map(([field]) => field);
}

type Noted =
  | "sso_provider_added"
  | "sso_provider_changed"
  | "sso_provider_removed"
  | "sso_turned_on"
  | "sso_turned_off";

function note(
  db: ChangeDeps["db"],
  { workspaceId, memberId }: MemberAccess,
  action: Noted,
  { id, name }: { id: ProviderId; name: string },
  details: Record<string, boolean | string | number> = {},
): Promise<void> {
  const subject = { kind: "identity_provider", id, name };
  return recordAudit(db, { workspaceId, actorId: memberId, action, subject, details });
}
