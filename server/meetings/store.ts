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
  typeName: string | null;
  /** The other hosts of a meeting of several: each has a row of their own, see companions-store.ts. */
  coHostIds: MemberId[];
  /** Who keeps a held slot. */
  holderId: string | null;
  place: MeetingPlace | null;
  answers: QuestionAnswer[];
  hostNotes: string;
  noShowAt: Instant | null;
};

type More = { type_name: string | null; co_host_ids: MemberId[] };

/** What of a meeting stands elsewhere. */
const more = [
  sql<string | null>`(select t.name from meeting_types t where t.id = meetings.type_id)`.as("type_name"),
  sql<
    MemberId[]
  >`array(select p.host_id from meetings p where p.part_of = meetings.id order by p.host_id)`.as(
    "co_host_ids",
  ),
] as const;

export async function meetingById(
  db: Db,
  workspaceId: WorkspaceId,
  id: MeetingId,
): Promise<MeetingRow | undefined> {
  const row = await db
    .selectFrom("meetings")
    .selectAll()
    .select(more)
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("part_of", "is", null)
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
    .select(more)
    .where("workspace_id", "=", workspaceId)
    .where("booking_key", "=", key)
    .executeTakeFirst();
  return row && toMeeting(row);
}

/** Undefined if the hold is gone: its guest may let go of it at any moment, without the lock. */
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
    place: MeetingPlace | null;
    answers: readonly QuestionAnswer[];
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
      place: booking.place === null ? null : JSON.stringify(booking.place),
      answers: JSON.stringify(booking.answers),
      created_at: sql<Date>`foyer_now()`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "held")
    .returningAll()
    .returning(more)
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
    .returning(more)
    .executeTakeFirstOrThrow();
  return toMeeting(row);
}

/** The meeting must be booked; the new host's gap and place replace the old one's. */
export async function giveRow(
  db: Db,
  { workspaceId, id, startAt, endAt }: MeetingRow,
  hostId: MemberId,
  { bufferMinutes, place }: { bufferMinutes: number; place: MeetingPlace | null },
): Promise<MeetingRow> {
  const row = await db
    .updateTable("meetings")
    .set({
      host_id: hostId,
      place: place === null ? null : JSON.stringify(place),
      during: during({ startAt, endAt, bufferMinutes }),
      sequence: sql<number>`sequence + 1`,
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "booked")
    .returningAll()
    .returning(more)
    .executeTakeFirstOrThrow();
  return toMeeting(row);
}

/** Something of a booked meeting has changed that stands in other rows. */
export async function countChange(db: Db, workspaceId: WorkspaceId, id: MeetingId): Promise<MeetingRow> {
  const row = await db
    .updateTable("meetings")
    .set({ sequence: sql<number>`sequence + 1` })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("state", "=", "booked")
    .returningAll()
    .returning(more)
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
    .returning(more)
    .executeTakeFirst();
  return row && toMeeting(row);
}

/** Booked and cancelled ones that touch [from, to), by start; of one host those of several too. */
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
    .select(more)
    .where("workspace_id", "=", workspaceId)
    .where("part_of", "is", null)
    .where("state", "<>", "held")
    .where("start_at", "<", new Date(to))
    .where("end_at", ">", new Date(from))
    .orderBy("start_at")
    .limit(1000);
  if (hostId !== null)
    query = query.where(
      sql<boolean>`(host_id = ${hostId} or exists (select 1 from meetings p
        where p.part_of = meetings.id and p.host_id = ${hostId}))`,
    );
  return (await query.execute()).map(toMeeting);
}

/** Advisory locks for the rest of the transaction, taken in one order by everybody, so that no two can wait for each other. */
export async function takeLocks(db: Db, keys: readonly bigint[]): Promise<void> {
  const ordered = [...new Set(keys)].sort((a, b) => (a < b ? -1 : 1)).map(String);
  await sql`select pg_advisory_xact_lock(key) from unnest(${ordered}::bigint[]) as key`.execute(db);
}

function toMeeting(row: Selectable<Database["meetings"]> & More): MeetingRow {
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
    typeName: row.type_name,
    coHostIds: row.co_host_ids,
    holderId: row.holder_id,
    place: row.place,
    answers: row.answers,
    hostNotes: row.host_notes,
    noShowAt: row.no_show_at?.getTime() ?? null,
  };
}
