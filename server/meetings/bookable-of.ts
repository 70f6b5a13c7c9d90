import type { MeetingType } from "../../shared/model/meeting-types.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { Bookable } from "./free-time.ts";
import { keepApart, type Reservation } from "./reserved-time.ts";

/** What of a meeting type decides when it can be met. */
export type TypeTimes = Pick<MeetingType, "noticeMinutes" | "bufferMinutes" | "horizonDays" | "hours">;

/** What is known of a host's own time. */
export type HostTime = {
  hours: MeetingHours;
  perDay: number | null;
  busy: Bookable["busy"];
  reserved: readonly Reservation[];
};

/** When a host can be booked for a meeting of this type and length; null: for their usual one. Pure. */
export function bookableOf(host: HostTime, type: TypeTimes | null, durationMinutes: number): Bookable {
  const { hours: own, perDay, busy, reserved } = host;
  const hours = { ...hoursFor(own, type), durationMinutes };
  return {
    hours,
    busy,
    reserved: keepApart(reserved, hours.bufferMinutes),
    ownDays: type?.hours ? own : null,
    dayLimit: perDay === null ? null : { perDay, zone: own.zone, starts: reserved.map(({ start }) => start) },
  };
}

/**
 * A type's own notice, gap, horizon and week replace the host's. Days off and other days that differ still hold: see
 * `ownDays`.
 */
function hoursFor(own: MeetingHours, type: TypeTimes | null): MeetingHours {
  if (type === null) return own;
  return {
    ...own,
    noticeMinutes: type.noticeMinutes ?? own.noticeMinutes,
    bufferMinutes: type.bufferMinutes ?? own.bufferMinutes,
    horizonDays: type.horizonDays ?? own.horizonDays,
    ...(type.hours === null
      ? {}
      : { zone: type.hours.zone ?? own.zone, weekly: type.hours.weekly, overrides: [] }),
  };
}
