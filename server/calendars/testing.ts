import { sql } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { CalendarId, ConnectionId, Instant, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import { DAY } from "../../shared/time/local-day.ts";
import type { Db } from "../db/connect.ts";
import { newId } from "../db/ids.ts";

type TestConnection = { provider?: ProviderName; problem?: ConnectionProblem | null };

/** A link to an account that nobody can open: its secret is of no key. */
export async function addConnection(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  { provider = "google", problem = null }: TestConnection = {},
): Promise<ConnectionId> {
  const id = newId<"connection">();
  await db
    .insertInto("connections")
    .values({
      id,
      workspace_id: workspaceId,
      member_id: memberId,
      provider,
      account_id: `account-${id}`,
      account_name: `${id.slice(-6)}@calendar.example`,
      sealed_secret: Buffer.from("none"),
      problem,
    })
    .execute();
  return id;
}

type TestCalendar = {
  blocksTime?: boolean;
  /** Null: never. */
  readAt?: Instant | null;
  coveredUntil?: Instant;
  isGone?: boolean;
  busy?: readonly (Interval & { own?: boolean })[];
};

/** A calendar of it, as if it had been read. Left out: just now, for 400 days, and empty. */
export async function addCalendar(
  db: Db,
  workspaceId: WorkspaceId,
  memberId: MemberId,
  connectionId: ConnectionId,
  now: Instant,
  {
    blocksTime = true,
    readAt = now,
    coveredUntil = now + 400 * DAY,
    isGone = false,
    busy = [],
  }: TestCalendar = {},
): Promise<CalendarId> {
  const id = newId<"calendar">();
  await db
    .insertInto("calendars")
    .values({
      id,
      workspace_id: workspaceId,
      connection_id: connectionId,
      member_id: memberId,
      ref: `ref-${id}`,
      name: "Work",
      blocks_time: blocksTime,
      vanished_at: isGone ? new Date(now) : null,
      read_at: readAt === null ? null : new Date(readAt),
      covered_from: readAt === null ? null : new Date(readAt - DAY),
      covered_until: readAt === null ? null : new Date(coveredUntil),
      due_at: sql<Date>`foyer_now() + interval '3 minutes'`,
    })
    .execute();
  for (const [index, { start, end, own }] of busy.entries())
    await db
      .insertInto("busy_times")
      .values({
        workspace_id: workspaceId,
        calendar_id: id,
        member_id: memberId,
        source: `source-${index}`,
        start_at: new Date(start),
        end_at: new Date(end),
        own_meeting_id: own === true ? newId<"meeting">() : null,
      })
      .execute();
  return id;
}
