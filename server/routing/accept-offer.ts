import type { Kysely } from "kysely";
import type { ConversationId, MemberId, OfferId, WorkspaceId } from "../../shared/model/ids.ts";
import { announceFacts } from "../conversations/announce.ts";
import { giveTo } from "../conversations/change-owner.ts";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceRequest } from "./announce-request.ts";
import { endRequest } from "./end-request.ts";
import { endOffer, offerOfMember } from "./store.ts";

export type Accepted = { conversationId: ConversationId } | { takenBy: MemberId } | { expired: true };

/** A rep takes a request. The first claim wins: all claims of one conversation pass through its lock. */
export async function acceptOffer(
  { db, bus }: { db: Kysely<Database>; bus: Bus },
  rep: { memberId: MemberId; workspaceId: WorkspaceId },
  offerId: OfferId,
): Promise<Accepted> {
  const offer = await offerOfMember(db, offerId, rep.memberId);
  if (offer === undefined) throw new AppError("not_found");
  const done = await db.transaction().execute(async (trx) => {
    const conversation = await lockConversation(trx, rep.workspaceId, offer.conversation_id);
    if (conversation === null) throw new AppError("not_found");
    if (conversation.ownerId === rep.memberId) return { conversationId: conversation.id };
    if (conversation.ownerId !== null) return { takenBy: conversation.ownerId };
    if (!conversation.isOpen || !(await endOffer(trx, offerId, "claimed"))) return { expired: true as const };
    await endRequest(trx, conversation.id, { state: "claimed", by: rep.memberId });
    const given = await giveTo(trx, conversation, rep.memberId, "claimed");
    return { won: given };
  });
  if (!("won" in done)) return done;
  announceFacts(bus, done.won.conversation, [done.won.fact]);
  announceRequest(bus, done.won.conversation, offer.request_id);
  bus.publish({ kind: "team", workspaceId: rep.workspaceId });
  return { conversationId: done.won.conversation.id };
}
