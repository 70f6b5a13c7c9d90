import { CompiledQuery, type Kysely } from "kysely";
import type { Instant, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Appended, FactItem } from "./fact-item.ts";

/** A statement with the name under which a connection keeps it prepared. */
export type Statement = { name: string; text: string };
/** Runs a statement and answers the one column `told` of its rows. */
export type RunStatement = (
  statement: Statement,
  values: readonly (string | null)[],
) => Promise<readonly { told: string | null }[]>;

const columns = "w, c, k, a, e, i, t, b";
const types = ["uuid", "uuid", "text", "uuid", "int", "uuid", "text", "text"];
const listed = `unnest(${types.map((type, at) => `$${at + 1}::${type}[]`).join(", ")})
  with ordinality as item(${columns}, n)`;
const single = `(select ${types.map((type, at) => `$${at + 1}::${type} as ${columns.split(", ")[at]}`).join(", ")},
  1 as n) item`;

/** What a fact or a conversation answers: no word of ours holds a space or a comma. */
const told = (n: string, seq: string, at: string) => `concat_ws(' ', ${n}, ${seq},
  (date_part('epoch', ${at}) * 1000)::bigint, visitor_id, owner_id)`;

/**
 * Stores a fact in each of many conversations, in one statement and so in one commit, and answers those that were stored.
 * The conversation's row is locked by counting it up; what was judged by an older version of the row is judged again by
 * PostgreSQL, so that seq has no holes and a former owner's epoch is seen. What was stored before under the same client
 * id is passed over; one that another process commits while we wait for its lock is not seen, but ends the statement as a
 * unique violation: `wasRepeatedMeanwhile`, try again.
 *
 * Every table is entered through an index, whatever the planner believes of its size: a plan made while `facts` was
 * empty once read all of it for each message. Arrays, not JSON: half the time to read them. A conversation may stand in
 * one call once only, and all calls name them in the order of their ids, so that no two wait in a circle.
 */
const storeFrom = (source: string) => `
with head as (
  update conversations h set
    last_seq = h.last_seq + 1,
    active_at = item.now,
    visitor_spoke_seq = case when k = 'visitor' and t = 'message' then h.last_seq + 1 else visitor_spoke_seq end,
    visitor_spoke_at = case when k = 'visitor' and t = 'message' then item.now else visitor_spoke_at end,
    visitor_seen = case when k = 'visitor' and t = 'message' then h.last_seq + 1 else visitor_seen end,
    rep_spoke_seq = case when k = 'rep' and t <> 'note' then h.last_seq + 1 else rep_spoke_seq end,
    rep_spoke_at = case when k = 'rep' and t <> 'note' then item.now else rep_spoke_at end,
    rep_seen = case when k = 'rep' and t <> 'note' then h.last_seq + 1 else rep_seen end
  from (
    select item.*, date_trunc('milliseconds', foyer_now()) as now, (
      select f.seq from facts f where f.conversation_id = item.c and f.client_id = item.i limit 1
    ) as old from ${source} offset 0
  ) item
  where item.old is null and h.id = item.c and h.workspace_id = item.w and (h.is_open or t = 'note') and case k
    when 'visitor' then a = h.visitor_id
    when 'rep' then t = 'note' or (h.owner_id = a and coalesce(h.epoch = e, true))
    else true end
  returning n, h.id, h.last_seq as seq, h.workspace_id, h.visitor_id, h.owner_id, k, a, i, t, b, h.active_at as at
), written as (
  insert into facts (conversation_id, seq, workspace_id, author_kind, author_id, client_id, kind, body, at)
  select id, seq, workspace_id, k, case when k = 'rep' then a end, i, t, b::jsonb, at from head
)
`;

const storeOne: Statement = {
  name: "store_fact",
  text: `${storeFrom(single)} select ${told("n", "seq", "at")} as told from head`,
};
const storeMany: Statement = {
  name: "store_facts",
  text: `${storeFrom(listed)} select string_agg(${told("n", "seq", "at")}, ',') as told from head`,
};

/**
 * Why a fact was not stored:
 *   not_found   no such conversation for this author
 *   repeated    the same client id was stored before: its seq and instant
 *   closed      the conversation is over
 *   stale_owner the rep does not own it, or carries an epoch that is over (null is not checked)
 *   changed     nothing speaks against it any more: the conversation has changed in between
 */
const judgeMany: Statement = {
  name: "judge_facts",
  text: `
select case
  when h.id is null or (k = 'visitor' and a <> h.visitor_id) then concat_ws(' ', n, 'not_found')
  when old.seq is not null then ${told("n", "old.seq", "old.at")}
  when not h.is_open and t <> 'note' then concat_ws(' ', n, 'closed')
  when k = 'rep' and t <> 'note' and (h.owner_id is distinct from a or h.epoch <> e) then concat_ws(' ', n, 'stale_owner')
  else concat_ws(' ', n, 'changed') end as told
from ${listed}
left join conversations h on h.id = item.c and h.workspace_id = item.w
left join lateral (
  select f.seq, f.at from facts f where f.conversation_id = item.c and f.client_id = item.i limit 1
) old on true`,
};

const mostTries = 5;

/**
 * Stores each of the facts or says why not; the answers come in the order of the items. Rejects as the statement does,
 * and then none is stored.
 */
export async function storeEach(run: RunStatement, items: readonly FactItem[]): Promise<Appended[]> {
  const answers = new Array<Appended | undefined>(items.length);
  let left = items.map((item, at) => ({ item, at }));
  if (left.length > 1) left.sort((a, b) => (a.item.conversationId < b.item.conversationId ? -1 : 1));
  for (let turn = 0; left.length > 0; turn++) {
    if (turn === mostTries) throw new Error("a conversation changes faster than a fact can be stored in it");
    const [one] = left;
    const stored =
      left.length === 1 && one !== undefined
        ? await run(storeOne, toValues(one.item))
        : await run(storeMany, toLists(left));
    settle(stored, "stored");
    left = left.filter(({ at }) => answers[at] === undefined);
    if (left.length === 0) break;
    settle(await run(judgeMany, toLists(left)), "repeated");
    left = left.filter(({ at }) => answers[at] === undefined);
  }
  return answers.map((answer) => answer ?? { outcome: "not_found" });

  function settle(rows: readonly { told: string | null }[], outcome: "stored" | "repeated") {
    for (const row of rows) {
      if (row.told === null) continue;
      for (const words of row.told.split(",")) {
        const [n = "", seq = "", at = "", visitorId = "", ownerId = ""] = words.split(" ");
        const place = left[Number(n) - 1]?.at;
        if (place === undefined || seq === "changed") continue;
        answers[place] = isRefusal(seq)
          ? { outcome: seq }
          : {
              outcome,
              seq: Number(seq),
              at: Number(at) as Instant, // Milliseconds, as the statement writes them.
              visitorId: visitorId as VisitorId, // Of the columns of these names.
              ownerId: ownerId === "" ? null : (ownerId as MemberId),
            };
      }
    }
  }
}

function isRefusal(word: string): word is "not_found" | "closed" | "stale_owner" {
  return word === "not_found" || word === "closed" || word === "stale_owner";
}

function toValues({ workspaceId, conversationId, writer, clientId, body }: FactItem): (string | null)[] {
  return [
    workspaceId,
    conversationId,
    writer.kind,
    writer.kind === "system" ? null : writer.id,
    writer.kind === "rep" && writer.epoch !== null ? String(writer.epoch) : null,
    clientId,
    body.kind,
    JSON.stringify(body),
  ];
}

/**
 * A list for each column, written as PostgreSQL reads lists. pg would look into each value and at each character; only a
 * body can hold any that need care.
 */
function toLists(left: readonly { item: FactItem }[]): string[] {
  return [
    toList(left, ({ item }) => item.workspaceId),
    toList(left, ({ item }) => item.conversationId),
    toList(left, ({ item }) => item.writer.kind),
    toList(left, ({ item: { writer } }) => (writer.kind === "system" ? null : writer.id)),
    toList(left, ({ item: { writer } }) => (writer.kind === "rep" ? writer.epoch : null)),
    toList(left, ({ item }) => item.clientId),
    toList(left, ({ item }) => item.body.kind),
    toList(left, ({ item }) => `"${JSON.stringify(item.body).replace(/[\\"]/g, "\\$&")}"`),
  ];
}

/** Ids, numbers and words of our own need no quotes; what is neither fails as a malformed list or id. */
function toList<T>(items: readonly T[], of: (item: T) => string | number | null): string {
  let text = "";
  for (const item of items) text += `${text === "" ? "{" : ","}${of(item) ?? "null"}`;
  return `${text}}`;
}

/**
 * Stores facts in the caller's transaction, one after the other and each judged by itself. The caller has locked the
 * conversation, and announces them after its commit.
 */
export async function appendFacts(db: Kysely<Database>, items: readonly FactItem[]): Promise<Appended[]> {
  const run: RunStatement = async ({ text }, values) => {
    const { rows } = await db.executeQuery<{ told: string | null }>(CompiledQuery.raw(text, [...values]));
    return rows;
  };
  const answers: Appended[] = [];
  for (const item of items) answers.push(...(await storeEach(run, [item])));
  return answers;
}

/** See `storeFrom`. */
export function wasRepeatedMeanwhile(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "facts_client";
}

/** True for an error about the data of one item (classes 22 and 23), which the others of its call do not share. */
export function isRefusedData(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^2[23]/.test(String(error.code));
}
