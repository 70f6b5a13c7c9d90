import type { Kysely } from "kysely";
import type { ConversationId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Presence } from "../../shared/model/people.ts";
import { requireChatting } from "../accounts/members/may-chat.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceFacts } from "./announce.ts";
import { giveTo } from "./change-owner.ts";
import type { Routing } from "./routing-port.ts";
import { lockById } from "./store.ts";
import { storeFacts } from "./store-facts.ts";

type HandOverDeps = {
  db: Kysely<Database>;
  bus: Bus;
  routing: Pick<Routing, "log">;
  /** Null for somebody who is no rep of this workspace. */
  presenceOf(workspaceId: WorkspaceId, memberId: MemberId): Promise<Presence | null>;
};

/** Gives a conversation to a colleague who is there, with a note that only reps see. `unavailable` when nobody is there. */
export async function handOver(
  { db, bus, routing, presenceOf }: HandOverDeps,
  rep: { memberId: MemberId; workspaceId: WorkspaceId },
  input: { conversationId: ConversationId; epoch: number; toId: MemberId; note: string },
): Promise<void> {
  const presence = await presenceOf(rep.workspaceId, input.toId);
  if (presence === null || input.toId === rep.memberId) throw new AppError("not_found");
  if (presence !== "available" && presence !== "busy") throw new AppError("unavailable");
  const done = await db.transaction().execute(async (trx) => {
    const conversation = await lockById(trx, rep.workspaceId, input.conversationId);
    if (conversation === null) throw new AppError("not_found");
    if (!conversation.isOpen) throw new AppError("conversation_closed");
    if (conversation.ownerId !== rep.memberId || conversation.epoch !== input.epoch)
      throw new AppError("stale_owner");
    // Before the note: nothing is waited for once a fact has its number.
    await requireChatting(trx, rep.workspaceId, input.toId);
    const facts =
      input.note === ""
        ? []
        : await storeFacts(trx, conversation, [
            {
              writer: { kind: "rep", id: rep.memberId, epoch: null },
              body: { kind: "note", text: input.note },
            },
          ]);
    const given = await giveTo(trx, conversation, input.toId, "handed_over");
    await routing.log(trx, conversation, "handed_over", input.toId);
    return { conversation: given.conversation, facts: [...facts, given.fact] };
  });
  announceFacts(bus, done.conversation, done.facts);
  bus.publish({ kind: "team", workspaceId: rep.workspaceId });
}
