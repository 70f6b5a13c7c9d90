import { type Kysely, type RawBuilder, sql } from "kysely";
import type { RequestView } from "../../shared/model/conversations.ts";
import type { Author, Fact, Marks } from "../../shared/model/facts.ts";
import type {
  ClientId,
  ConversationId,
  MemberId,
  RequestId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
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

export type RawConversation = {
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

/** Of the facts themselves: a conversation's row catches up with its messages a moment later. */
const lastSeq = sql`(select coalesce(max(f.seq), 0) from facts f where f.conversation_id = conversations.id)`;
const columns = sql`id, workspace_id, visitor_id, is_open, owner_id, epoch, ${lastSeq} as last_seq,
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

/** Open ones of this owner, the latest first, as an admin who hands them over sees them. */
export async function openOwnedBy(
  db: Db,
  workspaceId: WorkspaceId,
  ownerId: MemberId,
): Promise<{ id: ConversationId; visitorName: string | null; isVisitorHere: boolean }[]> {
  const { rows } = await sql<{ id: ConversationId; name: string | null; is_here: boolean }>`
    select c.id, v.name, visitor_is_here(c.visitor_id) as is_here
    from conversations c join visitors v on v.id = c.visitor_id
    where c.workspace_id = ${workspaceId} and c.owner_id = ${ownerId} and c.is_open
    order by c.created_at desc`.execute(db);
  return rows.map((row) => ({ id: row.id, visitorName: row.name, isVisitorHere: row.is_here }));
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
  return lock(db, sql`id = ${id} and workspace_id = ${workspaceId}`);
}

export function lockOpenOfVisitor(db: Db, visitorId: VisitorId) {
  return lock(db, sql`visitor_id = ${visitorId} and is_open`);
}

/** Locks, and then reads: a statement that has waited for a lock sees the row anew, but not the facts. */
async function lock(db: Db, where: RawBuilder<unknown>): Promise<ConversationRow | null> {
  const { rows } = await sql<{ id: ConversationId }>`
    select id from conversations where ${where} for no key update`.execute(db);
  return rows[0] === undefined ? null : one(db, sql`id = ${rows[0].id}`);
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

/** Takes back one that was inserted in this transaction. */
export async function deleteUnused(db: Db, id: ConversationId) {
  await db.deleteFrom("conversations").where("id", "=", id).where("last_seq", "=", 0).execute();
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
    ), bounded as (
      select change.id, least(vd, last.seq) as vd, least(vs, last.seq) as vs, least(rd, last.seq) as rd,
        least(rs, last.seq) as rs
      from change cross join lateral (
        select coalesce(max(f.seq), 0) as seq from facts f where f.conversation_id = change.id
      ) last
    )
    update conversations c set
      visitor_delivered = greatest(c.visitor_delivered, b.vd),
      visitor_seen = greatest(c.visitor_seen, b.vs),
      rep_delivered = greatest(c.rep_delivered, b.rd),
      rep_seen = greatest(c.rep_seen, b.rs)
    from bounded b, locked
    where c.id = b.id and locked.id = c.id and (b.vd > c.visitor_delivered or b.vs > c.visitor_seen
      or b.rd > c.rep_delivered or b.rs > c.rep_seen)
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
    select distinct author_id as id from facts where conversation_id = ${id} and author_kind = 'rep' and kind <> 'note'
    union select (body ->> 'repId')::uuid from facts where conversation_id = ${id} and kind = 'rep_joined'
    union select (body ->> 'hostId')::uuid from facts
      where conversation_id = ${id} and kind like 'meeting%' and body ->> 'hostId' is not null`.execute(db);
  return rows.map((row) => row.id).filter((value) => value !== null);
}
