import type { Kysely } from "kysely";
import type { ConversationId, WorkspaceId } from "../../shared/model/ids.ts";
import type { DecisionLine } from "../../shared/model/routing.ts";
import type { Database } from "../db/tables.ts";
import { decisionLines } from "./store.ts";

/** Why a conversation went where it went: its decision log, oldest first. */
export function whyThere(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  id: ConversationId,
): Promise<DecisionLine[]> {
  return decisionLines(db, workspaceId, id);
}
