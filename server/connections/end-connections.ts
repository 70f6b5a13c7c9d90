import type { Kysely } from "kysely";
import type { ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { enqueue } from "../jobs/queue.ts";
import { putAside } from "./ended-store.ts";
import { type ConnectionRow, deleteConnections, lockConnections } from "./store.ts";

export type Ended = {
  rows: ConnectionRow[];
  /** Of those, what is given back at the provider. */
  givenBack: ConnectionId[];
};

/**
 * Forgets connections with their calendars, in the caller's transaction: of one member, of some providers, of one id, or all. From the
 * commit on nobody asks with them; jobs give the access back at the providers, however long these are away.
 */
export async function endConnections(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  of: { id?: ConnectionId; memberId?: MemberId; providers?: readonly ProviderName[] } = {},
): Promise<Ended> {
  const rows = await lockConnections(db, workspaceId, of);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { rows, givenBack: [] };
  const givenBack = await putAside(db, workspaceId, ids);
  await deleteConnections(db, workspaceId, ids);
  for (const connectionId of givenBack)
    await enqueue(db, "connection:give_back", { workspaceId, connectionId });
  return { rows, givenBack };
}
