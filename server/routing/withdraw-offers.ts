import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { insertDecisions, ringingRequestsOf, withdrawOfferOf } from "./store.ts";

/** A member who has stopped chatting is no longer asked: what rings for them goes on to the next at once. */
export async function withdrawOffers(
  { db, bus }: { db: Kysely<Database>; bus: Bus },
  { memberId, workspaceId }: { memberId: MemberId; workspaceId: WorkspaceId },
): Promise<void> {
  for (const { requestId, conversationId } of await ringingRequestsOf(db, workspaceId, memberId)) {
    await db.transaction().execute(async (trx) => {
      if ((await lockConversation(trx, workspaceId, conversationId)) === null) return;
      if (!(await withdrawOfferOf(trx, requestId, memberId))) return;
      await insertDecisions(trx, { workspaceId, conversationId, requestId }, [
        { step: "withdrawn", memberId, reason: "NO_PERMISSION" },
      ]);
    });
    await advanceRequest({ db, bus }, requestId);
  }
}
