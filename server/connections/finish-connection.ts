import type { ConnectionId } from "../../shared/model/ids.ts";
import { type ConnectOutcome, connectCallbackPath } from "../../shared/protocol/connection-routes.ts";
import { markVerified } from "./apps-store.ts";
import type { ConnectionDeps } from "./deps.ts";
import { deleteWait, type FlowRow, insertWait } from "./flow-store.ts";
import { announceHealth, noteProblem } from "./health.ts";
import { openApp } from "./open-app.ts";
import { ProviderError } from "./port.ts";
import { missingScopes, plans } from "./providers.ts";
import { saveConnection } from "./save-connection.ts";
import { exchangeCode } from "./token-endpoint.ts";
import { whoseAccess } from "./who-is-it.ts";

/**
 * The person has come back from the provider with an answer; `search` is the query of the address. Saves the account, or says why
 * not. The flow has been taken: it is this browser's and this member's, and answered once.
 */
export async function finishConnection(
  deps: ConnectionDeps,
  flow: FlowRow,
  { search, state }: { search: string; state: string },
): Promise<ConnectOutcome> {
  const outcome = await connect(deps, flow, { search, state }).catch((error: unknown) => {
    if (error instanceof ProviderError) return outcomeOf(error);
    throw error;
  });
  if (outcome === "needs_approval") await noteWait(deps, flow);
  return outcome;
}

async function connect(
  deps: ConnectionDeps,
  flow: FlowRow,
  { search, state }: { search: string; state: string },
): Promise<ConnectOutcome> {
  const { workspace_id: workspaceId, member_id: memberId, provider, again_id: again } = flow;
  const url = new URL(`${deps.publicUrl}${connectCallbackPath}`);
  url.search = search;
  const refused = url.searchParams.get("error");
  if (refused !== null) return refusalOf(refused, url.searchParams.get("error_description") ?? "");
  const app = await openApp(deps, workspaceId, plans[provider].app);
  // The admin changed it meanwhile: its code is not for the one of now.
  if (app === null || app.clientId !== flow.client_id) return "misconfigured";
  const tokens = await exchangeCode(deps, app, { url, state, codeVerifier: flow.code_verifier });
  const account = await whoseAccess(deps, provider, tokens.accessToken);
  const scopes = tokens.scopes ?? [...plans[provider].scopes];
  const isPartial = missingScopes(provider, scopes).length > 0;
  const saved = await deps.db.transaction().execute(async (trx): Promise<ConnectionId | null> => {
    const id = await saveConnection(trx, deps, {
      workspaceId,
      memberId,
      provider,
      accountId: account.id,
      accountName: account.name,
      serverUrl: null,
      scopes,
      secret: { kind: "tokens", accessToken: tokens.accessToken, refreshToken: tokens.refreshToken },
      expiresInSeconds: tokens.expiresInSeconds,
      problem: isPartial ? "missing_scope" : null,
      again,
    });
    if (id === null) return null;
    await deleteWait(trx, workspaceId, memberId, provider);
    await markVerified(trx, workspaceId, plans[provider].app, app.clientId);
    return id;
  });
  if (saved === null) return "other_account";
  announceHealth(deps, { workspaceId });
  return isPartial ? "missing_scope" : "connected";
}

/** An account that was connected says it itself; who has none yet is remembered beside. */
async function noteWait(deps: ConnectionDeps, flow: FlowRow): Promise<void> {
  const { workspace_id: workspaceId, member_id: memberId, provider, again_id: again } = flow;
  if (again === null) await insertWait(deps.db, workspaceId, memberId, provider);
  else await noteProblem(deps, { workspaceId, connectionId: again }, "needs_approval");
}

/** Microsoft says by number that an admin must consent; Zoom and Google in words. 65004: the person said no. */
const approvalWords = /AADSTS(65001|90094|90095|900941|650057)|admin|approv/i;

function refusalOf(error: string, description: string): ConnectOutcome {
  if (error === "admin_policy_enforced" || error === "consent_required") return "needs_approval";
  if (error === "access_denied")
    return approvalWords.test(description) && !description.includes("AADSTS65004")
      ? "needs_approval"
      : "denied";
  return error === "server_error" || error === "temporarily_unavailable" ? "unreachable" : "misconfigured";
}

function outcomeOf({ kind, code }: ProviderError): ConnectOutcome {
  if (kind === "rate" || kind === "transient") return "unreachable";
  if (kind === "approval") return "needs_approval";
  // A code is good for some minutes, once.
  return kind === "auth" && code === "invalid_grant" ? "expired" : "misconfigured";
}
