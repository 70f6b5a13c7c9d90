import type { Kysely } from "kysely";
import type { RequestView } from "../../shared/model/conversations.ts";
import type { ConversationId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { type ConversationRow, findForRep, findForVisitor, latestOfVisitor, requestView } from "./store.ts";

// Permission is part of finding: there is no other way to a conversation. What is another's answers as what is not there.

/** Of the rep's workspace, or `not_found`. */
export async function conversationForRep(
  db: Kysely<Database>,
  rep: { workspaceId: WorkspaceId },
  id: ConversationId,
): Promise<ConversationRow> {
  const conversation = await findForRep(db, rep.workspaceId, id);
  if (conversation === null) throw new AppError("not_found");
  return conversation;
}

/** The visitor's own, or `not_found`. */
export async function conversationForVisitor(
  db: Kysely<Database>,
  visitor: { visitorId: VisitorId },
  id: ConversationId,
): Promise<ConversationRow> {
  const conversation = await findForVisitor(db, visitor.visitorId, id);
  if (conversation === null) throw new AppError("not_found");
  return conversation;
}

/** The visitor's open one, else the latest closed one, else null. */
export function currentConversation(
  db: Kysely<Database>,
  visitor: { visitorId: VisitorId },
): Promise<ConversationRow | null> {
  return latestOfVisitor(db, visitor.visitorId);
}

/** What became of the latest request of a conversation that the caller has found. */
export function requestOf(db: Kysely<Database>, conversation: ConversationRow): Promise<RequestView | null> {
  return requestView(db, conversation.id);
}
