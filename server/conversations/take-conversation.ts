import type { Kysely } from "kysely";
import type { ConversationId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceFacts } from "./announce.ts";
import { giveTo } from "./change-owner.ts";
import type { Routing } from "./routing-port.ts";
import { lockById } from "./store.ts";

/** Makes a rep the owner of an open conversation that has none. `takenBy`: somebody was first. */
export async function takeConversation(
  { db, bus, routing }: { db: Kysely<Database>; bus: Bus; routing: Routing },
  rep: { memberId: MemberId; workspaceId: WorkspaceId },
  conversationId: ConversationId,
): Promise<{ epoch: number } | { takenBy: MemberId }> {
  const done = await db.transaction().execute(async (trx) => {
    const conversation = await lockById(trx, rep.workspaceId, conversationId);
    if (conversation === null) throw new AppError("not_found");
    if (!conversation.isOpen) throw new AppError("conversation_closed");
    if (conversation.ownerId === rep.memberId) return { conversation, facts: [], ended: null };
    if (conversation.ownerId !== null) return { takenBy: conversation.ownerId };
    const ended = await routing.end(trx, conversation.id, { state: "claimed", by: rep.memberId });
    const given = await giveTo(trx, conversation, rep.memberId, "took");
    await routing.log(trx, conversation, "took", rep.memberId);
    return { conversation: given.conversation, facts: [given.fact], ended };
  });
  if ("takenBy" in done) return { takenBy: done.takenBy };
  announceFacts(bus, done.conversation, done.facts);
  if (done.ended !== null) routing.announce(done.conversation, done.ended);
  bus.publish({ kind: "team", workspaceId: rep.workspaceId });
  return { epoch: done.conversation.epoch };
}
