import { CompiledQuery, type Kysely } from "kysely";
import type { Instant, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { catchUp } from "./catch-up.ts";
import type { Appended, FactItem } from "./fact-item.ts";
import { type AppendRefusal, type Head, refusalOf } from "./head.ts";

/** A statement with the name under which a connection keeps it prepared. */
export type Statement = { name: string; text: string };
export type RunStatement = <Row>(
  statement: Statement,
  values: readonly (string | null)[],
) => Promise<readonly Row[]>;

/** A fact with the number it shall have. */
export type NumberedItem = { item: FactItem; seq: number };

const itemColumns = {
  w: "uuid",
  c: "uuid",
  s: "int",
  k: "text",
  a: "uuid",
  i: "uuid",
  t: "text",
  b: "text",
};
const columns = Object.entries(itemColumns);
const single = `(select ${columns.map(([name, type], at) => `$${at + 1}::${type} as ${name}`).join(", ")}) item`;
const listed = `unnest(${columns.map(([, type], at) => `$${at + 1}::${type}[]`).join(", ")})
  as item(${Object.keys(itemColumns).join(", ")})`;

const insertFrom = (source: string) => `
with clock as materialized (select date_trunc('milliseconds', foyer_now()) as at), written as (
  insert into facts (conversation_id, seq, workspace_id, author_kind, author_id, client_id, kind, body, at)
  select c, s, w, k, case when k = 'rep' then a end, i, t, b::jsonb, at from ${source}, clock`;
const answer = "(date_part('epoch', at) * 1000)::bigint as at";

/**
 * Stores facts under the numbers they were given, in one statement and so in one commit. A number that is taken, or a client
 * id that was stored before, ends it as a unique violation: all that a fact was judged by is what came before its number.
 * Arrays, not JSON: half the time to read them.
 */
const insertMany: Statement = {
  name: "insert_facts",
  text: `${insertFrom(listed)}) select ${answer} from clock`,
};
const insertOne: Statement = {
  name: "insert_fact",
  text: `${insertFrom(single)}) select ${answer} from clock`,
};
/** The same, passing over what is taken; waits for a transaction that is about to take it. */
const insertFree: Statement = {
  name: "insert_free_facts",
  text: `${insertFrom(listed)} on conflict do nothing returning conversation_id, client_id
) select ${answer}, array(select concat_ws(' ', conversation_id, client_id) from written) as stored from clock`,
};

/** The heads of the conversations, and what was stored before under the same client ids. One snapshot: they agree. */
const loadHeads: Statement = {
  name: "load_heads",
  text: `
select item.n::int, h.workspace_id, h.visitor_id, h.owner_id, h.epoch, h.is_open, coalesce(last.seq, 0) as last_seq,
  old.seq as old_seq, (date_part('epoch', old.at) * 1000)::bigint as old_at
from unnest($1::uuid[], $2::uuid[], $3::uuid[]) with ordinality as item(w, c, i, n)
join conversations h on h.id = item.c and h.workspace_id = item.w
left join lateral (
  select f.seq from facts f where f.conversation_id = item.c order by f.seq desc limit 1
) last on true
left join lateral (
  select f.seq, f.at from facts f where f.conversation_id = item.c and f.client_id = item.i limit 1
) old on true`,
};

type HeadRow = {
  n: number;
  workspace_id: WorkspaceId;
  visitor_id: VisitorId;
  owner_id: MemberId | null;
  epoch: number;
  is_open: boolean;
  last_seq: number;
  old_seq: number | null;
  old_at: Instant | null;
};

/** What the database says of a fact that is to be stored; `repeated` when it has been. */
export type Judged = { head: Head } & (
  | { repeated: { seq: number; at: Instant } }
  | { refusal: AppendRefusal | null }
);

/** In the order of the items; null where there is no such conversation. */
export async function judge(run: RunStatement, items: readonly FactItem[]): Promise<(Judged | null)[]> {
  const rows = await run<HeadRow>(loadHeads, [
    toList(items, (item) => item.workspaceId),
    toList(items, (item) => item.conversationId),
    toList(items, (item) => item.clientId),
  ]);
  const judged = new Array<Judged | null>(items.length).fill(null);
  for (const row of rows) {
    const item = items[row.n - 1];
    if (item === undefined) continue;
    const head: Head = {
      workspaceId: row.workspace_id,
      visitorId: row.visitor_id,
      ownerId: row.owner_id,
      epoch: row.epoch,
      isOpen: row.is_open,
      lastSeq: row.last_seq,
    };
    const refusal = refusalOf(head, item);
    const isRepeated = refusal !== "not_found" && row.old_seq !== null && row.old_at !== null;
    judged[row.n - 1] = isRepeated
      ? { head, repeated: { seq: row.old_seq ?? 0, at: row.old_at as Instant } } // Neither is null, as just seen.
      : { head, refusal };
  }
  return judged;
}

/** Stores all of them; resolves after the commit with their instant. Rejects as a unique violation when one is taken. */
export async function insertAll(run: RunStatement, items: readonly NumberedItem[]): Promise<Instant> {
  const [one] = items;
  const [row] =
    items.length === 1 && one !== undefined
      ? await run<{ at: Instant }>(insertOne, toValues(one))
      : await run<{ at: Instant }>(insertMany, toLists(items));
  return certain(row).at;
}

/** Stores those whose number and client id are free, and answers which they are: a conversation stands in it once. */
export async function insertThoseFree<Numbered extends NumberedItem>(
  run: RunStatement,
  items: readonly Numbered[],
): Promise<{ at: Instant; stored: Numbered[] }> {
  const [row] = await run<{ at: Instant; stored: string[] }>(insertFree, toLists(items));
  const { at, stored } = certain(row);
  const names = new Set(stored);
  const nameOf = ({ item }: Numbered) => [item.conversationId, item.clientId ?? []].flat().join(" ");
  return { at, stored: items.filter((one) => names.has(nameOf(one))) };
}

function certain<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error("a statement that always answers one row answered none");
  return row;
}

function toValues({ item: { workspaceId, conversationId, writer, clientId, body }, seq }: NumberedItem) {
  return [
    workspaceId,
    conversationId,
    String(seq),
    writer.kind,
    writer.kind === "system" ? null : writer.id,
    clientId,
    body.kind,
    JSON.stringify(body),
  ];
}

/**
 * A list for each column, written as PostgreSQL reads lists. pg would look into each value and at each character; only a
 * body can hold any that need care.
 */
function toLists(items: readonly NumberedItem[]): string[] {
  return [
    toList(items, ({ item }) => item.workspaceId),
    toList(items, ({ item }) => item.conversationId),
    toList(items, ({ seq }) => seq),
    toList(items, ({ item }) => item.writer.kind),
    toList(items, ({ item: { writer } }) => (writer.kind === "system" ? null : writer.id)),
    toList(items, ({ item }) => item.clientId),
    toList(items, ({ item }) => item.body.kind),
    toList(items, ({ item }) => `"${JSON.stringify(item.body).replace(/[\\"]/g, "\\$&")}"`),
  ];
}

/** Ids, numbers and words of our own need no quotes; what is neither fails as a malformed list or id. */
function toList<T>(items: readonly T[], of: (item: T) => string | number | null): string {
  let text = "";
  for (const item of items) text += `${text === "" ? "{" : ","}${of(item) ?? "null"}`;
  return text === "" ? "{}" : `${text}}`;
}

/**
 * Stores facts in the caller's transaction, one after the other and each judged by itself. The caller has locked the
 * conversation, so that its owner and state stay; only plain messages may take a number before us, and then we try the next.
 * A batch of messages may wait for our number from here on: the transaction takes no lock afterwards that others may hold,
 * and one conversation only. The caller announces the facts after its commit.
 */
export async function appendFacts(db: Kysely<Database>, items: readonly FactItem[]): Promise<Appended[]> {
  const run: RunStatement = async <Row>({ text }: Statement, values: readonly (string | null)[]) => {
    const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
    return rows;
  };
  const answers: Appended[] = [];
  for (const item of items) answers.push(await appendOne(run, item));
  await catchUp(db, [...new Set(items.map((item) => item.conversationId))]);
  return answers;
}

async function appendOne(run: RunStatement, item: FactItem): Promise<Appended> {
  for (;;) {
    const [judged = null] = await judge(run, [item]);
    if (judged === null) return { outcome: "not_found" };
    const { ownerId, visitorId, lastSeq } = judged.head;
    if ("repeated" in judged) return { outcome: "repeated", ...judged.repeated, ownerId, visitorId };
    if (judged.refusal !== null) return { outcome: judged.refusal };
    const seq = lastSeq + 1;
    const { at, stored } = await insertThoseFree(run, [{ item, seq }]);
    if (stored.length > 0) return { outcome: "stored", seq, at, ownerId, visitorId };
  }
}

/** True when a number or a client id was taken. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23505";
}

/** True when PostgreSQL ended one of several transactions that waited for each other: trying again is all there is to do. */
export function isCrossed(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "40P01" || error.code === "40001");
}

/** True for an error about the data of one item (classes 22 and 23), which the others of its call do not share. */
export function isRefusedData(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}
