import type { Kysely } from "kysely";
import type { ConversationId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { requireChatting } from "../accounts/members/may-chat.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceFacts } from "./announce.ts";
import { giveTo } from "./change-owner.ts";
import type { Routing } from "./routing-port.ts";
import { lockById, openOwnedBy } from "./store.ts";

type LeaveDeps = { db: Kysely<Database>; bus: Bus; routing: Pick<Routing, "log" | "replace" | "withdraw"> };
type Member = { memberId: MemberId; workspaceId: WorkspaceId };

/** Open conversations of a member, the latest first. */
export function openChatsOf(
  db: Kysely<Database>,
  { memberId, workspaceId }: Member,
): Promise<{ id: ConversationId; visitorName: string | null; isVisitorHere: boolean }[]> {
  return openOwnedBy(db, workspaceId, memberId);
}

/**
 * A member who has stopped chatting, by a commit before this, leaves every open conversation: to `toId`, or back to the
 * team. Each in a transaction of its own: messages of many conversations are stored together, and must not wait for two of
 * ours in a circle. Nothing rings for the member afterwards.
 */
export async function leaveChats(deps: LeaveDeps, member: Member, toId: MemberId | null): Promise<void> {
  const { db, bus, routing } = deps;
  for (const { id } of await openOwnedBy(db, member.workspaceId, member.memberId)) {
    const isGiven = toId !== null && (await giveOver(deps, member, id, toId));
    if (!isGiven) await routing.replace({ ...member, id });
  }
  await routing.withdraw(member);
  bus.publish({ kind: "team", workspaceId: member.workspaceId });
}

/** False when the colleague has stopped chatting too, meanwhile. */
async function giveOver(
  { db, bus, routing }: LeaveDeps,
  member: Member,
  id: ConversationId,
  toId: MemberId,
): Promise<boolean> {
  try {
    const given = await db.transaction().execute(async (trx) => {
      const conversation = await lockById(trx, member.workspaceId, id);
      if (conversation?.isOpen !== true || conversation.ownerId !== member.memberId) return null;
      await requireChatting(trx, member.workspaceId, toId);
      const done = await giveTo(trx, conversation, toId, "handed_over");
      await routing.log(trx, conversation, "handed_over", toId);
      return done;
    });
    if (given !== null) announceFacts(bus, given.conversation, [given.fact]);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return false;
    throw error;
  }
}
