import type { OAuthProvider, ProviderName } from "../../shared/model/connections.ts";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import { connectCallbackPath, type ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import { requireProof } from "../accounts/proof.ts";
import type { MemberAccess } from "../accounts/session.ts";
import { AppError } from "../errors.ts";
import { seal } from "../sealed.ts";
import { appRow, appRows, deleteApp, upsertApp } from "./apps-store.ts";
import type { ConnectionDeps } from "./deps.ts";
import { endConnections } from "./end-connections.ts";
import { announceHealth, noteProblem } from "./health.ts";
import { appWords } from "./open-app.ts";
import { plans, registerUrls, scopesOfApp } from "./providers.ts";
import { lockConnections } from "./store.ts";

const names: Readonly<Record<OAuthProvider, string>> = {
  google: "Google",
  microsoft: "Microsoft",
  zoom: "Zoom",
};

/** The workspace's registrations, and what to enter at each provider. Secrets are never shown. */
export async function listApps(
  { db, publicUrl }: Pick<ConnectionDeps, "db" | "publicUrl">,
  workspaceId: WorkspaceId,
): Promise<ProviderAppView[]> {
  const rows = await appRows(db, workspaceId);
  return (["google", "microsoft", "zoom"] as const).map((provider) => {
    const row = rows.find((each) => each.provider === provider);
    return {
      provider,
      clientId: row?.client_id ?? null,
      redirectUrl: `${publicUrl}${connectCallbackPath}`,
      registerUrl: registerUrls[provider],
      scopes: scopesOfApp(provider),
      isVerified: row !== undefined && row.verified_at !== null,
      updatedAt: row?.updated_at.getTime() ?? null,
    };
  });
}

/**
 * Saves a registration. Accounts that were connected with another client id cannot be renewed with this one: they must be connected
 * again, and their members are told. Throws `proof_needed`, and `invalid_input` without the secret of a new client.
 */
export async function saveApp(
  deps: ConnectionDeps,
  member: MemberAccess,
  provider: OAuthProvider,
  { clientId, clientSecret }: { clientId: string; clientSecret: string | null },
): Promise<void> {
  await requireProof(deps.db, member);
  const { workspaceId } = member;
  await deps.db.transaction().execute(async (trx) => {
    const before = await appRow(trx, workspaceId, provider);
    const isSameClient = before?.client_id === clientId;
    if (clientSecret === null && !isSameClient)
      throw new AppError("invalid_input", { field: "clientSecret" });
    const sealedSecret =
      clientSecret === null
        ? before?.sealed_secret
        : seal(deps.keys.secretKey, appWords(workspaceId, provider), clientSecret);
    if (sealedSecret === undefined) throw new AppError("invalid_input", { field: "clientSecret" });
    const keepsVerified = isSameClient && clientSecret === null;
    await upsertApp(trx, { workspaceId, provider, clientId, sealedSecret, keepsVerified });
    if (before !== undefined && !isSameClient)
      for (const { id } of await lockConnections(trx, workspaceId, { providers: connectedBy(provider) }))
        await noteProblem({ ...deps, db: trx }, { workspaceId, connectionId: id }, "needs_reauth");
    await note(trx, member, "provider_app_changed", provider);
  });
  announceHealth(deps, { workspaceId });
}

/** Forgets a registration, and every account that was connected with it. Throws `proof_needed`, `not_found`. */
export async function removeApp(
  deps: ConnectionDeps,
  member: MemberAccess,
  provider: OAuthProvider,
): Promise<void> {
  await requireProof(deps.db, member);
  const { workspaceId } = member;
  await deps.db.transaction().execute(async (trx) => {
    const { rows } = await endConnections(trx, workspaceId, { providers: connectedBy(provider) });
    if (!(await deleteApp(trx, workspaceId, provider))) throw new AppError("not_found");
    await note(trx, member, "provider_app_removed", provider, rows.length);
  });
  announceHealth(deps, { workspaceId });
}

function connectedBy(app: OAuthProvider): ProviderName[] {
  const all = Object.entries(plans).filter(([, plan]) => plan.app === app);
  return all.map(([provider]) => provider as ProviderName); // The keys of `plans`.
}

function note(
  db: ConnectionDeps["db"],
  { workspaceId, memberId }: MemberAccess,
  action: "provider_app_changed" | "provider_app_removed",
  provider: OAuthProvider,
  connections = 0,
): Promise<void> {
  const subject = { kind: "provider_app", id: null, name: names[provider] };
  return recordAudit(db, { workspaceId, actorId: memberId, action, subject, details: { connections } });
}
