import type { Kysely } from "kysely";
import type { ConversationId, RequestId, WorkspaceId } from "../../shared/model/ids.ts";
import { announceFacts } from "../conversations/announce.ts";
import { takeFrom } from "../conversations/change-owner.ts";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { announceRequest } from "./announce-request.ts";
import { candidates } from "./candidates-store.ts";
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

/** The owner's consoles have been gone for long while the visitor is there: the conversation is given to somebody else. */
export async function replaceVanished(
  { db, bus }: AgainDeps,
  place: { id: ConversationId; workspaceId: WorkspaceId; ownerId: string },
): Promise<void> {
  const done = await db.transaction().execute(async (trx) => {
    const row = await lockConversation(trx, place.workspaceId, place.id);
    if (row === null || !row.isOpen || row.ownerId === null || row.ownerId !== place.ownerId) return null;
    const at = { workspaceId: row.workspaceId, conversationId: row.id, requestId: null };
    await insertDecisions(trx, at, [{ step: "vanished", memberId: row.ownerId, reason: "OFFLINE" }]);
    const taken = await takeFrom(trx, row, row.ownerId, "vanished");
    const opened = await openRequest(trx, taken.conversation);
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
