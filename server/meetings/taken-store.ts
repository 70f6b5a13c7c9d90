import { type Kysely, sql } from "kysely";
import type { Instant, MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Reservation } from "./reserved-time.ts";

// The part of this folder's SQL that says how much is taken: of hosts' time, and of what a guest may have.

type Db = Kysely<Database>;

/** Meetings and living holds of these hosts that touch [from, to), without buffers. */
export async function reservations(
  db: Db,
  workspaceId: WorkspaceId,
  hostIds: readonly MemberId[],
  from: Instant,
  to: Instant,
  except: { meetingId?: MeetingId; holdsOf?: string },
): Promise<Map<MemberId, Reservation[]>> {
  const found = new Map<MemberId, Reservation[]>(hostIds.map((id) => [id, []]));
  if (hostIds.length === 0) return found;
  let query = db
    .selectFrom("meetings")
    .select([
      "host_id",
      "start_at",
      "end_at",
      sql<number>`(extract(epoch from upper(during) - end_at) / 60)::int`.as("buffer_minutes"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("host_id", "in", hostIds)
    .where((is) =>
      is.or([is("state", "=", "booked"), sql<boolean>`state = 'held' and hold_until > foyer_now()`]),
    )
    .where("start_at", "<", new Date(to))
    .where("end_at", ">", new Date(from))
    .orderBy("start_at");
  if (except.meetingId !== undefined)
    query = query.where(sql<boolean>`coalesce(part_of, id) <> ${except.meetingId}`);
  if (except.holdsOf !== undefined) {
    query = query.where(
      sql<boolean>`not (state = 'held' and holder_id is not distinct from ${except.holdsOf})`,
    );
  }
  for (const row of await query.execute()) {
    found.get(row.host_id)?.push({
      start: row.start_at.getTime(),
      end: row.end_at.getTime(),
      bufferMinutes: row.buffer_minutes,
    });
  }
  return found;
}

/** How many meetings each of these hosts still has ahead, those of several included. */
export async function meetingsAhead(
  db: Db,
  workspaceId: WorkspaceId,
  hostIds: readonly MemberId[],
): Promise<Map<MemberId, number>> {
  if (hostIds.length === 0) return new Map();
  const rows = await db
    .selectFrom("meetings")
    .select(["host_id", sql<number>`count(*)::int`.as("ahead")])
    .where("workspace_id", "=", workspaceId)
    .where("host_id", "in", hostIds)
    .where("state", "=", "booked")
    .where("start_at", ">", sql<Date>`foyer_now()`)
    .groupBy("host_id")
    .execute();
  return new Map(rows.map((row) => [row.host_id, row.ahead]));
}

/** The larger of what this guest and what this address still has ahead. */
export async function openMeetings(
  db: Db,
  workspaceId: WorkspaceId,
  holderId: string,
  email: string | null,
): Promise<number> {
  const row = await db
    .selectFrom("meetings")
    .select((each) => [
      each.fn
        .countAll<number>()
        .filterWhere(sql<boolean>`coalesce(visitor_id, holder_id) = ${holderId}`)
        .as("of_guest"),
      each.fn
        .countAll<number>()
        .filterWhere(sql<boolean>`lower(guest_email) = lower(${email ?? ""})`)
        .as("of_address"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "booked")
    .where("part_of", "is", null)
    .where("start_at", ">", sql<Date>`foyer_now()`)
    .executeTakeFirst();
  return Math.max(row?.of_guest ?? 0, row?.of_address ?? 0);
}
