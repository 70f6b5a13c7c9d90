import type { Kysely } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { MemberId, RequestId } from "../../shared/model/ids.ts";
import { announceFacts } from "../conversations/announce.ts";
import { type ConversationRow, lockConversation } from "../conversations/lock-conversation.ts";
import { storeFacts } from "../conversations/store-facts.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { hasBookableHost } from "../meetings/bookables.ts";
import type { Bus } from "../realtime/hints.ts";
import { announceRequest } from "./announce-request.ts";
import { candidates } from "./candidates-store.ts";
import { type Decision, decide } from "./decide.ts";
import {
  conversationOfRequest,
  endOffers,
  insertDecisions,
  insertOffers,
  lockRequest,
  offersOf,
  saveDue,
  saveEnd,
  setAwayAfterMisses,
} from "./store.ts";

type AdvanceDeps = { db: Kysely<Database>; bus: Bus };

/** Looks at a live request and does what is to be done now: asks somebody, waits, or falls back. */
export async function advanceRequest({ db, bus }: AdvanceDeps, requestId: RequestId): Promise<void> {
  const place = await conversationOfRequest(db, requestId);
  if (place === undefined) return;
  const done = await db.transaction().execute(async (trx) => {
    const conversation = await lockConversation(trx, place.workspace_id, place.conversation_id);
    const request = await lockRequest(trx, requestId);
    if (conversation === null || request === null || !request.is_live) return null;
    const expired = await endOffers(trx, requestId, "expired", "past");
    const away = await setAwayAfterMisses(trx, expired);
    const now = await databaseNow(trx);
    const decision = decide(
      {
        routing: request.routing,
        deadlineAt: request.deadline_at.getTime(),
        offers: await offersOf(trx, requestId),
      },
      await candidates(trx, conversation.workspaceId, conversation.id),
      now,
      await hasBookableHost(trx, conversation.workspaceId, conversation.visitorId),
    );
    const facts = await carryOut(trx, conversation, requestId, decision, expired);
    return { conversation, facts, hasTeamChanged: away.length > 0 };
  });
  if (done === null) return;
  announceFacts(bus, done.conversation, done.facts);
  announceRequest(bus, done.conversation, requestId);
  if (done.hasTeamChanged) bus.publish({ kind: "team", workspaceId: done.conversation.workspaceId });
}

async function carryOut(
  db: Kysely<Database>,
  conversation: ConversationRow,
  requestId: RequestId,
  decision: Decision,
  expired: readonly MemberId[],
): Promise<Fact[]> {
  const at = { workspaceId: conversation.workspaceId, conversationId: conversation.id, requestId };
  await insertDecisions(
    db,
    at,
    expired.map((memberId) => ({ step: "expired", memberId, reason: "EXPIRED" })),
  );
  if (decision.kind === "wait") {
    await saveDue(db, requestId, "offered", decision.until);
    return [];
  }
  await insertDecisions(
    db,
    at,
    decision.skipped.map(({ id, reason }) => ({ step: "skipped", memberId: id, reason })),
  );
  if (decision.kind === "offer") {
    const { to, expiresAt } = decision;
    await insertOffers(db, { workspaceId: conversation.workspaceId, requestId, to, expiresAt });
    await saveDue(db, requestId, "offered", expiresAt);
    await insertDecisions(
      db,
      at,
      to.map((memberId) => ({ step: "offered", memberId, reason: null })),
    );
    return [];
  }
  await endOffers(db, requestId, "withdrawn", "all");
  await saveEnd(db, requestId, { state: "fallback", to: decision.to });
  await insertDecisions(db, at, [{ step: "fell_back", memberId: null, reason: null }]);
  return storeFacts(db, conversation, [
    { writer: { kind: "system" }, body: { kind: "request_fell_back", requestId, to: decision.to } },
  ]);
}
