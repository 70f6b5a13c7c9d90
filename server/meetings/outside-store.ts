import { type Kysely, type Selectable, sql } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, Instant, MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingPlace } from "../../shared/model/meetings.ts";
import type { UntoldChange } from "../db/meeting-tables.ts";
import type { Database } from "../db/tables.ts";

// The part of this folder's SQL that is about what a meeting has outside of us, and what was told about it.

type Db = Kysely<Database>;
export type MeetingRef = { workspaceId: WorkspaceId; meetingId: MeetingId };

/** A meeting's event in a host's calendar, or its room. */
export type Copy = {
  memberId: MemberId;
  kind: "event" | "room";
  provider: ProviderName;
  /** Null once the account was disconnected. */
  connectionId: ConnectionId | null;
  calendarRef: string | null;
  externalId: string | null;
  etag: string | null;
  joinUrl: string | null;
  passcode: string | null;
  sequence: number | null;
  invites: boolean;
  state: "wanted" | "there" | "refused" | "gone";
  problem: ConnectionProblem | null;
  attempts: number;
  retryAt: Instant | null;
};

export async function copiesOf(db: Db, { workspaceId, meetingId }: MeetingRef): Promise<Copy[]> {
  const rows = await db
    .selectFrom("outside_copies")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("meeting_id", "=", meetingId)
    .orderBy("kind")
    .orderBy("member_id")
    .execute();
  return rows.map(toCopy);
}

/** What providers refused for good, by meeting. */
export async function refusedCopies(
  db: Db,
  workspaceId: WorkspaceId,
  meetingIds: readonly MeetingId[],
): Promise<Map<MeetingId, Copy[]>> {
  const found = new Map<MeetingId, Copy[]>();
  if (meetingIds.length === 0) return found;
  const rows = await db
    .selectFrom("outside_copies")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("meeting_id", "in", meetingIds)
    .where("state", "=", "refused")
    .orderBy("kind")
    .execute();
  for (const row of rows) found.set(row.meeting_id, [...(found.get(row.meeting_id) ?? []), toCopy(row)]);
  return found;
}

/** Those whose host proved busy at the time they have now. */
export async function conflictsOf(
  db: Db,
  workspaceId: WorkspaceId,
  meetingIds: readonly MeetingId[],
): Promise<Set<MeetingId>> {
  if (meetingIds.length === 0) return new Set();
  const rows = await db
    .selectFrom("meetings")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("id", "in", meetingIds)
    .whereRef("conflict_sequence", "=", "sequence")
    .execute();
  return new Set(rows.map(({ id }) => id));
}

export async function saveCopy(db: Db, { workspaceId, meetingId }: MeetingRef, copy: Copy): Promise<void> {
  const values = {
    provider: copy.provider,
    connection_id: copy.connectionId,
    calendar_ref: copy.calendarRef,
    external_id: copy.externalId,
    etag: copy.etag,
    join_url: copy.joinUrl,
    passcode: copy.passcode,
    sequence: copy.sequence,
    invites: copy.invites,
    state: copy.state,
    problem: copy.problem,
    attempts: copy.attempts,
    retry_at: copy.retryAt === null ? null : new Date(copy.retryAt),
    tried_at: sql<Date>`foyer_now()`,
    updated_at: sql<Date>`foyer_now()`,
  };
  await db
    .insertInto("outside_copies")
    .values({
      workspace_id: workspaceId,
      meeting_id: meetingId,
      member_id: copy.memberId,
      kind: copy.kind,
      ...values,
    })
    .onConflict((conflict) => conflict.columns(["meeting_id", "member_id", "kind"]).doUpdateSet(values))
    .execute();
}

/** What was refused is tried again, at once. */
export async function wantRefusedAgain(db: Db, { workspaceId, meetingId }: MeetingRef): Promise<void> {
  await db
    .updateTable("outside_copies")
    .set({ state: "wanted", problem: null, sequence: null, retry_at: null, updated_at: sql`foyer_now()` })
    .where("workspace_id", "=", workspaceId)
    .where("meeting_id", "=", meetingId)
    .where("state", "=", "refused")
    .execute();
}

/** For whoever may now work outside on this meeting; nobody else may, until it is released or the time is over. Null: somebody does. */
export async function takeTurn(db: Db, ref: MeetingRef, seconds: number): Promise<Date | null> {
  const row = await db
    .updateTable("meetings")
    .set({ followed_until: sql<Date>`foyer_now() + make_interval(secs => ${seconds})` })
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId)
    .where((is) => is.or([is("followed_until", "is", null), sql<boolean>`followed_until <= foyer_now()`]))
    .returning("followed_until")
    .executeTakeFirst();
  return row?.followed_until ?? null;
}

export async function releaseTurn(db: Db, ref: MeetingRef, turn: Date): Promise<void> {
  await db
    .updateTable("meetings")
    .set({ followed_until: null })
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId)
    // Within a millisecond: the driver knows no finer instants.
    .where(sql<boolean>`abs(extract(epoch from followed_until - ${turn}::timestamptz)) < 0.001`)
    .execute();
}

export type Standing = {
  sequence: number;
  untold: UntoldChange[];
  toldSequence: number | null;
  toldJoinUrl: string | null;
  invitedBy: "us" | "calendar" | null;
  checkedSequence: number | null;
  conflictSequence: number | null;
};

/** `locks` keeps everybody else's changes out until the end of the transaction. */
export async function standingOf(
  db: Db,
  ref: MeetingRef,
  { locks }: { locks: boolean },
): Promise<Standing | null> {
  let query = db
    .selectFrom("meetings")
    .select(["sequence", "untold", "told_sequence", "told_join_url", "invited_by"])
    .select(["checked_sequence", "conflict_sequence"])
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId);
  if (locks) query = query.forUpdate();
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  return {
    sequence: row.sequence,
    untold: row.untold,
    toldSequence: row.told_sequence,
    toldJoinUrl: row.told_join_url,
    invitedBy: row.invited_by,
    checkedSequence: row.checked_sequence,
    conflictSequence: row.conflict_sequence,
  };
}

export async function saveStanding(db: Db, ref: MeetingRef, change: Partial<Standing>): Promise<void> {
  const { untold, toldSequence, toldJoinUrl, invitedBy, checkedSequence, conflictSequence } = change;
  await db
    .updateTable("meetings")
    .set({
      ...(untold === undefined ? {} : { untold: JSON.stringify(untold) }),
      ...(toldSequence === undefined ? {} : { told_sequence: toldSequence }),
      ...(toldJoinUrl === undefined ? {} : { told_join_url: toldJoinUrl }),
      ...(invitedBy === undefined ? {} : { invited_by: invitedBy }),
      ...(checkedSequence === undefined ? {} : { checked_sequence: checkedSequence }),
      ...(conflictSequence === undefined ? {} : { conflict_sequence: conflictSequence }),
    })
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId)
    .execute();
}

/** Only of the change that it is known for: a later one may have found another place. */
export async function savePlace(
  db: Db,
  ref: MeetingRef,
  sequence: number,
  place: MeetingPlace | null,
): Promise<void> {
  await db
    .updateTable("meetings")
    .set({ place: place === null ? null : JSON.stringify(place) })
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId)
    .where("sequence", "=", sequence)
    .execute();
}

/** Minutes before the start, as the type of a meeting says; the usual for a meeting without a type. */
export async function remindersOf(db: Db, { workspaceId, meetingId }: MeetingRef): Promise<number[]> {
  const row = await db
    .selectFrom("meetings")
    .leftJoin("meeting_types", (on) =>
      on
        .onRef("meeting_types.workspace_id", "=", "meetings.workspace_id")
        .onRef("meeting_types.id", "=", "meetings.type_id"),
    )
    .select("meeting_types.reminders")
    .where("meetings.workspace_id", "=", workspaceId)
    .where("meetings.id", "=", meetingId)
    .executeTakeFirst();
  return row?.reminders ?? usualReminders;
}

/** A day and an hour before. */
const usualReminders = [1_440, 60];

/** Whether any of these members has connected a calendar that takes their time. */
export async function hasCalendars(
  db: Db,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<boolean> {
  if (memberIds.length === 0) return false;
  const row = await db
    .selectFrom("calendars")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("member_id", "in", memberIds)
    .where("blocks_time", "=", true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

function toCopy(row: Selectable<Database["outside_copies"]>): Copy {
  return {
    memberId: row.member_id,
    kind: row.kind,
    provider: row.provider,
    connectionId: row.connection_id,
    calendarRef: row.calendar_ref,
    externalId: row.external_id,
    etag: row.etag,
    joinUrl: row.join_url,
    passcode: row.passcode,
    sequence: row.sequence,
    invites: row.invites,
    state: row.state,
    problem: row.problem,
    attempts: row.attempts,
    retryAt: row.retry_at?.getTime() ?? null,
  };
}

export async function saveNoShow(db: Db, ref: MeetingRef, isNoShow: boolean): Promise<void> {
  await db
    .updateTable("meetings")
    // The first word about it counts.
    .set({ no_show_at: isNoShow ? sql<Date>`coalesce(no_show_at, foyer_now())` : null })
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId)
    .execute();
}

export async function saveNotes(db: Db, ref: MeetingRef, notes: string): Promise<void> {
  await db
    .updateTable("meetings")
    .set({ host_notes: notes })
    .where("workspace_id", "=", ref.workspaceId)
    .where("id", "=", ref.meetingId)
    .execute();
}
