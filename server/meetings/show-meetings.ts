import type { Kysely } from "kysely";
import type { Instant, MeetingId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { TeamMeeting } from "../../shared/model/meetings.ts";
import type { Role } from "../../shared/model/people.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { isActiveMember } from "./hosts-store.ts";
import { type MeetingLink, readMeetingLink } from "./meeting-link.ts";
import { toTeamMeetings } from "./meeting-view.ts";
import { type MeetingRow, meetingById, meetingsBetween } from "./store.ts";

type Member = { memberId: MemberId; workspaceId: WorkspaceId; role: Role };

/** The team's meetings; of a member who never chats, the own ones only. */
export async function listMeetings(
  { db }: { db: Kysely<Database> },
  member: Member,
  { from, to }: { from: Instant; to: Instant },
): Promise<TeamMeeting[]> {
  const hostId = member.role === "meetings_only" ? member.memberId : null;
  const rows = await meetingsBetween(db, member.workspaceId, from, to, hostId);
  return toTeamMeetings(db, member.workspaceId, rows);
}

/** A meeting that this member may change: one of its hosts, or an admin. */
export async function meetingToChange(
  db: Kysely<Database>,
  member: Member,
  id: MeetingId,
): Promise<MeetingRow> {
  const row = await meetingById(db, member.workspaceId, id);
  const isOwn = row !== undefined && [row.hostId, ...row.coHostIds].includes(member.memberId);
  if (!row || row.state === "held" || (member.role === "meetings_only" && !isOwn))
    throw new AppError("not_found");
  if (!isOwn && member.role !== "admin") throw new AppError("forbidden");
  return row;
}

/** The meeting of a mailed link. */
export async function meetingOfLink(
  { db, secretKey }: { db: Kysely<Database>; secretKey: string },
  token: string,
): Promise<{ meeting: MeetingRow; link: MeetingLink }> {
  const link = readMeetingLink(secretKey, token, await databaseNow(db));
  const meeting = await meetingById(db, link.workspaceId, link.meetingId);
  if (!meeting || meeting.state === "held") throw new AppError("not_found");
  if (link.recipient === "host") {
    // Given to a colleague, or the host was deactivated: the mail of before opens nothing.
    const isHost = [meeting.hostId, ...meeting.coHostIds].includes(link.hostId);
    if (!isHost || !(await isActiveMember(db, link.workspaceId, link.hostId)))
      throw new AppError("not_found");
  }
  return { meeting, link };
}
