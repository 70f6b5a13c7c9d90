import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import { type SealedFor, unsealWith } from "../sealed.ts";
import { appRow } from "./apps-store.ts";
import type { ConnectionDeps } from "./deps.ts";
import type { App } from "./token-endpoint.ts";

export function appWords(workspaceId: WorkspaceId, provider: OAuthProvider): SealedFor {
  return [workspaceId, provider, "provider_app"];
}

/** The workspace's registration with its secret; null: none, or one that does not open any more. */
export async function openApp(
  { db, keys }: Pick<ConnectionDeps, "db" | "keys">,
  workspaceId: WorkspaceId,
  provider: OAuthProvider,
): Promise<App | null> {
  const row = await appRow(db, workspaceId, provider);
  if (row === undefined) return null;
  const clientSecret = unsealWith(keys, appWords(workspaceId, provider), row.sealed_secret);
  return clientSecret === null ? null : { provider, clientId: row.client_id, clientSecret };
}
