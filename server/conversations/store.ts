import { type Kysely, type RawBuilder, sql } from "kysely";
import type { RequestView } from "../../shared/model/conversations.ts";
import type { Author, Fact, Marks } from "../../shared/model/facts.ts";
import type {
  ClientId,
  ConversationId,
  Instant,
  MemberId,
  RequestId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Database } from "../db/tables.ts";

type Db = Kysely<Database>;

export type ConversationRow = {
  id: ConversationId;
  workspaceId: WorkspaceId;
  visitorId: VisitorId;
  isOpen: boolean;
  ownerId: MemberId | null;
  epoch: number;
  lastSeq: number;
  marks: Marks;
};

type RawConversation = {
  id: ConversationId;
  workspace_id: WorkspaceId;
  visitor_id: VisitorId;
  is_open: boolean;
  owner_id: MemberId | null;
  epoch: number;
  last_seq: number;
  visitor_delivered: number;
  visitor_seen: number;
  rep_delivered: number;
  rep_seen: number;
};

const columns = sql`id, workspace_id, visitor_id, is_open, owner_id, epoch, last_seq,
  visitor_delivered, visitor_seen, rep_delivered, rep_seen`;

function toRow(raw: RawConversation): ConversationRow {
  return {
    id: raw.id,
    workspaceId: raw.workspace_id,
    visitorId: raw.visitor_id,
    isOpen: raw.is_open,
    ownerId: raw.owner_id,
    epoch: raw.epoch,
    lastSeq: raw.last_seq,
    marks: {
      visitorDelivered: raw.visitor_delivered,
      visitorSeen: raw.visitor_seen,
      repDelivered: raw.rep_delivered,
      repSeen: raw.rep_seen,
    },
  };
}

async function one(db: Db, where: RawBuilder<unknown>): Promise<ConversationRow | null> {
  const { rows } = await sql<RawConversation>`select ${columns} from conversations where ${where}`.execute(
    db,
  );
  return rows[0] === undefined ? null : toRow(rows[0]);
}

export function findForRep(db: Db, workspaceId: WorkspaceId, id: ConversationId) {
  return one(db, sql`id = ${id} and workspace_id = ${workspaceId}`);
}

export function findForVisitor(db: Db, visitorId: VisitorId, id: ConversationId) {
  return one(db, sql`id = ${id} and visitor_id = ${visitorId}`);
}

/** The open conversation, else the latest closed one. */
export function latestOfVisitor(db: Db, visitorId: VisitorId) {
  return one(db, sql`visitor_id = ${visitorId} order by is_open desc, created_at desc limit 1`);
}

/** Conversations are always the first lock of a transaction, requests the second: so no two wait in a circle. */
export function lockById(db: Db, workspaceId: WorkspaceId, id: ConversationId) {
  return one(db, sql`id = ${id} and workspace_id = ${workspaceId} for no key update`);
}

export function lockOpenOfVisitor(db: Db, visitorId: VisitorId) {
  return one(db, sql`visitor_id = ${visitorId} and is_open for no key update`);
}

/** False when the visitor has an open one already (another tab, or a rep, was first). */
export async function insertConversation(
  db: Db,
  row: { id: ConversationId; workspaceId: WorkspaceId; visitorId: VisitorId },
): Promise<boolean> {
  const done = await db
    .insertInto("conversations")
    .values({ id: row.id, workspace_id: row.workspaceId, visitor_id: row.visitorId })
    .onConflict((conflict) => conflict.column("visitor_id").where("is_open", "=", true).doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** A message this visitor sent before, in whichever conversation. */
export async function conversationOfSend(
  db: Db,
  visitorId: VisitorId,
  clientId: ClientId,
): Promise<ConversationId | null> {
  const row = await db
    .selectFrom("facts")
    .innerJoin("conversations", "conversations.id", "facts.conversation_id")
    .select("facts.conversation_id")
    .where("conversations.visitor_id", "=", visitorId)
    .where("facts.client_id", "=", clientId)
    .executeTakeFirst();
  return row?.conversation_id ?? null;
}

export async function saveOwner(db: Db, id: ConversationId, ownerId: MemberId | null, epoch: number) {
  await db.updateTable("conversations").set({ owner_id: ownerId, epoch }).where("id", "=", id).execute();
}

export async function saveClosed(db: Db, id: ConversationId) {
  await sql`update conversations set is_open = false, closed_at = foyer_now() where id = ${id}`.execute(db);
}

type RawFact = {
  seq: number;
  author_kind: "visitor" | "rep" | "system";
  author_id: MemberId | null;
  client_id: ClientId | null;
  body: Fact["body"];
  at: Date;
};

export function authorOf(kind: Author["kind"] | null, repId: MemberId | null): Author {
  if (kind === "rep" && repId !== null) return { kind, id: repId };
  return { kind: kind === "visitor" ? "visitor" : "system" };
}

function toFact(raw: RawFact): Fact {
  const by = authorOf(raw.author_kind, raw.author_id);
  const fact: Fact = { seq: raw.seq, at: raw.at.getTime(), by, body: raw.body };
  if (raw.client_id !== null) fact.clientId = raw.client_id;
  return fact;
}

/** Facts with after < seq <= upTo, oldest first: with `latest` the newest of them, else the oldest. */
export async function factsBetween(
  db: Db,
  id: ConversationId,
  range: { after: number; upTo: number; most: number; latest: boolean },
): Promise<Fact[]> {
  const rows = await db
    .selectFrom("facts")
    .select(["seq", "author_kind", "author_id", "client_id", "body", "at"])
    .where("conversation_id", "=", id)
    .where("seq", ">", range.after)
    .where("seq", "<=", range.upTo)
    .orderBy("seq", range.latest ? "desc" : "asc")
    .limit(range.most)
    .execute();
  if (range.latest) rows.reverse();
  return rows.map((row) => toFact(row as RawFact)); // Kysely widens jsonb columns; the row is as the table says.
}

/** What became of the latest request, as screens tell it. */
export async function requestView(db: Db, id: ConversationId): Promise<RequestView | null> {
  const { rows } = await sql<{
    id: RequestId;
    is_live: boolean;
    state: string;
    fallback_to: "meeting" | "message" | null;
    deadline_at: Date;
    is_owned: boolean;
  }>`
    select r.id, r.due_at is not null as is_live, r.state, r.fallback_to, r.deadline_at, c.owner_id is not null as is_owned
    from requests r join conversations c on c.id = r.conversation_id
    where r.conversation_id = ${id} order by r.created_at desc limit 1`.execute(db);
  const row = rows[0];
  if (row === undefined || row.is_owned) return null;
  if (row.is_live) return { id: row.id, state: "finding", deadlineAt: row.deadline_at.getTime() };
  if (row.state === "fallback") return { id: row.id, state: "fallback", to: row.fallback_to ?? "message" };
  return null;
}

export type MarkChange = { id: ConversationId; side: "visitor" | "rep"; delivered: number; seen: number };

/** Moves marks forward, never back and never past the last fact; answers the conversations whose marks moved. */
export async function saveMarks(db: Db, changes: readonly MarkChange[]): Promise<Map<ConversationId, Marks>> {
  const { rows } = await sql<RawConversation>`
    with change as (
      select id,
        coalesce(max(greatest(delivered, seen)) filter (where side = 'visitor'), 0) as vd,
        coalesce(max(seen) filter (where side = 'visitor'), 0) as vs,
        coalesce(max(greatest(delivered, seen)) filter (where side = 'rep'), 0) as rd,
        coalesce(max(seen) filter (where side = 'rep'), 0) as rs
      from json_to_recordset(${JSON.stringify(changes)}::json) as r(id uuid, side text, delivered int, seen int)
      group by id
    ), locked as (
      select c.id from conversations c join change on change.id = c.id order by c.id for no key update of c
    )
    update conversations c set
      visitor_delivered = greatest(c.visitor_delivered, least(change.vd, c.last_seq)),
      visitor_seen = greatest(c.visitor_seen, least(change.vs, c.last_seq)),
      rep_delivered = greatest(c.rep_delivered, least(change.rd, c.last_seq)),
      rep_seen = greatest(c.rep_seen, least(change.rs, c.last_seq))
    from change, locked
    where c.id = change.id and locked.id = c.id and (
      least(change.vd, c.last_seq) > c.visitor_delivered or least(change.vs, c.last_seq) > c.visitor_seen
      or least(change.rd, c.last_seq) > c.rep_delivered or least(change.rs, c.last_seq) > c.rep_seen)
    returning c.*`.execute(db);
  return new Map(rows.map((row) => [row.id, toRow(row).marks]));
}

export async function marksOf(db: Db, ids: readonly ConversationId[]): Promise<Map<ConversationId, Marks>> {
  const { rows } = await sql<RawConversation>`
    select ${columns} from conversations where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, toRow(row).marks]));
}

/** Members who own, owned or spoke in a conversation. */
export async function repIdsOf(db: Db, id: ConversationId): Promise<MemberId[]> {
  const { rows } = await sql<{ id: MemberId }>`
    select distinct author_id as id from facts where conversation_id = ${id} and author_kind = 'rep'
    union select (body ->> 'repId')::uuid from facts where conversation_id = ${id} and kind = 'rep_joined'
    union select (body ->> 'hostId')::uuid from facts
      where conversation_id = ${id} and kind like 'meeting%' and body ->> 'hostId' is not null`.execute(db);
  return rows.map((row) => row.id).filter((value) => value !== null);
}

export type SummaryRow = RawConversation & {
  visitor_name: string | null;
  visitor_email: string | null;
  is_online: boolean;
  preview: string | null;
  preview_kind: Author["kind"] | null;
  preview_rep: MemberId | null;
  unread: number;
  is_waiting: boolean;
  created_at: Date;
  active_at: Date;
  closed_at: Date | null;
};

/** Lines of the list, most recently active first. */
export async function summaries(db: Db, where: RawBuilder<unknown>, most: number): Promise<SummaryRow[]> {
  const { rows } = await sql<SummaryRow>`
    select c.*, v.name as visitor_name, v.email as visitor_email, p.preview, p.preview_kind, p.preview_rep,
      (c.is_open and c.owner_id is null and c.visitor_spoke_seq > c.rep_spoke_seq) as is_waiting,
      exists (select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.left_at is null
        and vi.seen_at > foyer_now() - interval '45 seconds') as is_online,
      (select count(*)::int from facts f where f.conversation_id = c.id and f.seq > c.rep_seen
        and f.author_kind = 'visitor' and f.kind = 'message') as unread
    from conversations c
    join visitors v on v.id = c.visitor_id
    left join lateral (
      select left(f.body ->> 'text', 140) as preview, f.author_kind as preview_kind, f.author_id as preview_rep
      from facts f where f.conversation_id = c.id and f.kind = 'message' order by f.seq desc limit 1
    ) p on true
    where ${where}
    order by c.active_at desc limit ${most}`.execute(db);
  return rows;
}

export type HitRow = {
  conversation_id: ConversationId | null;
  visitor_id: VisitorId;
  name: string | null;
  text: string | null;
  at: Date;
};

/** Messages and notes of the latest 2,000 conversations, and visitors, that contain the words. */
export async function searchRows(db: Db, workspaceId: WorkspaceId, words: string): Promise<HitRow[]> {
  const pattern = `%${words.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
  const { rows } = await sql<HitRow>`
    (select null::uuid as conversation_id, v.id as visitor_id, coalesce(v.name, v.email) as name, null as text, v.seen_at as at
      from visitors v where v.workspace_id = ${workspaceId} and (v.name ilike ${pattern} or v.email ilike ${pattern})
      order by v.seen_at desc limit 20)
    union all
    (select f.conversation_id, c.visitor_id, coalesce(v.name, v.email), f.body ->> 'text', f.at
      from (select id, visitor_id from conversations where workspace_id = ${workspaceId}
        order by active_at desc limit 2000) c
      join visitors v on v.id = c.visitor_id
      join facts f on f.conversation_id = c.id
      where f.kind in ('message', 'note') and f.body ->> 'text' ilike ${pattern}
      order by f.at desc limit 40)`.execute(db);
  return rows;
}

export const mostFacts = limits.pageFacts;

export function instant(date: Date): Instant {
  return date.getTime();
}

export type MissedReply = {
  id: ConversationId;
  workspaceId: WorkspaceId;
  visitorName: string | null;
  visitorEmail: string;
  companyName: string;
  color: string;
  /** Reps' messages after this one were neither seen nor mailed. */
  after: number;
};

/** A rep's last words are a minute old, the visitor has left, has not seen them, and left an address. */
export async function missedReplies(db: Db): Promise<MissedReply[]> {
  const { rows } = await sql<{
    id: ConversationId;
    workspace_id: WorkspaceId;
    name: string | null;
    email: string;
    company_name: string;
    color: string;
    after: number;
  }>`
    select c.id, c.workspace_id, v.name, v.email, s.look ->> 'companyName' as company_name, s.look ->> 'color' as color,
      greatest(c.visitor_seen, c.mailed_seq) as after
    from conversations c
    join visitors v on v.id = c.visitor_id
    join sites s on s.id = v.site_id
    where c.rep_spoke_seq > greatest(c.visitor_seen, c.mailed_seq) and v.email is not null
      and (c.is_open or c.closed_at > foyer_now() - interval '1 hour')
      and c.rep_spoke_at < foyer_now() - interval '60 seconds' and c.rep_spoke_at > foyer_now() - interval '1 day'
      and not exists (select 1 from visits vi where vi.visitor_id = c.visitor_id and vi.left_at is null
        and vi.seen_at > foyer_now() - interval '45 seconds')
    limit 50`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    visitorName: row.name,
    visitorEmail: row.email,
    companyName: row.company_name,
    color: row.color,
    after: row.after,
  }));
}

export async function saveMailed(db: Db, id: ConversationId, seq: number) {
  await db.updateTable("conversations").set({ mailed_seq: seq }).where("id", "=", id).execute();
}
