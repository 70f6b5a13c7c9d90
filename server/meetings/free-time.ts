import type { LocalDay } from "../../shared/model/ids.ts";
import type { DaySpan, MeetingHours } from "../../shared/model/meetings.ts";
import { eachRest, type Interval, merge, sorted, union } from "../../shared/time/intervals.ts";
import { DAY, dayNumber, MINUTE, weekdayOf } from "../../shared/time/local-day.ts";
import { instantsOf, WIDEST_OFFSET, type Zone, type Zones } from "../../shared/time/zone.ts";

/** All that decides when a member can be booked. Intervals are instants, in any order, and may overlap. */
export type Bookable = {
  hours: MeetingHours;
  /** What the member's own calendar holds, or `unknown` if it could not be read: unknown is not free. */
  busy: readonly Interval[] | "unknown";
  /** Our own meetings and living holds, without their buffer. */
  reserved: readonly Interval[];
};

/**
 * Visits, in order, the instants of [from, to) that can be part of a meeting: working time, less everything that is
 * taken and the gap around it. The gap is between meetings, so it does not shorten the working day at its edges.
 */
export function eachFreeTime(
  member: Bookable,
  zones: Zones,
  from: number,
  to: number,
  visit: (start: number, end: number) => void,
): void {
  if (member.busy === "unknown") return;
  const working = workingTime(member.hours, zones(member.hours.zone), from, to);
  const { busy, reserved } = member;
  const taken = reserved.length === 0 ? sorted(busy) : union(merge(busy), merge(reserved));
  eachRest(working, taken, member.hours.bufferMinutes * MINUTE, visit);
}

/**
 * The instants of [from, to) at which the member's own clock shows a time within the member's hours. Hours belong to the
 * local day on which they start, so the small hours of an overnight span go with the evening before.
 */
export function workingTime(hours: MeetingHours, zone: Zone, from: number, to: number): readonly Interval[] {
  const week: (readonly DaySpan[] | undefined)[] = [];
  for (const { weekday, spans } of hours.weekly) week[weekday] = [...(week[weekday] ?? []), ...spans];
  const overrides = overridesByDay(hours.overrides);

  const readings: Interval[] = [];
  // One day more at the start: its overnight span may reach into the window.
  const firstDay = Math.floor((from - WIDEST_OFFSET) / DAY) - 1;
  const lastDay = Math.floor((to + WIDEST_OFFSET) / DAY);
  for (let day = firstDay; day <= lastDay; day++) {
    const spans = overrides.get(day) ?? week[weekdayOf(day)];
    if (!spans) continue;
    for (const span of spans) {
      const start = day * DAY + span.start * MINUTE;
      // An end at or before the start means that time on the next day.
      const end = day * DAY + (span.end > span.start ? span.end : span.end + 1440) * MINUTE;
      readings.push({ start, end });
    }
  }
  return instantsOf(zone, merge(readings), from, to);
}

function overridesByDay(overrides: MeetingHours["overrides"]): Map<number, readonly DaySpan[]> {
  const byDay = new Map<number, readonly DaySpan[]>();
  for (const { day, spans } of overrides) {
    const number = overrideDay(day);
    byDay.set(number, [...(byDay.get(number) ?? []), ...spans]);
  }
  return byDay;
}

function overrideDay(day: LocalDay): number {
  const number = dayNumber(day);
  if (number === undefined) throw new RangeError("an override names no calendar day");
  return number;
}
