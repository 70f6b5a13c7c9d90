import { type Kysely, sql } from "kysely";
import type { CalendarId, ConnectionId, Instant, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import type { Database } from "../db/tables.ts";
import type { CalendarProviderName } from "./deps.ts";
import type { CalendarAccount } from "./freshness.ts";

type Db = Kysely<Database>;

const calendarProviders = [
  "google",
  "microsoft",
  "caldav",
] as const satisfies readonly CalendarProviderName[];

/** The accounts with calendars of these members, and the database's clock. Members without any are left out. */
export async function calendarAccounts(
  db: Db,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<{ accounts: Map<MemberId, CalendarAccount[]>; now: Instant }> {
  const rows = await db
    .selectFrom("connections")
    .leftJoin("calendars", (on) =>
      on
        .onRef("calendars.workspace_id", "=", "connections.workspace_id")
        .onRef("calendars.connection_id", "=", "connections.id"),
    )
    .innerJoin("members", (on) =>
      on
        .onRef("members.workspace_id", "=", "connections.workspace_id")
        .onRef("members.id", "=", "connections.member_id"),
    )
    .select([
      "connections.id as connection_id",
      "connections.member_id",
      "connections.problem",
      sql<boolean>`mailbox_zone is not null and mailbox_zone is distinct from accepted_mailbox_zone`.as(
        "is_zone_other",
      ),
      "calendars.id",
      "calendars.blocks_time",
      "calendars.vanished_at",
      "calendars.read_at",
      "calendars.covered_from",
      "calendars.covered_until",
      sql<Date>`foyer_now()`.as("now"),
    ])
    .where("connections.workspace_id", "=", workspaceId)
    .where(sql<boolean>`connections.member_id = any(${memberIds}::uuid[])`)
    .where("connections.provider", "in", calendarProviders)
    .orderBy("connections.id")
    .execute();
  const accounts = new Map<MemberId, CalendarAccount[]>();
  const known = new Map<ConnectionId, CalendarAccount>();
  for (const row of rows) {
    let account = known.get(row.connection_id);
    if (account === undefined) {
      account = {
        problem: row.problem,
        isZoneOther: row.is_zone_other,
        isListed: row.id !== null,
        blocking: [],
      };
      known.set(row.connection_id, account);
      accounts.set(row.member_id, [...(accounts.get(row.member_id) ?? []), account]);
    }
    if (row.id === null || row.blocks_time !== true) continue;
    account.blocking.push({
      id: row.id,
      isGone: row.vanished_at !== null,
      readAt: row.read_at?.getTime() ?? null,
      coveredFrom: row.covered_from?.getTime() ?? null,
      coveredUntil: row.covered_until?.getTime() ?? null,
    });
  }
  return { accounts, now: rows[0]?.now.getTime() ?? 0 };
}

/**
 * What these calendars hold in [from, to), by start, in whole seconds that hold it. A pool has tens of thousands of them: they come
 * as one text for each member, which costs a fifth of a row for each.
 */
export async function storedBusy(
  db: Db,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
  calendarIds: readonly CalendarId[],
  from: Instant,
  to: Instant,
): Promise<Map<MemberId, Interval[]>> {
  if (calendarIds.length === 0) return new Map();
  const { rows } = await sql<{ member_id: MemberId; times: string }>`
    select member_id, string_agg(
      floor(date_part('epoch', start_at))::bigint || ',' || ceil(date_part('epoch', end_at))::bigint,
      ',' order by start_at) as times
    from busy_times
    where workspace_id = ${workspaceId} and member_id = any(${memberIds}::uuid[])
      and calendar_id = any(${calendarIds}::uuid[]) and own_meeting_id is null
      and end_at > ${new Date(from)} and start_at < ${new Date(to)}
    group by member_id`.execute(db);
  return new Map(rows.map(({ member_id, times }) => [member_id, intervalsOf(times)]));
}

function intervalsOf(times: string): Interval[] {
  const seconds = JSON.parse(`[${times}]`) as number[]; // Written by the statement above.
  const found: Interval[] = [];
  for (let at = 0; at + 1 < seconds.length; at += 2)
    found.push({ start: (seconds[at] ?? 0) * 1000, end: (seconds[at + 1] ?? 0) * 1000 });
  return found;
}
