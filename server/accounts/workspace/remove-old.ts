import { type Kysely, sql } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import type { Log } from "../../log.ts";

type Db = Kysely<Database>;

export type Removed = { conversations: number; meetings: number; visitors: number };

/** In one transaction: little enough that no chat waits for it. */
const atATime = 200;

// What counts as old, by the days given: a conversation by its end, a meeting by its own (with its other hosts' rows), a visitor by the last visit.

const oldConversations = (workspaceId: WorkspaceId, days: number) => sql`
  select id from conversations where workspace_id = ${workspaceId} and not is_open
    and closed_at < foyer_now() - make_interval(days => ${days})`;

const oldMeetings = (workspaceId: WorkspaceId, days: number) => sql`
  select id from meetings where workspace_id = ${workspaceId} and part_of is null
    and end_at < foyer_now() - make_interval(days => ${days})`;

const oldVisitors = (workspaceId: WorkspaceId, days: number) => sql`
  select v.id from visitors v where v.workspace_id = ${workspaceId}
    and v.seen_at < foyer_now() - make_interval(days => ${days})
    and not exists (select 1 from visits where visitor_id = v.id and seen_at >= foyer_now() - make_interval(days => ${days}))`;

/** With nothing left of them: no conversation, no meeting. */
const nothingLeft = sql`
    not exists (select 1 from conversations c where c.visitor_id = v.id)
    and not exists (select 1 from meetings m where m.visitor_id = v.id)`;

/** What `removeOld` would remove now. */
export async function countOld(db: Db, workspaceId: WorkspaceId, days: number): Promise<Removed> {
  const { rows } = await sql<Removed>`
    with c as (${oldConversations(workspaceId, days)}), m as (${oldMeetings(workspaceId, days)})
    select (select count(*)::int from c) as conversations, (select count(*)::int from m) as meetings,
      (select count(*)::int from (${oldVisitors(workspaceId, days)}
        and not exists (select 1 from conversations o where o.visitor_id = v.id and o.id not in (select id from c))
        and not exists (select 1 from meetings o where o.visitor_id = v.id and o.id not in (select id from m))) v) as visitors`.execute(
    db,
  );
  return rows[0] ?? { conversations: 0, meetings: 0, visitors: 0 };
}

/** Meetings, closed conversations with all that is about them, then visitors of whom nothing is left. */
export async function removeOld(db: Db, workspaceId: WorkspaceId, days: number): Promise<Removed> {
  return {
    meetings: await inBatches(db, (trx) => removeMeetings(trx, workspaceId, days)),
    conversations: await inBatches(db, (trx) => removeConversations(trx, workspaceId, days)),
    visitors: await inBatches(db, (trx) => removeVisitors(trx, workspaceId, days)),
  };
}

async function inBatches(db: Db, removeSome: (trx: Db) => Promise<number>): Promise<number> {
  let total = 0;
  for (;;) {
    const removed = await db.transaction().execute(removeSome);
    total += removed;
    if (removed < atATime) return total;
  }
}

/** Locked, and not those that somebody else works on just now. */
async function take(trx: Db, which: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${which} limit ${atATime} for update skip locked`.execute(trx);
  return rows.map(({ id }) => id);
}

async function removeMeetings(trx: Db, workspaceId: WorkspaceId, days: number): Promise<number> {
  const ids = await take(trx, oldMeetings(workspaceId, days));
  if (ids.length === 0) return 0;
  await sql`delete from mails where workspace_id = ${workspaceId} and meeting_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  await sql`delete from meetings where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(
    trx,
  );
  return ids.length;
}

async function removeConversations(trx: Db, workspaceId: WorkspaceId, days: number): Promise<number> {
  const ids = await take(trx, oldConversations(workspaceId, days));
  if (ids.length === 0) return 0;
  const about = (table: string) =>
    sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[])`.execute(
      trx,
    );
  await sql`delete from offers where workspace_id = ${workspaceId} and request_id in
    (select id from requests where conversation_id = any(${ids}::uuid[]))`.execute(trx);
  for (const table of ["requests", "decisions", "mails"]) await about(table);
  // A meeting outlives the talk it came from.
  await sql`update meetings set conversation_id = null
    where workspace_id = ${workspaceId} and conversation_id = any(${ids}::uuid[])`.execute(trx);
  await sql`delete from conversations where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(
    trx,
  );
  await about("facts");
  return ids.length;
}

async function removeVisitors(trx: Db, workspaceId: WorkspaceId, days: number): Promise<number> {
  const ids = await take(trx, sql`${oldVisitors(workspaceId, days)} and ${nothingLeft}`);
  if (ids.length === 0) return 0;
  await sql`delete from visits where workspace_id = ${workspaceId} and visitor_id = any(${ids}::uuid[])`.execute(
    trx,
  );
  await sql`delete from visitors where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`.execute(
    trx,
  );
  return ids.length;
}

/** One look at every workspace that keeps nothing for ever. */
export async function removeOldEverywhere({ db, log }: { db: Db; log: Log }): Promise<void> {
  const workspaces = await db
    .selectFrom("workspaces")
    .select(["id", "retention_days"])
    .where("retention_days", "is not", null)
    .orderBy("id")
    .execute();
  for (const { id, retention_days } of workspaces) {
    if (retention_days === null) continue;
    try {
      const removed = await removeOld(db, id, retention_days);
      if (Object.values(removed).some((count) => count > 0))
        log.info({ workspaceId: id, ...removed }, "removed what was older than the workspace keeps");
    } catch (error) {
      log.warn({ err: error, workspaceId: id }, "what is old could not be removed");
    }
  }
}
