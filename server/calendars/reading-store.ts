import { type Kysely, sql } from "kysely";
import type {
  CalendarId,
  ConnectionId,
  Instant,
  MeetingId,
  MemberId,
  WorkspaceId,
  ZoneName,
} from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { CalendarProviderName, ConnectionRef } from "./deps.ts";
import type { CalendarItem } from "./port.ts";

type Db = Kysely<Database>;

/** A calendar that this process reads, until `leasedUntil`, which is its proof: nobody else has the same. */
export type TakenCalendar = {
  id: CalendarId;
  workspaceId: WorkspaceId;
  memberId: MemberId;
  connectionId: ConnectionId;
  provider: CalendarProviderName;
  /** Whose answers it waits for: a provider, or a CalDAV server. */
  server: string;
  ref: string;
  zone: ZoneName;
  cursor: string | null;
  coveredFrom: Instant | null;
  coveredUntil: Instant | null;
  failures: number;
  leasedUntil: Date;
  takenAt: Instant;
};

const columns = sql`cal.id, cal.workspace_id, cal.member_id, cal.connection_id, con.provider,
  con.provider || ' ' || coalesce(substring(con.server_url from '^[a-z]+://([^/]+)'), '') as server,
  cal.ref, coalesce(cal.zone, m.zone) as zone, cal.cursor, cal.covered_from, cal.covered_until, cal.failures`;

type Row = {
  id: CalendarId;
  workspace_id: WorkspaceId;
  member_id: MemberId;
  connection_id: ConnectionId;
  provider: CalendarProviderName;
  server: string;
  ref: string;
  zone: string;
  cursor: string | null;
  covered_from: Date | null;
  covered_until: Date | null;
  failures: number;
  leased_until: Date;
  taken_at: Date;
};

export type ToTake = {
  leaseSeconds: number;
  /** Accounts that are being read: one request after the other for each. */
  notConnections: readonly ConnectionId[];
  /** Servers that already keep as many waiting as one may. */
  notServers: readonly string[];
  /** Whether one may be tried that failed last time. */
  mayHaveFailed: boolean;
};

/** The calendar that is most due, if there is one. */
export async function takeDueCalendar(db: Db, wish: ToTake): Promise<TakenCalendar | null> {
  return take(
    db,
    wish.leaseSeconds,
    sql`cal.due_at <= foyer_now()
      and not (cal.connection_id = any(${wish.notConnections}::uuid[]))
      and not (con.provider || ' ' || coalesce(substring(con.server_url from '^[a-z]+://([^/]+)'), '')
        = any(${wish.notServers}::text[]))
      and (${wish.mayHaveFailed} or cal.failures = 0)`,
  );
}

/** This one, due or not. Null: another process is at it, or it does not take anybody's time. */
export async function takeCalendar(
  db: Db,
  workspaceId: WorkspaceId,
  id: CalendarId,
  leaseSeconds: number,
): Promise<TakenCalendar | null> {
  return take(db, leaseSeconds, sql`cal.workspace_id = ${workspaceId} and cal.id = ${id}`);
}

async function take(
  db: Db,
  leaseSeconds: number,
  which: ReturnType<typeof sql>,
): Promise<TakenCalendar | null> {
  // Whole milliseconds, since the lease is compared after it was here. What is told of meanwhile shows in `due_at`.
  const { rows } = await sql<Row>`
    with taken as (
      select ${columns}, date_trunc('milliseconds', foyer_now() + make_interval(secs => ${leaseSeconds})) as lease
      from calendars cal
      join connections con on con.workspace_id = cal.workspace_id and con.id = cal.connection_id
      join members m on m.workspace_id = cal.workspace_id and m.id = cal.member_id
      where cal.blocks_time and cal.vanished_at is null and m.is_active
        and (cal.leased_until is null or cal.leased_until <= foyer_now())
        and ${which}
      order by least(cal.failures, 1), cal.due_at
      limit 1
      for update of cal skip locked
    )
    update calendars set leased_until = taken.lease, due_at = taken.lease
    from taken where calendars.id = taken.id
    returning taken.*, taken.lease as leased_until, foyer_now() as taken_at`.execute(db);
  const [row] = rows;
  return row === undefined
    ? null
    : {
        id: row.id,
        workspaceId: row.workspace_id,
        memberId: row.member_id,
        connectionId: row.connection_id,
        provider: row.provider,
        server: row.server,
        ref: row.ref,
        zone: row.zone,
        cursor: row.cursor,
        coveredFrom: row.covered_from?.getTime() ?? null,
        coveredUntil: row.covered_until?.getTime() ?? null,
        failures: row.failures,
        leasedUntil: row.leased_until,
        takenAt: row.taken_at.getTime(),
      };
}

/** Whether the lease is still ours and the calendar still wanted; its row then stays locked. */
export async function lockTaken(db: Db, { workspaceId, id, leasedUntil }: TakenCalendar): Promise<boolean> {
  const row = await db
    .selectFrom("calendars")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("leased_until", "=", leasedUntil)
    .where("blocks_time", "=", true)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of these that are meetings of this host: whoever writes an event can write what he likes into it. */
export async function ownMeetings(
  db: Db,
  { workspaceId, memberId }: Pick<TakenCalendar, "workspaceId" | "memberId">,
  ids: readonly MeetingId[],
): Promise<Set<MeetingId>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: MeetingId }>`
    select coalesce(part_of, id) as id from meetings
    where workspace_id = ${workspaceId} and host_id = ${memberId}
      and (id = any(${ids}::uuid[]) or part_of = any(${ids}::uuid[]))`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Puts these in place of all that is kept of the calendar, or of what is kept of the same sources. */
export async function replaceBusy(
  db: Db,
  taken: Pick<TakenCalendar, "id" | "workspaceId" | "memberId">,
  items: readonly CalendarItem[],
  isWhole: boolean,
): Promise<void> {
  let old = db
    .deleteFrom("busy_times")
    .where("workspace_id", "=", taken.workspaceId)
    .where("calendar_id", "=", taken.id);
  if (!isWhole) old = old.where(sql<boolean>`source = any(${items.map(({ source }) => source)}::text[])`);
  await old.execute();
  await insertBusy(db, taken, items);
}

export async function insertBusy(
  db: Db,
  { id, workspaceId, memberId }: Pick<TakenCalendar, "id" | "workspaceId" | "memberId">,
  items: readonly CalendarItem[],
): Promise<void> {
  const rows = items.flatMap(({ source, busy, ownMeetingId }) =>
    busy.filter(({ start, end }) => start < end).map((each) => ({ ...each, source, ownMeetingId })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into busy_times (workspace_id, calendar_id, member_id, source, start_at, end_at, own_meeting_id)
    select ${workspaceId}, ${id}, ${memberId}, source, to_timestamp(start / 1000.0), to_timestamp("end" / 1000.0), own
    from unnest(${rows.map(({ source }) => source)}::text[], ${rows.map(({ start }) => start)}::bigint[],
      ${rows.map(({ end }) => end)}::bigint[], ${rows.map(({ ownMeetingId }) => ownMeetingId)}::uuid[])
      as rows (source, start, "end", own)`.execute(db);
}

/** What the moment of a booking found goes once a reading began after it. */
export async function dropAsked(
  db: Db,
  { id, takenAt }: Pick<TakenCalendar, "id" | "takenAt">,
): Promise<void> {
  await db
    .deleteFrom("busy_times")
    .where("calendar_id", "=", id)
    .where(
      sql<boolean>`source collate "C" >= ${askedSource(0)} and source collate "C" <= ${askedSource(takenAt)}`,
    )
    .execute();
}

/** The name of what was found when a booking asked, at that instant; by name is by time. */
export function askedSource(at: Instant): string {
  return `asked/${String(at).padStart(15, "0")}`;
}

/** The reading is over. Was the calendar made due meanwhile, it stays so. */
export async function saveReading(
  db: Db,
  { workspaceId, id, leasedUntil, takenAt }: TakenCalendar,
  read: { cursor: string | null; covered: { start: Instant; end: Instant }; nextInMs: number },
): Promise<void> {
  await db
    .updateTable("calendars")
    .set({
      cursor: read.cursor,
      read_at: new Date(takenAt),
      covered_from: new Date(read.covered.start),
      covered_until: new Date(read.covered.end),
      failures: 0,
      leased_until: null,
      due_at: sql<Date>`case when due_at = ${leasedUntil} then ${inMs(read.nextInMs)} else due_at end`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** False: the lease was over, and somebody else is at it. */
export async function saveFailure(
  db: Db,
  { workspaceId, id, leasedUntil }: TakenCalendar,
  nextInMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("calendars")
    .set({ failures: sql<number>`least(failures + 1, 1000)`, leased_until: null, due_at: inMs(nextInMs) })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("leased_until", "=", leasedUntil)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** It is not there any more, as its provider says. */
export async function markGone(db: Db, { workspaceId, id }: TakenCalendar): Promise<void> {
  await db
    .updateTable("calendars")
    .set({ vanished_at: sql<Date>`coalesce(vanished_at, foyer_now())` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** Whether a chosen calendar of the account is not there. */
export async function hasVanished(db: Db, { workspaceId, connectionId }: ConnectionRef): Promise<boolean> {
  const row = await db
    .selectFrom("calendars")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("connection_id", "=", connectionId)
    .where("vanished_at", "is not", null)
    .where((is) => is.or([is("blocks_time", "=", true), is("receives_meetings", "=", true)]))
    .executeTakeFirst();
  return row !== undefined;
}

function inMs(ms: number) {
  return sql<Date>`foyer_now() + make_interval(secs => ${ms / 1_000})`;
}
