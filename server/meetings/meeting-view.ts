import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import type { GuestMeeting, MeetingTask, TeamMeeting } from "../../shared/model/meetings.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import { loadRepCards } from "../accounts/team.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { mailProblems } from "../mail/mail-problems.ts";
import { guestSide } from "./hosts-store.ts";
import { tasksOf } from "./meeting-tasks.ts";
import type { MeetingRow } from "./store.ts";

/** A meeting as its guest sees it. */
export async function toGuestMeeting(db: Kysely<Database>, row: MeetingRow): Promise<GuestMeeting> {
  const [host] = await loadRepCards(db, row.workspaceId, [row.hostId]);
  if (host === undefined || row.state === "held") throw new AppError("not_found");
  return { ...common(row), state: row.state, host };
}

/** Whose page a guest's meeting is shown on. */
export async function companyOf(
  db: Kysely<Database>,
  row: MeetingRow,
): Promise<Pick<SiteLook, "companyName" | "color">> {
  const { companyName, color } = await guestSide(db, row.workspaceId, row.visitorId);
  return { companyName, color };
}

/** Meetings as the team sees them, with what is wrong about their mails and what is outside. */
export async function toTeamMeetings(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  rows: readonly MeetingRow[],
): Promise<TeamMeeting[]> {
  const problems = await mailProblems(
    db,
    workspaceId,
    rows.map(({ id }) => id),
  );
  const tasks = await tasksOf(db, workspaceId, rows);
  return rows.map((row) => teamMeeting(row, problems.get(row.id) ?? null, tasks.get(row.id) ?? []));
}

export async function toTeamMeeting(db: Kysely<Database>, row: MeetingRow): Promise<TeamMeeting> {
  const [meeting] = await toTeamMeetings(db, row.workspaceId, [row]);
  if (meeting === undefined) throw new AppError("not_found");
  return meeting;
}

function teamMeeting(row: MeetingRow, mailProblem: string | null, tasks: MeetingTask[]): TeamMeeting {
  return {
    ...common(row),
    state: row.state === "cancelled" ? "cancelled" : "booked",
    hostId: row.hostId,
    conversationId: row.conversationId,
    createdAt: row.createdAt,
    mailProblem,
    typeId: row.typeId,
    coHostIds: row.coHostIds,
    hostNotes: row.hostNotes,
    isNoShow: row.noShowAt !== null,
    tasks,
  };
}

function common(row: MeetingRow) {
  return {
    id: row.id,
    startAt: row.startAt,
    endAt: row.endAt,
    guestName: row.guestName,
    guestEmail: row.guestEmail,
    note: row.note,
    zone: row.guestZone,
    typeName: row.typeName,
    place: row.place,
    answers: row.answers,
  };
}
