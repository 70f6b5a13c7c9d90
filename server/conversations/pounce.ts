import type { Kysely } from "kysely";
import type { ClientId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceFacts, announceOpened } from "./announce.ts";
import { giveTo } from "./change-owner.ts";
import type { Routing } from "./routing-port.ts";
import {
  type ConversationRow,
  conversationOfSend,
  insertConversation,
  lockById,
  lockOpenOfVisitor,
} from "./store.ts";
import { storeFacts } from "./store-facts.ts";

type PounceDeps = { db: Kysely<Database>; bus: Bus; routing: Routing };

/** A rep addresses a visitor first. `takenBy`: a colleague owns the conversation already. */
export async function pounce(
  { db, bus, routing }: PounceDeps,
  rep: { memberId: MemberId; workspaceId: WorkspaceId },
  input: { visitor: { id: VisitorId; workspaceId: WorkspaceId }; clientId: ClientId; text: string },
): Promise<{ conversation: ConversationRow } | { takenBy: MemberId }> {
  const visitorId = input.visitor.id;
  const done = await db.transaction().execute(async (trx) => {
    const sentTo = await conversationOfSend(trx, visitorId, input.clientId);
    if (sentTo !== null) {
      const before = await lockById(trx, rep.workspaceId, sentTo);
      if (before === null) throw new AppError("not_found");
      return { conversation: before, facts: [], isNew: false, ended: null };
    }
    const id = newId<"conversation">();
    const isNew = await insertConversation(trx, { id, workspaceId: rep.workspaceId, visitorId });
    let conversation = isNew
      ? await lockById(trx, rep.workspaceId, id)
      : await lockOpenOfVisitor(trx, visitorId);
    if (conversation === null || conversation.workspaceId !== rep.workspaceId)
      throw new AppError("not_found");
    if (conversation.ownerId !== null && conversation.ownerId !== rep.memberId)
      return { takenBy: conversation.ownerId };
    const facts = [];
    let ended = null;
    if (conversation.ownerId === null) {
      ended = await routing.end(trx, conversation.id, { state: "claimed", by: rep.memberId });
      const given = await giveTo(trx, conversation, rep.memberId, "pounced");
      conversation = given.conversation;
      facts.push(given.fact);
      await routing.log(trx, conversation, "pounced", rep.memberId);
    }
    const said = await storeFacts(trx, conversation, [
      {
        writer: { kind: "rep", id: rep.memberId, epoch: conversation.epoch },
        clientId: input.clientId,
        body: { kind: "message", text: input.text },
      },
    ]);
    facts.push(...said);
    return { conversation, facts, isNew, ended };
  });
  if ("takenBy" in done) return { takenBy: done.takenBy };
  if (done.isNew) announceOpened(bus, done.conversation);
  announceFacts(bus, done.conversation, done.facts);
  if (done.ended !== null) routing.announce(done.conversation, done.ended);
  bus.publish({ kind: "team", workspaceId: rep.workspaceId });
  return { conversation: done.conversation };
}
