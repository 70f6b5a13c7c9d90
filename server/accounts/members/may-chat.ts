import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { lockIfChatting } from "./store.ts";

/**
 * In the caller's transaction: whoever is given a conversation may chat until its commit, since a deactivation or a change
 * of role waits for it and then finds the conversation. Throws `forbidden`.
 */
export async function requireChatting(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<void> {
  if (!(await lockIfChatting(db, workspaceId, memberId))) throw new AppError("forbidden");
}
