import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingToMove } from "../../shared/protocol/member-routes.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { farthestHorizon, isFreeDuring, loadHosts } from "./bookables.ts";
import { toTeamMeetings } from "./meeting-view.ts";
import { type MeetingRow, meetingsBetween } from "./store.ts";
import { meetingsAhead } from "./taken-store.ts";
import { typeById } from "./types-store.ts";

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
  const freeFor = (row: MeetingRow) =>
    hosts
      .filter(({ id }) => id !== row.hostId && !row.coHostIds.includes(id))
      .filter((host) => isFreeDuring(host, zones, row))
      .map(({ id }) => id);
  const meetings = await toTeamMeetings(db, workspaceId, ahead);
  return meetings.flatMap((meeting, index) => {
    const row = ahead[index];
    return row === undefined ? [] : [{ meeting, freeHostIds: freeFor(row) }];
  });
}

/** Colleagues who could take over this meeting as it stands, by what its type asks of a host. */
export async function freeHostsFor(
  { db, zones }: { db: Kysely<Database>; zones: Zones },
  row: MeetingRow,
): Promise<MemberId[]> {
  const { workspaceId, startAt, endAt } = row;
  const wanted = { workspaceId, from: startAt, to: endAt, except: {}, durationMinutes: null };
  const everyone = await loadHosts(db, { ...wanted, host: "any" });
  const others = everyone.map(({ id }) => id).filter((id) => ![row.hostId, ...row.coHostIds].includes(id));
  const type = row.typeId === null ? null : ((await typeById(db, workspaceId, row.typeId)) ?? null);
  const hosts = await loadHosts(db, { ...wanted, host: others, type });
  return hosts.filter((host) => isFreeDuring(host, zones, row)).map(({ id }) => id);
}
