import type { Kysely } from "kysely";
import type { ConversationId, MemberId, RequestId, WorkspaceId } from "../../shared/model/ids.ts";
import { announceFacts } from "../conversations/announce.ts";
import { takeFrom } from "../conversations/change-owner.ts";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { announceRequest } from "./announce-request.ts";
import { candidates } from "./candidates-store.ts";
import { isVisitorHere } from "./clock-store.ts";
import { whyNot } from "./decide.ts";
import { openRequest } from "./open-request.ts";
import { insertDecisions } from "./store.ts";

type AgainDeps = { db: Kysely<Database>; bus: Bus };

/** Asks for a person again in an open conversation that nobody owns. Null: owned, closed, or being asked already. */
export async function requestAgain(
  { db, bus }: AgainDeps,
  conversation: { id: ConversationId; workspaceId: WorkspaceId },
): Promise<RequestId | null> {
  const done = await db.transaction().execute(async (trx) => {
    const row = await lockConversation(trx, conversation.workspaceId, conversation.id);
    if (row === null || !row.isOpen || row.ownerId !== null) return null;
    const opened = await openRequest(trx, row);
    return opened === null ? null : { row, ...opened };
  });
  if (done === null) return null;
  announceFacts(bus, done.row, [done.fact]);
  announceRequest(bus, done.row, done.requestId);
  await advanceRequest({ db, bus }, done.requestId);
  return done.requestId;
}

/**
 * Asks again only when somebody could come who has not already let these very words pass: else one visitor's question would
 * ring for ever, and send its visitor round in circles.
 */
export async function reconsider(
  deps: AgainDeps,
  conversation: { id: ConversationId; workspaceId: WorkspaceId },
) {
  const team = await candidates(deps.db, conversation.workspaceId, conversation.id);
  const couldCome = team.some((candidate) => !candidate.hasMissed && whyNot(candidate, []) === null);
  if (couldCome) await requestAgain(deps, conversation);
}

/** Why an owner is replaced: the consoles have been gone for long, or the member may no longer chat. */
export type ReplacedBecause = "vanished" | "stepped_out";

/** The conversation is taken from its owner, who cannot go on with it, and somebody else is asked. */
export async function replaceOwner(
  { db, bus }: AgainDeps,
  place: { id: ConversationId; workspaceId: WorkspaceId; ownerId: MemberId },
  because: ReplacedBecause,
): Promise<void> {
  const done = await db.transaction().execute(async (trx) => {
    const row = await lockConversation(trx, place.workspaceId, place.id);
    if (row === null || !row.isOpen || row.ownerId === null || row.ownerId !== place.ownerId) return null;
    // A visitor who has left is not waiting: their next words ask for somebody.
    const isWaiting = because === "vanished" || (await isVisitorHere(trx, row.visitorId));
    const at = { workspaceId: row.workspaceId, conversationId: row.id, requestId: null };
    const reason = because === "vanished" ? "OFFLINE" : "NO_PERMISSION";
    await insertDecisions(trx, at, [{ step: because, memberId: row.ownerId, reason }]);
    const taken = await takeFrom(trx, row, row.ownerId, because === "vanished" ? "vanished" : "away");
    const opened = isWaiting ? await openRequest(trx, taken.conversation) : null;
    const facts = opened === null ? [taken.fact] : [taken.fact, opened.fact];
    return { row: taken.conversation, facts, requestId: opened?.requestId ?? null };
  });
  if (done === null) return;
  announceFacts(bus, done.row, done.facts);
  bus.publish({ kind: "team", workspaceId: place.workspaceId });
  if (done.requestId === null) return;
  announceRequest(bus, done.row, done.requestId);
  await advanceRequest({ db, bus }, done.requestId);
}
