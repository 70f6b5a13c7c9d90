import { CompiledQuery, type Kysely } from "kysely";
import type { Instant, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Appended, FactItem } from "./fact-item.ts";

export type AppendedRow = {
  n: number;
  outcome: Appended["outcome"];
  seq: number | null;
  /** Milliseconds. */
  at: Instant;
  owner_id: MemberId | null;
  visitor_id: VisitorId | null;
};

/**
 * Stores a fact in each of many conversations, in one statement and so in one commit. Each is judged by itself:
 *   stored      a new fact, its seq and instant
 *   repeated    the same client id was stored before: its seq and instant
 *   not_found   no such conversation for this author
 *   closed      the conversation is over
 *   stale_owner the rep does not own it, or carries an epoch that is over (null is not checked)
 * The conversations are locked first, always in the order of their ids, and read as the holders before us left them, so
 * that seq has no holes. A client id that another process commits while we wait for its lock is not seen, but ends the
 * statement as a unique violation: `wasRepeatedMeanwhile`, try again.
 *
 * Every table is entered through an index, whatever the planner believes of its size: a plan made while `facts` was
 * empty once read all of it for each message. Arrays, not JSON: half the time to read them. A conversation may stand in
 * one call once only.
 */
export const appendStatement = `
with head as materialized (
  select c.* from (select unnest($2::uuid[]) as id order by 1) wanted
  cross join lateral (
    select c.id, c.workspace_id, c.visitor_id, c.owner_id, c.epoch, c.is_open, c.last_seq
    from conversations c where c.id = wanted.id for no key update
  ) c
), judged as materialized (
  select item.n, item.w, item.c, item.k, item.a, item.i, item.t, item.b, head.owner_id, head.visitor_id,
    case
      when head.id is null or (item.k = 'visitor' and item.a <> head.visitor_id) then 'not_found'
      when old.seq is not null then 'repeated'
      when not head.is_open and item.t <> 'note' then 'closed'
      when item.k = 'rep' and item.t <> 'note' and (head.owner_id is distinct from item.a or head.epoch <> item.e)
        then 'stale_owner'
      else 'stored'
    end as outcome,
    coalesce(old.seq, head.last_seq + 1) as seq,
    coalesce(old.at, date_trunc('milliseconds', foyer_now())) as at
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::text[])
    with ordinality as item(w, c, k, a, e, i, t, b, n)
  left join head on head.id = item.c and head.workspace_id = item.w
  left join lateral (
    select f.seq, f.at from facts f where f.conversation_id = item.c and f.client_id = item.i limit 1
  ) old on true
), written as (
  insert into facts (conversation_id, seq, workspace_id, author_kind, author_id, client_id, kind, body, at)
  select c, seq, w, k, case when k = 'rep' then a end, i, t, b::jsonb, at from judged where outcome = 'stored'
), moved as (
  update conversations c set
    last_seq = j.seq,
    active_at = j.at,
    visitor_spoke_seq = case when j.k = 'visitor' and j.t = 'message' then j.seq else c.visitor_spoke_seq end,
    visitor_spoke_at = case when j.k = 'visitor' and j.t = 'message' then j.at else c.visitor_spoke_at end,
    visitor_seen = case when j.k = 'visitor' and j.t = 'message' then j.seq else c.visitor_seen end,
    rep_spoke_seq = case when j.k = 'rep' and j.t <> 'note' then j.seq else c.rep_spoke_seq end,
    rep_spoke_at = case when j.k = 'rep' and j.t <> 'note' then j.at else c.rep_spoke_at end,
    rep_seen = case when j.k = 'rep' and j.t <> 'note' then j.seq else c.rep_seen end
  from judged j where c.id = j.c and j.outcome = 'stored'
)
select n::int, outcome, seq, (extract(epoch from at) * 1000)::float8 as at, owner_id, visitor_id from judged`;

/**
 * The values of the statement: a list for each column, written as PostgreSQL reads lists. pg would look into each value
 * and at each character; only a body can hold any that need care.
 */
export function toColumns(items: readonly FactItem[]): string[] {
  return [
    toList(items, (item) => item.workspaceId),
    toList(items, (item) => item.conversationId),
    toList(items, ({ writer }) => writer.kind),
    toList(items, ({ writer }) => (writer.kind === "system" ? null : writer.id)),
    toList(items, ({ writer }) => (writer.kind === "rep" ? writer.epoch : null)),
    toList(items, (item) => item.clientId),
    toList(items, (item) => item.body.kind),
    toList(items, (item) => `"${JSON.stringify(item.body).replace(/[\\"]/g, "\\$&")}"`),
  ];
}

/** Ids, numbers and words of our own need no quotes; what is neither fails as a malformed list or id. */
function toList(items: readonly FactItem[], of: (item: FactItem) => string | number | null): string {
  let text = "";
  for (const item of items) text += `${text === "" ? "{" : ","}${of(item) ?? "null"}`;
  return `${text}}`;
}

/** The answers in the order of the items. */
export function toAnswers(rows: readonly AppendedRow[], count: number): Appended[] {
  const answers = new Array<Appended>(count).fill({ outcome: "not_found" });
  for (const { n, outcome, seq, at, owner_id, visitor_id } of rows) {
    if (outcome !== "stored" && outcome !== "repeated") answers[n - 1] = { outcome };
    else if (seq !== null && visitor_id !== null)
      answers[n - 1] = { outcome, seq, at, ownerId: owner_id, visitorId: visitor_id };
  }
  return answers;
}

/**
 * Stores facts in the caller's transaction, one after the other and each judged by itself. The caller has locked the
 * conversation, and announces them after its commit.
 */
export async function appendFacts(db: Kysely<Database>, items: readonly FactItem[]): Promise<Appended[]> {
  const answers: Appended[] = [];
  for (const item of items) {
    const { rows } = await db.executeQuery(
      CompiledQuery.raw(appendStatement, toColumns([item])) as CompiledQuery<AppendedRow>, // As its select list says.
    );
    answers.push(...toAnswers(rows, 1));
  }
  return answers;
}

/** See `appendStatement`. */
export function wasRepeatedMeanwhile(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "facts_client";
}

/** True for an error about the data of one item (classes 22 and 23), which the others of its call do not share. */
export function isRefusedData(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}
