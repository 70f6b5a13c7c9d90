import type { Instant, MemberId, VisitorId } from "../../shared/model/ids.ts";
import { defaultRouting } from "../../shared/model/routing.ts";
import { newId } from "../db/ids.ts";
import type { ComposedTalk } from "./compose-talk.ts";
import { demoWorkspaceId } from "./demo-ids.ts";
import type { DemoRows } from "./store.ts";

type TalkRows = Pick<DemoRows, "conversations" | "facts" | "requests" | "offers" | "decisions">;

/** A composed talk as rows of the tables. */
export function talkRows(
  conversationId: ReturnType<typeof newId<"conversation">>,
  visitorId: VisitorId,
  talk: ComposedTalk,
): TalkRows {
  const workspace_id = demoWorkspaceId;
  const { facts } = talk;
  const lastSeq = facts.length;
  const first = facts[0]?.at ?? talk.endAt;
  const visitorSpoke = facts.findLast((fact) => fact.by.kind === "visitor" && fact.body.kind === "message");
  const repSpoke = facts.findLast((fact) => fact.by.kind === "rep" && fact.body.kind !== "note");
  // The owner has read up to the last own word; what came after is news, as long as nobody closed the conversation.
  const repSeen = talk.isOpen ? (repSpoke?.seq ?? 0) : lastSeq;

  const rows: TalkRows = { conversations: [], facts: [], requests: [], offers: [], decisions: [] };
  rows.conversations.push({
    id: conversationId,
    workspace_id,
    visitor_id: visitorId,
    is_open: talk.isOpen,
    owner_id: talk.ownerId,
    epoch: talk.epoch,
    last_seq: lastSeq,
    visitor_delivered: lastSeq,
    visitor_seen: lastSeq,
    rep_delivered: talk.ownerId === null ? repSeen : lastSeq,
    rep_seen: repSeen,
    visitor_spoke_seq: visitorSpoke?.seq ?? 0,
    visitor_spoke_at: dateOrNull(visitorSpoke?.at),
    rep_spoke_seq: repSpoke?.seq ?? 0,
    rep_spoke_at: dateOrNull(repSpoke?.at),
    // Nobody invented is ever mailed.
    mailed_seq: lastSeq,
    created_at: new Date(first),
    active_at: new Date(talk.endAt),
    closed_at: talk.isOpen ? null : new Date(talk.endAt),
  });
  for (const fact of facts) {
    rows.facts.push({
      conversation_id: conversationId,
      seq: fact.seq,
      workspace_id,
      author_kind: fact.by.kind,
      author_id: fact.by.kind === "rep" ? fact.by.id : null,
      client_id: fact.clientId ?? null,
      kind: fact.body.kind,
      body: JSON.stringify(fact.body),
      at: new Date(fact.at),
    });
  }
  const { request } = talk;
  if (request !== null) {
    const { maxWaitSeconds, acceptSeconds } = defaultRouting;
    rows.requests.push({
      id: request.id,
      workspace_id,
      conversation_id: conversationId,
      state: request.state,
      fallback_to: request.fallbackTo,
      routing: JSON.stringify(defaultRouting),
      created_at: new Date(request.createdAt),
      deadline_at: new Date(request.createdAt + maxWaitSeconds * 1000),
      due_at: null,
      ended_at: new Date(request.endedAt),
    });
    for (const offer of request.asked) {
      rows.offers.push({
        id: newId<"offer">(),
        workspace_id,
        request_id: request.id,
        member_id: offer.memberId,
        state: offer.state,
        offered_at: new Date(request.createdAt),
        expires_at: new Date(request.createdAt + acceptSeconds * 1000),
        ended_at: new Date(request.endedAt),
      });
    }
  }
  for (const line of talk.decisions) {
    rows.decisions.push({
      workspace_id,
      conversation_id: conversationId,
      request_id: request !== null && line.at <= request.endedAt ? request.id : null,
      member_id: line.repId as MemberId | null,
      step: line.step,
      reason: line.reason,
      at: new Date(line.at),
    });
  }
  return rows;
}

function dateOrNull(at: Instant | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}
