import { type Kysely, type SqlBool, sql } from "kysely";
import type { CalendarId, ConnectionId, Instant, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { CalendarProviderName } from "./deps.ts";

type Db = Kysely<Database>;
type Which = { workspaceId: WorkspaceId; id: CalendarId };

/** A channel that tells of a calendar's changes. */
export type KeptWatch = { id: string; ref: string; until: Instant };

export async function watchOf(
  db: Db,
  { workspaceId, id }: Which,
): Promise<(KeptWatch & { isDue: boolean }) | null> {
  const row = await db
    .selectFrom("calendars")
    .select(["watch_id", "watch_ref", "watch_until", sql<boolean>`watch_due_at <= foyer_now()`.as("is_due")])
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row?.watch_id || row.watch_ref === null || row.watch_until === null) return null;
  return { id: row.watch_id, ref: row.watch_ref, until: row.watch_until.getTime(), isDue: row.is_due };
}

/** Whether a channel is to be made now. Only one process is told so: the next is due in an hour, unless this one is made. */
export async function takeWatchDue(db: Db, { workspaceId, id }: Which): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("calendars")
    .set({ watch_due_at: sql<Date>`foyer_now() + interval '1 hour'` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("watch_due_at", "<=", sql<Date>`foyer_now()`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * The channel takes the place of the one of before. The calendar is due at once: what changed while it was made was told to nobody. The next one is made
 * when three quarters of its time are over. False: the calendar is not read any more.
 */
export async function saveWatch(
  db: Db,
  { workspaceId, id }: Which,
  watch: KeptWatch & { hash: Buffer },
): Promise<boolean> {
  const until = new Date(watch.until);
  const { numUpdatedRows } = await db
    .updateTable("calendars")
    .set({
      watch_id: watch.id,
      watch_ref: watch.ref,
      watch_hash: watch.hash,
      watch_until: until,
      watch_due_at: sql<Date>`foyer_now() + (${until}::timestamptz - foyer_now()) * 0.75`,
      due_at: sql<Date>`least(due_at, foyer_now())`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("blocks_time", "=", true)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets the channel, if it is still this one; another is due. */
export async function forgetWatch(db: Db, { workspaceId, id }: Which, watchId: string): Promise<void> {
  await db
    .updateTable("calendars")
    .set({
      watch_id: null,
      watch_ref: null,
      watch_hash: null,
      watch_until: null,
      watch_due_at: sql<Date>`foyer_now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("watch_id", "=", watchId)
    .execute();
}

/** The channels of an account, to be stopped. */
export async function watchesOf(
  db: Db,
  workspaceId: WorkspaceId,
  connectionId: ConnectionId,
  which: "all" | "not_read" = "all",
): Promise<(KeptWatch & { calendarId: CalendarId })[]> {
  let query = db
    .selectFrom("calendars")
    .select(["id", "watch_id", "watch_ref", "watch_until"])
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("watch_id", "is not", null);
  if (which === "not_read") query = query.where("blocks_time", "=", false);
  return (await query.execute()).flatMap(({ id, watch_id, watch_ref, watch_until }) =>
    watch_id !== null && watch_ref !== null && watch_until !== null
      ? [{ calendarId: id, id: watch_id, ref: watch_ref, until: watch_until.getTime() }]
      : [],
  );
}

/** Channels by our name for them, or by the provider's. */
export async function toldWatches(
  db: Db,
  provider: CalendarProviderName,
  by: { watchId: string } | { refs: readonly string[] },
): Promise<(Which & { watchId: string; ref: string; hash: Buffer })[]> {
  const which =
    "watchId" in by
      ? sql<SqlBool>`calendars.watch_id = ${by.watchId}::uuid`
      : sql<SqlBool>`calendars.watch_ref = any(${by.refs}::text[])`;
  const rows = await db
    .selectFrom("calendars")
    .innerJoin("connections", "connections.id", "calendars.connection_id")
    .select(["calendars.id", "calendars.workspace_id", "watch_id", "watch_ref", "watch_hash"])
    .where("connections.provider", "=", provider)
    .where(which)
    .execute();
  return rows.flatMap(({ id, workspace_id, watch_id, watch_ref, watch_hash }) =>
    watch_id !== null && watch_ref !== null && watch_hash !== null
      ? [{ id, workspaceId: workspace_id, watchId: watch_id, ref: watch_ref, hash: watch_hash }]
      : [],
  );
}

/** Something changed there: the next look of a worker reads it. One that is being read is read once more after that. */
export async function makeDue(db: Db, calendarIds: readonly CalendarId[]): Promise<void> {
  if (calendarIds.length === 0) return;
  await db
    .updateTable("calendars")
    .set({ due_at: sql<Date>`least(due_at, foyer_now())` })
    .where(sql<boolean>`id = any(${calendarIds}::uuid[])`)
    .execute();
}
