import type { Instant, ZoneName } from "../../shared/model/ids.ts";
import { type Interval, intersect } from "../../shared/time/intervals.ts";
import { DAY, dayName, dayNumber } from "../../shared/time/local-day.ts";
import { firstInstantAt, type Zones } from "../../shared/time/zone.ts";

// How providers write times, as instants.

/** `2027-03-15T09:00:00.0000000`, as a clock in the zone shows it; undefined when it is nothing of the kind. */
export function instantOfClock(text: string, zone: ZoneName, zones: Zones): Instant | undefined {
  const [, day = "", hours, minutes, seconds = "0"] =
    /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/.exec(text) ?? [];
  if (dayNumber(day) === undefined) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  return firstInstantAt(zones(zone), day, minute) + Number(seconds) * 1000;
}

/** From the beginning of one day to the beginning of another, in the zone; at least the first day. */
export function wholeDays(from: string, until: string, zone: ZoneName, zones: Zones): Interval | undefined {
  const first = dayNumber(from);
  const last = dayNumber(until);
  if (first === undefined || last === undefined) return undefined;
  const end = dayName(Math.max(first + 1, last));
  return { start: firstInstantAt(zones(zone), from, 0), end: firstInstantAt(zones(zone), end, 0) };
}

/**
 * Providers choose the events of a window by a time of their own for whole days, which we read in another zone: so we ask
 * for a day more on both sides, and cut.
 */
export function widened({ start, end }: Interval): Interval {
  return { start: start - DAY, end: end + DAY };
}

/** What of an event's time is in the window. */
export function within(window: Interval, time: Interval): Interval[] {
  return intersect([window], time.start < time.end ? [time] : []);
}
