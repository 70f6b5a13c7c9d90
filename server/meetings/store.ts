import { type Kysely, type Selectable, sql } from "kysely";
import type {
  ConversationId,
  Instant,
  MeetingId,
  MeetingTypeId,
  MemberId,
  VisitorId,
  WorkspaceId,
} from "../../shared/model/ids.ts";
import type { QuestionAnswer } from "../../shared/model/meeting-types.ts";
import type { MeetingPlace } from "../../shared/model/meetings.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import type { Database } from "../db/tables.ts";
import { during, type Place } from "./holds-store.ts";

type Db = Kysely<Database>;

/** A held or booked slot whatever its state, as the rest of this folder sees it. */
export type MeetingRow = {
  id: MeetingId;
  workspaceId: WorkspaceId;
  hostId: MemberId;
  visitorId: VisitorId | null;
  conversationId: ConversationId | null;
  state: "held" | "booked" | "cancelled";
  startAt: Instant;
  endAt: Instant;
  holdUntil: Instant | null;
  guestName: string;
  guestEmail: string;
  note: string;
  guestZone: string;
  sequence: number;
  createdAt: Instant;
  typeId: MeetingTypeId | null;
  /** Who keeps a held slot. */
  holderId: string | null;
  partOf: MeetingId | null;
  place: MeetingPlace | null;
  answers: QuestionAnswer[];
  hostNotes: string;
  noShowAt: Instant | null;
};

/** Meetings and living holds of these hosts that touch [from, to), without buffers. */
export async function reservations(
  db: Db,
  workspaceId: WorkspaceId,
  hostIds: readonly MemberId[],
  from: Instant,
  to: Instant,
  except: { meetingId?: MeetingId; holdsOf?: VisitorId },
): Promise<Map<MemberId, Interval[]>> {
  const found = new Map<MemberId, Interval[]>(hostIds.map((id) => [id, []]));
  if (hostIds.length === 0) return found;
  let query = db
    .selectFrom("meetings")
    .select(["host_id", "start_at", "end_at"])
    .where("workspace_id", "=", workspaceId)
    .where("host_id", "in", hostIds)
    .where((is) =>
      is.or([is("state", "=", "booked"), sql<boolean>`state = 'held' and hold_until > foyer_now()`]),
    )
    .where("start_at", "<", new Date(to))
    .where("end_at", ">", new Date(from))
    .orderBy("start_at");
  if (except.meetingId !== undefined) query = query.where("id", "<>", except.meetingId);
  if (except.holdsOf !== undefined) {
    query = query.where(
      sql<boolean>`not (state = 'held' and visitor_id is not distinct from ${except.holdsOf})`,
    );
  }
  for (const row of await query.execute()) {
    found.get(row.host_id)?.push({ start: row.start_at.getTime(), end: row.end_at.getTime() });
  }
  return found;
}

/** How many meetings each of these hosts still has ahead. */
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

export async function meetingById(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingId,
): Promise<MeetingRow | undefined> {
  const row = await db
    .selectFrom("meetings")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && toMeeting(row);
}

export async function meetingByKey(
  db: Db,
  workspaceId: WorkspaceId,
  key: string,
): Promise<MeetingRow | undefined> {
  const row = await db
    .selectFrom("meetings")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("booking_key", "=", key)
    .executeTakeFirst();
  return row && toMeeting(row);
}

/** The larger of what this visitor and what this address still has ahead. */
export async function openMeetings(
  db: Db,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
  email: string | null,
): Promise<number> {
  const row = await db
    .selectFrom("meetings")
    .select((each) => [
      each.fn.countAll<number>().filterWhere("visitor_id", "=", visitorId).as("of_visitor"),
      each.fn
        .countAll<number>()
        .filterWhere(sql<boolean>`lower(guest_email) = lower(${email ?? ""})`)
        .as("of_address"),
    ])
    .where("workspace_id", "=", workspaceId)
    .where("state", "=", "booked")
    .where("start_at", ">", sql<Date>`foyer_now()`)
    .executeTakeFirst();
  return Math.max(row?.of_visitor ?? 0, row?.of_address ?? 0);
}

/** Undefined if the hold is gone: its visitor may let go of it at any moment, without the lock. */
export async function turnIntoBooking(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingId,
  booking: Place & {
    key: string;
    conversationId: ConversationId | null;
    name: string;
    email: string;
    note: string;
    zone: string;
  },
): Promise<MeetingRow | undefined> {
  const row = await db
    .updateTable("meetings")
    .set({
      state: "booked",
      hold_until: null,
      booking_key: booking.key,
      during: during(booking),
      conversation_id: booking.conversationId,
      guest_name: booking.name,
      guest_email: booking.email,
      note: booking.note,
      guest_zone: booking.zone,
      created_at: sql<Date>`foyer_now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "held")
    .returningAll()
    .executeTakeFirst();
  return row && toMeeting(row);
}

export async function moveRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingId,
  place: Place & { zone: string },
): Promise<MeetingRow> {
  const row = await db
    .updateTable("meetings")
    .set({
      start_at: new Date(place.startAt),
      end_at: new Date(place.endAt),
      during: during(place),
      guest_zone: place.zone,
      sequence: sql<number>`sequence + 1`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "booked")
    .returningAll()
    .executeTakeFirstOrThrow();
  return toMeeting(row);
}

/** The meeting must be booked; the new host's gap replaces the old one's. */
export async function giveRow(
  db: Db,
  { workspaceId, id, startAt, endAt }: MeetingRow,
  hostId: MemberId,
  bufferMinutes: number,
): Promise<MeetingRow> {
  const row = await db
    .updateTable("meetings")
    .set({
      host_id: hostId,
      during: during({ startAt, endAt, bufferMinutes }),
      sequence: sql<number>`sequence + 1`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "booked")
    .returningAll()
    .executeTakeFirstOrThrow();
  return toMeeting(row);
}

/** Undefined if it is not booked (any more). */
export async function cancelRow(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingId,
): Promise<MeetingRow | undefined> {
  const row = await db
    .updateTable("meetings")
    .set({ state: "cancelled", cancelled_at: sql<Date>`foyer_now()`, sequence: sql<number>`sequence + 1` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "booked")
    .returningAll()
    .executeTakeFirst();
  return row && toMeeting(row);
}

/** Booked and cancelled ones that touch [from, to), by start. */
export async function meetingsBetween(
  db: Db,
  workspaceId: WorkspaceId,
  from: Instant,
  to: Instant,
  hostId: MemberId | null,
): Promise<MeetingRow[]> {
  let query = db
    .selectFrom("meetings")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("state", "<>", "held")
    .where("start_at", "<", new Date(to))
    .where("end_at", ">", new Date(from))
    .orderBy("start_at")
    .limit(1000);
  if (hostId !== null) query = query.where("host_id", "=", hostId);
  return (await query.execute()).map(toMeeting);
}

/** Advisory locks for the rest of the transaction, taken in one order by everybody, so that no two can wait for each other. */
export async function takeLocks(db: Db, keys: readonly bigint[]): Promise<void> {
  const ordered = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)).map(String);
  await sql`select pg_advisory_xact_lock(key) from unnest(${ordered}::bigint[]) as key`.execute(db);
}

function toMeeting(row: Selectable<Database["meetings"]>): MeetingRow {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    hostId: row.host_id,
    visitorId: row.visitor_id,
    conversationId: row.conversation_id,
    state: row.state,
    startAt: row.start_at.getTime(),
    endAt: row.end_at.getTime(),
    holdUntil: row.hold_until?.getTime() ?? null,
    guestName: row.guest_name,
    guestEmail: row.guest_email,
    note: row.note,
    guestZone: row.guest_zone,
    sequence: row.sequence,
    createdAt: row.created_at.getTime(),
    typeId: row.type_id,
    holderId: row.holder_id,
    partOf: row.part_of,
    place: row.place,
    answers: row.answers,
    hostNotes: row.host_notes,
    noShowAt: row.no_show_at?.getTime() ?? null,
  };
}
