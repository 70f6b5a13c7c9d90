import type { Kysely } from "kysely";
import type { ConversationId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { type ConversationRow, lockById } from "./store.ts";

export type { ConversationRow };

/** Locks a conversation for the caller's transaction: always its first lock. Null: not of this workspace. */
export function lockConversation(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  id: ConversationId,
): Promise<ConversationRow | null> {
  return lockById(db, workspaceId, id);
}
