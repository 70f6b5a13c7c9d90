import type { ConnectedProvider, ProviderName } from "../../shared/model/connections.ts";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { type ConnectWait, connectCallbackPath } from "../../shared/protocol/connection-routes.ts";
import { appRow } from "./apps-store.ts";
import type { ConnectionDeps } from "./deps.ts";
import { deleteWait, insertWait, waitRows } from "./flow-store.ts";
import { placesOf, plans } from "./providers.ts";

type Deps = Pick<ConnectionDeps, "db" | "providers" | "publicUrl">;
type Member = { workspaceId: WorkspaceId; memberId: MemberId };

/** The `state` of a page on which an admin allows us; nobody's flow. */
export const approvedState = "approved";

/** What a member wants to connect, and may not before the account's own admin allows us. */
export async function listWaits(deps: Deps, { workspaceId, memberId }: Member): Promise<ConnectWait[]> {
  const waits: ConnectWait[] = [];
  for (const { provider, since } of await waitRows(deps.db, workspaceId, memberId))
    waits.push({
      provider,
      since: since.getTime(),
      approvalUrl: await approvalUrl(deps, workspaceId, provider),
    });
  return waits;
}

/** Where an account's own admin allows us; null: this provider has no such page, or the workspace no registration there. */
export async function approvalUrl(
  { db, providers, publicUrl }: Deps,
  workspaceId: WorkspaceId,
  provider: ProviderName,
): Promise<string | null> {
  if (provider !== "microsoft" && provider !== "teams") return null;
  const app = await appRow(db, workspaceId, "microsoft");
  if (app === undefined) return null;
  const url = new URL(`${placesOf(providers, "microsoft").base}/organizations/v2.0/adminconsent`);
  url.search = new URLSearchParams({
    client_id: app.client_id,
    scope: plans[provider].scopes
      .filter((scope) => scope !== "offline_access")
      .map((scope) => `https://graph.microsoft.com/${scope}`)
      .join(" "),
    redirect_uri: `${publicUrl}${connectCallbackPath}`,
    state: approvedState,
  }).toString();
  return url.href;
}

export async function setWaiting(
  { db }: Pick<Deps, "db">,
  { workspaceId, memberId }: Member,
  provider: ConnectedProvider,
  isWaiting: boolean,
): Promise<void> {
  if (isWaiting) await insertWait(db, workspaceId, memberId, provider);
  else await deleteWait(db, workspaceId, memberId, provider);
}
