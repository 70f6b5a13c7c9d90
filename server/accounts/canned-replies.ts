import type { Kysely } from "kysely";
import type { CannedReplyId, WorkspaceId } from "../../shared/model/ids.ts";
import type { CannedReply } from "../../shared/protocol/console-routes.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { cannedReplyRows, deleteCannedReply, insertCannedReply, updateCannedReply } from "./store.ts";

// The workspace's ready answers, shared by all who chat.

const mostReplies = 500;

export function listCannedReplies(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<CannedReply[]> {
  return cannedReplyRows(db, workspaceId);
}

export async function addCannedReply(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  reply: Omit<CannedReply, "id">,
): Promise<CannedReply> {
  const added = { id: newId<"canned_reply">(), title: reply.title, text: reply.text };
  if (!(await insertCannedReply(db, workspaceId, added, mostReplies))) throw new AppError("too_large");
  return added;
}

export async function changeCannedReply(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  reply: CannedReply,
): Promise<CannedReply> {
  if (!(await updateCannedReply(db, workspaceId, reply))) throw new AppError("not_found");
  return { id: reply.id, title: reply.title, text: reply.text };
}

export async function removeCannedReply(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  id: CannedReplyId,
): Promise<void> {
  if (!(await deleteCannedReply(db, workspaceId, id))) throw new AppError("not_found");
}
