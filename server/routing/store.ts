import { type Kysely, sql } from "kysely";
import type {
  ConversationId,
  Instant,
  MemberId,
  OfferId,
  RequestId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { PageView } from "../../shared/model/people.ts";
import type { DecisionLine, DecisionStep, ReasonCode, RoutingSettings } from "../../shared/model/routing.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import type { PastOffer } from "./decide.ts";

type Db = Kysely<Database>;

export async function routingSettings(db: Db, workspaceId: WorkspaceId): Promise<RoutingSettings> {
  const row = await db
    .selectFrom("workspaces")
    .select("routing")
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  return row.routing;
}

/** Null when one is live already. */
export async function insertRequest(
  db: Db,
  row: { workspaceId: WorkspaceId; conversationId: ConversationId; routing: RoutingSettings },
): Promise<RequestId | null> {
  const id = newId<"request">();
  const { rows } = await sql<{ id: RequestId }>`
    insert into requests (id, workspace_id, conversation_id, state, routing, deadline_at, due_at)
    values (${id}, ${row.workspaceId}, ${row.conversationId}, 'queued', ${JSON.stringify(row.routing)},
      foyer_now() + make_interval(secs => ${row.routing.maxWaitSeconds}), foyer_now())
    on conflict (conversation_id) where due_at is not null do nothing
    returning id`.execute(db);
  return rows[0]?.id ?? null;
}

export type RequestRow = {
  id: RequestId;
  workspace_id: WorkspaceId;
  conversation_id: ConversationId;
  state: string;
  routing: RoutingSettings;
  deadline_at: Date;
  is_live: boolean;
};

/** The conversation must be locked before. */
export async function lockRequest(db: Db, id: RequestId): Promise<RequestRow | null> {
  const { rows } = await sql<RequestRow>`
    select id, workspace_id, conversation_id, state, routing, deadline_at, due_at is not null as is_live
    from requests where id = ${id} for no key update`.execute(db);
  return rows[0] ?? null;
}

export async function lockLiveRequestOf(db: Db, conversationId: ConversationId): Promise<RequestId | null> {
  const { rows } = await sql<{ id: RequestId }>`
    select id from requests where conversation_id = ${conversationId} and due_at is not null for no key update`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/** Without a lock: which conversation to lock first. */
export async function conversationOfRequest(db: Db, id: RequestId) {
  return db
    .selectFrom("requests")
    .select(["conversation_id", "workspace_id"])
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function offersOf(db: Db, requestId: RequestId): Promise<(PastOffer & { id: OfferId })[]> {
  const rows = await db
    .selectFrom("offers")
    .select(["id", "member_id", "state", "expires_at"])
    .where("request_id", "=", requestId)
    .orderBy("offered_at")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    memberId: row.member_id,
    state: row.state,
    expiresAt: row.expires_at.getTime(),
  }));
}

export async function insertOffers(
  db: Db,
  row: { workspaceId: WorkspaceId; requestId: RequestId; to: readonly MemberId[]; expiresAt: Instant },
) {
  await db
    .insertInto("offers")
    .values(
      row.to.map((memberId) => ({
        id: newId<"offer">(),
        workspace_id: row.workspaceId,
        request_id: row.requestId,
        member_id: memberId,
        state: "alerting" as const,
        expires_at: new Date(row.expiresAt),
      })),
    )
    .execute();
  // Whoever is locked is being asked by another request just now, which notes the same: to wait for each other's members
  // could end in a deadlock.
  await sql`update members m set last_offered_at = foyer_now()
    from (select id from members where id = any(${row.to}::uuid[]) order by id for no key update skip locked) free
    where m.id = free.id`.execute(db);
}

export async function saveDue(db: Db, id: RequestId, state: "queued" | "offered", dueAt: Instant) {
  await sql`update requests set state = ${state}, due_at = ${new Date(dueAt)} where id = ${id}`.execute(db);
}

/** Ends a request; it is never due again. */
export async function saveEnd(
  db: Db,
  id: RequestId,
  end: { state: "claimed" | "left" } | { state: "fallback"; to: "meeting" | "message" },
) {
  await sql`update requests set state = ${end.state}, fallback_to = ${end.state === "fallback" ? end.to : null},
    due_at = null, ended_at = foyer_now() where id = ${id}`.execute(db);
}

/** Ends offers that still ring; answers whose. `only`: those past their time. */
export async function endOffers(
  db: Db,
  requestId: RequestId,
  state: "expired" | "withdrawn",
  only: "all" | "past",
): Promise<MemberId[]> {
  const { rows } = await sql<{ member_id: MemberId }>`
    update offers set state = ${state}, ended_at = foyer_now()
    where request_id = ${requestId} and state = 'alerting' and (${only} = 'all' or expires_at <= foyer_now())
    returning member_id`.execute(db);
  return rows.map((row) => row.member_id);
}

/** Requests that ring for this member. */
export async function ringingRequestsOf(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
): Promise<{ requestId: RequestId; conversationId: ConversationId }[]> {
  const rows = await db
    .selectFrom("offers as o")
    .innerJoin("requests as r", "r.id", "o.request_id")
    .select(["o.request_id", "r.conversation_id"])
    .where("o.workspace_id", "=", workspaceId)
    .where("o.member_id", "=", memberId)
    .where("o.state", "=", "alerting")
    .execute();
  return rows.map((row) => ({ requestId: row.request_id, conversationId: row.conversation_id }));
}

/** True when an offer of this request rang for the member. */
export async function withdrawOfferOf(db: Db, requestId: RequestId, memberId: MemberId): Promise<boolean> {
  const { rows } = await sql`
    update offers set state = 'withdrawn', ended_at = foyer_now()
    where request_id = ${requestId} and member_id = ${memberId} and state = 'alerting' returning id`.execute(
    db,
  );
  return rows.length > 0;
}

/** True when the offer still rang and had time left. */
export async function endOffer(db: Db, id: OfferId, state: "claimed" | "declined"): Promise<boolean> {
  const { rows } = await sql`
    update offers set state = ${state}, ended_at = foyer_now()
    where id = ${id} and state = 'alerting' and expires_at > foyer_now() returning id`.execute(db);
  return rows.length > 0;
}

export async function offerOfMember(db: Db, id: OfferId, memberId: MemberId) {
  return db
    .selectFrom("offers")
    .innerJoin("requests", "requests.id", "offers.request_id")
    .select(["offers.id", "offers.state", "offers.request_id", "requests.conversation_id"])
    .where("offers.id", "=", id)
    .where("offers.member_id", "=", memberId)
    .executeTakeFirst();
}

/** Members of whom the three latest offers all expired are set away; answers who. */
export async function setAwayAfterMisses(db: Db, memberIds: readonly MemberId[]): Promise<MemberId[]> {
  if (memberIds.length === 0) return [];
  const { rows } = await sql<{ id: MemberId }>`
    update members m set is_available = false, away_reason = 'missed 3'
    from (select id from members where id = any(${memberIds}::uuid[]) order by id for no key update) locked
    where m.id = locked.id and m.is_available and (
      select count(*) filter (where o.state = 'expired') = 3
      from (select state from offers where member_id = m.id and state <> 'alerting' order by offered_at desc limit 3) o)
    returning m.id`.execute(db);
  return rows.map((row) => row.id);
}

export async function insertDecisions(
  db: Db,
  at: { workspaceId: WorkspaceId; conversationId: ConversationId; requestId: RequestId | null },
  lines: readonly { step: DecisionStep; memberId: MemberId | null; reason: ReasonCode | null }[],
) {
  if (lines.length === 0) return;
  await db
    .insertInto("decisions")
    .values(
      lines.map((line) => ({
        workspace_id: at.workspaceId,
        conversation_id: at.conversationId,
        request_id: at.requestId,
        member_id: line.memberId,
        step: line.step,
        reason: line.reason,
      })),
    )
    .execute();
}

export async function decisionLines(
  db: Db,
  workspaceId: WorkspaceId,
  id: ConversationId,
): Promise<DecisionLine[]> {
  const rows = await db
    .selectFrom("decisions")
    .select(["at", "step", "member_id", "reason"])
    .where("workspace_id", "=", workspaceId)
    .where("conversation_id", "=", id)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    at: row.at.getTime(),
    step: row.step,
    repId: row.member_id,
    reason: row.reason,
  }));
}

export type OfferRow = {
  id: OfferId;
  request_id: RequestId;
  member_id: MemberId;
  state: PastOffer["state"];
  offered_at: Date;
  expires_at: Date;
  conversation_id: ConversationId;
  owner_id: MemberId | null;
  visitor_id: VisitorId;
  name: string | null;
  source: string | null;
  page: PageView | null;
  text: string | null;
};

/** Offers with what their cards show: of one request, or the ringing ones of these members. */
export async function offerRows(
  db: Db,
  which: { requestId: RequestId } | { alertingFor: readonly MemberId[] },
): Promise<OfferRow[]> {
  const where =
    "requestId" in which
      ? sql`o.request_id = ${which.requestId}`
      : sql`o.member_id = any(${which.alertingFor}::uuid[]) and o.state = 'alerting' and o.expires_at > foyer_now()`;
  const { rows } = await sql<OfferRow>`
    select o.id, o.request_id, o.member_id, o.state, o.offered_at, o.expires_at, r.conversation_id, c.owner_id,
      c.visitor_id, v.name, vi.source, vi.page, f.text
    from offers o
    join requests r on r.id = o.request_id
    join conversations c on c.id = r.conversation_id
    join visitors v on v.id = c.visitor_id
    left join lateral (select source, pages -> -1 as page from visits where visitor_id = v.id
      order by started_at desc limit 1) vi on true
    left join lateral (select left(body ->> 'text', 280) as text from facts
      where conversation_id = c.id and kind = 'message' and author_kind = 'visitor' order by seq desc limit 1) f on true
    where ${where} order by o.offered_at`.execute(db);
  return rows;
}
