import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingToMove } from "../../shared/protocol/member-routes.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { mailProblems } from "../mail/mail-problems.ts";
import { farthestHorizon, isFreeDuring, loadHosts } from "./bookables.ts";
import { toTeamMeeting } from "./meeting-view.ts";
import { meetingsAhead, meetingsBetween } from "./store.ts";

/** How many meetings each of these hosts still has ahead. */
export function countMeetingsAhead(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  hostIds: readonly MemberId[],
): Promise<Map<MemberId, number>> {
  return meetingsAhead(db, workspaceId, hostIds);
}

/** Meetings ahead of one host, by start, each with the colleagues who are free for it as it stands. */
export async function listMeetingsToMove(
  { db, zones }: { db: Kysely<Database>; zones: Zones },
  workspaceId: WorkspaceId,
  hostId: MemberId,
): Promise<MeetingToMove[]> {
  const now = await databaseNow(db);
  const until = now + 2 * farthestHorizon;
  const rows = await meetingsBetween(db, workspaceId, now, until, hostId);
  const ahead = rows.filter((row) => row.state === "booked" && row.startAt > now);
  const last = Math.max(now, ...ahead.map(({ endAt }) => endAt));
  const everyone = await loadHosts(db, {
    workspaceId,
    host: "any",
    from: now,
    to: last,
    except: {},
    durationMinutes: null,
  });
  const hosts = everyone.filter(({ id }) => id !== hostId);
  const problems = await mailProblems(
    db,
    workspaceId,
    ahead.map(({ id }) => id),
  );
  return ahead.map((row) => ({
    meeting: toTeamMeeting(row, problems.get(row.id) ?? null),
    freeHostIds: hosts
      .filter(({ id }) => id !== row.hostId && !row.coHostIds.includes(id))
      .filter((host) => isFreeDuring(host, zones, row))
      .map(({ id }) => id),
  }));
}
