import type { Kysely } from "kysely";
import type { ConversationId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import type { VisitorAccess } from "../visitors/access.ts";
import { announceFacts } from "./announce.ts";
import type { Writer } from "./fact-item.ts";
import type { Routing } from "./routing-port.ts";
import { lockById, saveClosed } from "./store.ts";
import { storeFacts } from "./store-facts.ts";

type Closer =
  | { kind: "visitor"; access: VisitorAccess }
  /** The owner; or any rep while nobody owns it. */
  | { kind: "rep"; memberId: MemberId; workspaceId: WorkspaceId; epoch: number };

/** Ends a conversation; closing a closed one changes nothing. */
export async function closeConversation(
  { db, bus, routing }: { db: Kysely<Database>; bus: Bus; routing: Routing },
  closer: Closer,
  conversationId: ConversationId,
): Promise<void> {
  const workspaceId = closer.kind === "visitor" ? closer.access.workspaceId : closer.workspaceId;
  const done = await db.transaction().execute(async (trx) => {
    const conversation = await lockById(trx, workspaceId, conversationId);
    if (conversation === null) throw new AppError("not_found");
    if (closer.kind === "visitor" && conversation.visitorId !== closer.access.visitorId)
      throw new AppError("not_found");
    if (!conversation.isOpen) return null;
    if (closer.kind === "rep") {
      const mayClose = conversation.ownerId === null || conversation.ownerId === closer.memberId;
      if (!mayClose || conversation.epoch !== closer.epoch) throw new AppError("stale_owner");
    }
    const ended = await routing.end(trx, conversation.id, { state: "left" });
    // A rep who closes what nobody owns does not speak in it: the house says it.
    const writer: Writer =
      closer.kind === "rep" && conversation.ownerId === closer.memberId
        ? { kind: "rep", id: closer.memberId, epoch: closer.epoch }
        : { kind: "system" };
    const facts = await storeFacts(trx, conversation, [
      { writer, body: { kind: "closed", by: closer.kind } },
    ]);
    await saveClosed(trx, conversation.id);
    return { conversation, facts, ended };
  });
  if (done === null) return;
  announceFacts(bus, done.conversation, done.facts);
  if (done.ended !== null) routing.announce(done.conversation, done.ended);
  bus.publish({ kind: "team", workspaceId });
}
