import type { Kysely } from "kysely";
import type { MemberId, OfferId, WorkspaceId } from "../../shared/model/ids.ts";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { endOffer, insertDecisions, offerOfMember } from "./store.ts";

/** A rep will not take a request: the next is asked at once. Declining what no longer rings changes nothing. */
export async function declineOffer(
  { db, bus }: { db: Kysely<Database>; bus: Bus },
  rep: { memberId: MemberId; workspaceId: WorkspaceId },
  offerId: OfferId,
): Promise<void> {
  const offer = await offerOfMember(db, offerId, rep.memberId);
  if (offer === undefined) throw new AppError("not_found");
  await db.transaction().execute(async (trx) => {
    const conversation = await lockConversation(trx, rep.workspaceId, offer.conversation_id);
    if (conversation === null) throw new AppError("not_found");
    if (!(await endOffer(trx, offerId, "declined"))) return;
    const at = { workspaceId: rep.workspaceId, conversationId: conversation.id, requestId: offer.request_id };
    await insertDecisions(trx, at, [{ step: "declined", memberId: rep.memberId, reason: "DECLINED" }]);
  });
  await advanceRequest({ db, bus }, offer.request_id);
}
