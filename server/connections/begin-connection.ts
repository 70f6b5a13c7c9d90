import type { ConnectedProvider } from "../../shared/model/connections.ts";
import type { ConnectionId } from "../../shared/model/ids.ts";
import { connectCallbackPath } from "../../shared/protocol/connection-routes.ts";
import type { MemberAccess } from "../accounts/session.ts";
import { hashToken, mintToken } from "../accounts/session-cookie.ts";
import { AppError } from "../errors.ts";
import type { ConnectionDeps } from "./deps.ts";
import { insertFlow } from "./flow-store.ts";
import { openApp } from "./open-app.ts";
import { plans } from "./providers.ts";
import { connectionRow } from "./store.ts";
import { consentUrl, newCodeVerifier } from "./token-endpoint.ts";

export type ConnectWish = {
  provider: ConnectedProvider;
  again: ConnectionId | null;
  returnTo: string;
};

/**
 * Where to send the browser, and the cookie that it must bring back. Throws `not_found` where the workspace is not registered at the
 * provider, and for a connection that is not the member's own.
 */
export async function beginConnection(
  deps: ConnectionDeps,
  { workspaceId, memberId }: Pick<MemberAccess, "workspaceId" | "memberId">,
  { provider, again, returnTo }: ConnectWish,
): Promise<{ url: string; browserToken: string }> {
  const app = await openApp(deps, workspaceId, plans[provider].app);
  if (app === null) throw new AppError("not_found");
  const known = again === null ? null : await connectionRow(deps.db, { workspaceId, connectionId: again });
  if (known !== null && (known?.member_id !== memberId || known.provider !== provider))
    throw new AppError("not_found");
  const [state, browserToken, codeVerifier] = [mintToken(), mintToken(), await newCodeVerifier()];
  await insertFlow(deps.db, {
    stateHash: hashToken(state),
    browserHash: hashToken(browserToken),
    workspaceId,
    memberId,
    provider,
    codeVerifier,
    clientId: app.clientId,
    again,
    returnTo,
  });
  const url = await consentUrl(deps, app, {
    provider,
    redirectUrl: `${deps.publicUrl}${connectCallbackPath}`,
    state,
    codeVerifier,
    hint: known?.account_name ?? null,
  });
  return { url, browserToken };
}
