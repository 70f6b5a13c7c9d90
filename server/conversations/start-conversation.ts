import type { Kysely } from "kysely";
import type { ClientId } from "../../shared/model/ids.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import type { VisitorAccess } from "../visitors/access.ts";
import { announceFacts, announceOpened } from "./announce.ts";
import type { Routing } from "./routing-port.ts";
import {
  type ConversationRow,
  conversationOfSend,
  deleteUnused,
  findForVisitor,
  insertConversation,
  lockById,
  lockOpenOfVisitor,
} from "./store.ts";
import { storeFacts } from "./store-facts.ts";

type StartDeps = { db: Kysely<Database>; bus: Bus; routing: Routing };

/**
 * A visitor's first words: opens the conversation, stores them and asks for a person, all in one transaction. The same
 * client id again answers the same conversation. When one is open already (another tab, a rep who wrote first), the words
 * go there.
 */
export async function startConversation(
  { db, bus, routing }: StartDeps,
  visitor: VisitorAccess,
  input: { clientId: ClientId; text: string },
): Promise<ConversationRow> {
  const done = await db.transaction().execute(async (trx) => {
    const sentTo = await conversationOfSend(trx, visitor.visitorId, input.clientId);
    if (sentTo !== null) return { sentTo };
    const id = newId<"conversation">();
    const isNew = await insertConversation(trx, {
      id,
      workspaceId: visitor.workspaceId,
      visitorId: visitor.visitorId,
    });
    const conversation = isNew
      ? await lockById(trx, visitor.workspaceId, id)
      : await lockOpenOfVisitor(trx, visitor.visitorId);
    // The open one was closed between the two statements: the client tries again.
    if (conversation === null) throw new AppError("conversation_closed");
    // The first try of these words may have been stored meanwhile in one that was closed right after: since no other is
    // open now, whatever was stored before is seen now.
    const storedMeanwhile = isNew ? await conversationOfSend(trx, visitor.visitorId, input.clientId) : null;
    if (storedMeanwhile !== null) {
      await deleteUnused(trx, id);
      return { sentTo: storedMeanwhile };
    }
    const facts = await storeFacts(trx, conversation, [
      {
        writer: { kind: "visitor", id: visitor.visitorId },
        clientId: input.clientId,
        body: { kind: "message", text: input.text },
      },
    ]);
    const opened = isNew ? await routing.open(trx, conversation) : null;
    if (opened !== null) facts.push(opened.fact);
    return { conversation, facts, isNew, opened };
  });

  if ("sentTo" in done) {
    const conversation = await findForVisitor(db, visitor.visitorId, done.sentTo);
    if (conversation === null) throw new AppError("not_found");
    return conversation;
  }
  if (done.isNew) announceOpened(bus, done.conversation);
  announceFacts(bus, done.conversation, done.facts);
  if (done.opened !== null) {
    routing.announce(done.conversation, done.opened.requestId);
    await routing.advance(done.opened.requestId);
  } else if (done.conversation.ownerId === null) {
    await routing.reconsider(done.conversation);
  }
  return (await findForVisitor(db, visitor.visitorId, done.conversation.id)) ?? done.conversation;
}
