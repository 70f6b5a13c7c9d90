import type { Kysely } from "kysely";
import type { Fact, JoinReason, LeaveReason } from "../../shared/model/facts.ts";
import type { MemberId } from "../../shared/model/ids.ts";
import { requireChatting } from "../accounts/members/may-chat.ts";
import type { Database } from "../db/tables.ts";
import { type ConversationRow, saveOwner } from "./store.ts";
import { storeFacts } from "./store-facts.ts";

// In the caller's transaction, with the conversation locked. Each change begins a new epoch: what the former owner still
// has under way is refused.

/** Throws `forbidden` for a member who may not chat (any more). */
export async function giveTo(
  db: Kysely<Database>,
  conversation: ConversationRow,
  repId: MemberId,
  how: JoinReason,
): Promise<{ conversation: ConversationRow; fact: Fact }> {
  await requireChatting(db, conversation.workspaceId, repId);
  const epoch = conversation.epoch + 1;
  await saveOwner(db, conversation.id, repId, epoch);
  const [fact] = await storeFacts(db, conversation, [
    { writer: { kind: "system" }, body: { kind: "rep_joined", repId, how, epoch } },
  ]);
  return { conversation: { ...conversation, ownerId: repId, epoch }, fact: certain(fact) };
}

export async function takeFrom(
  db: Kysely<Database>,
  conversation: ConversationRow,
  repId: MemberId,
  why: LeaveReason,
): Promise<{ conversation: ConversationRow; fact: Fact }> {
  const epoch = conversation.epoch + 1;
  await saveOwner(db, conversation.id, null, epoch);
  const [fact] = await storeFacts(db, conversation, [
    { writer: { kind: "system" }, body: { kind: "rep_left", repId, why, epoch } },
  ]);
  return { conversation: { ...conversation, ownerId: null, epoch }, fact: certain(fact) };
}

function certain(fact: Fact | undefined): Fact {
  if (fact === undefined) throw new Error("one fact was stored and none came back");
  return fact;
}
