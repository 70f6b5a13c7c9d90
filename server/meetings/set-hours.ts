import type { Kysely } from "kysely";
import type { Instant, MemberId, WorkspaceId, ZoneName } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import { merge } from "../../shared/time/intervals.ts";
import { DAY } from "../../shared/time/local-day.ts";
import { type Zones, zoneName } from "../../shared/time/zone.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { eachFreeTime } from "./free-time.ts";
import { hoursOf, saveHours, saveHoursZone } from "./hosts-store.ts";
import { keepApart } from "./reserved-time.ts";
import { reservations } from "./taken-store.ts";
import { withLocks } from "./with-locks.ts";

type Member = { memberId: MemberId; workspaceId: WorkspaceId };

export async function loadHours(db: Kysely<Database>, member: Member): Promise<MeetingHours> {
  const hours = await hoursOf(db, member.workspaceId, member.memberId);
  if (!hours) throw new AppError("not_found");
  return hours;
}

/** Under the host's lock, so that no booking is judged by the old hours after this has been answered. */
export async function setHours(
  db: Kysely<Database>,
  member: Member,
  wanted: MeetingHours,
): Promise<MeetingHours> {
  const hours = inOrder(wanted);
  await withLocks(db, [`host ${member.memberId}`], (transaction) =>
    saveHours(transaction, member.workspaceId, member.memberId, hours),
  );
  return hours;
}

/** The same clock times in another zone. They are not taken as confirmed by it. */
export async function moveHours(db: Kysely<Database>, member: Member, zone: ZoneName): Promise<void> {
  await withLocks(db, [`host ${member.memberId}`], (transaction) =>
    saveHoursZone(transaction, member.workspaceId, member.memberId, zone),
  );
}

/** Instants further away than this are not looked at: every year costs a look at the zone's clock. */
const farthest = 2 * 366 * DAY;

/** What these hours, not saved yet, would leave free in the seven days from `from`. */
export async function previewHours(
  { db, zones }: { db: Kysely<Database>; zones: Zones },
  member: Member,
  { hours, from }: { hours: MeetingHours; from: Instant },
): Promise<{ startAt: Instant; endAt: Instant }[]> {
  if (Math.abs(from - (await databaseNow(db))) > farthest)
    throw new AppError("invalid_input", { field: "from" });
  const to = from + 7 * DAY;
  const gap = hours.bufferMinutes * 60_000;
  const { workspaceId, memberId } = member;
  const found = await reservations(db, workspaceId, [memberId], from - gap, to + gap, {});
  const host = {
    hours: inOrder(hours),
    busy: [],
    reserved: merge(keepApart(found.get(memberId) ?? [], hours.bufferMinutes)),
  };
  const free: { startAt: Instant; endAt: Instant }[] = [];
  eachFreeTime(host, zones, from, to, (startAt, endAt) => free.push({ startAt, endAt }));
  return free;
}

/** Weekdays and days in order, one entry each, and the zone as its official name. */
function inOrder(hours: MeetingHours): MeetingHours {
  const zone = zoneName(hours.zone);
  if (zone === undefined) throw new AppError("invalid_input", { field: "hours.zone" });
  const weekly = new Map(hours.weekly.map((each) => [each.weekday, each]));
  const overrides = new Map(hours.overrides.map((each) => [each.day, each]));
  if (weekly.size < hours.weekly.length) throw new AppError("invalid_input", { field: "hours.weekly" });
  if (overrides.size < hours.overrides.length)
    throw new AppError("invalid_input", { field: "hours.overrides" });
  return {
    ...hours,
    zone,
    weekly: hours.weekly.toSorted((a, b) => a.weekday - b.weekday),
    overrides: hours.overrides.toSorted((a, b) => (a.day < b.day ? -1 : 1)),
  };
}
