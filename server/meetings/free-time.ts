import type { Instant, LocalDay, ZoneName } from "../../shared/model/ids.ts";
import type { DaySpan, MeetingHours } from "../../shared/model/meetings.ts";
import { eachRest, type Interval, merge, sorted, subtract, union } from "../../shared/time/intervals.ts";
import { DAY, dayName, dayNumber, MINUTE, weekdayOf } from "../../shared/time/local-day.ts";
import {
  instantsOf,
  instantsOfDay,
  localDayNumber,
  WIDEST_OFFSET,
  type Zone,
  type Zones,
} from "../../shared/time/zone.ts";

/** All that decides when a member can be booked. Intervals are instants, in any order, and may overlap. */
export type Bookable = {
  hours: MeetingHours;
  /** What the member's own calendar holds, or `unknown` if it could not be read: unknown is not free. */
  busy: readonly Interval[] | "unknown";
  /** Our own meetings and living holds, without their buffer. */
  reserved: readonly Interval[];
  /** Where `hours` are those of a meeting type: the host's own days that differ from the week still hold, by the host's clock. */
  ownDays?: OwnDays | null;
  /** At most so many meetings start on one day of the host's clock; `starts` are those that are there. */
  dayLimit?: { perDay: number; zone: ZoneName; starts: readonly Instant[] } | null;
};

export type OwnDays = Pick<MeetingHours, "zone" | "overrides">;

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
  const open = openTime(member, zones, from, to);
  const full = fullDays(member, zones, from, to);
  const working = full.length === 0 ? open : subtract(open, full);
  const { busy, reserved } = member;
  const taken = reserved.length === 0 ? sorted(busy) : union(merge(busy), merge(reserved));
  eachRest(working, taken, member.hours.bufferMinutes * MINUTE, visit);
}

/** Working time of [from, to), with the host's own days where a meeting type brings its own hours. */
export function openTime(member: Bookable, zones: Zones, from: number, to: number): readonly Interval[] {
  const working = workingTime(member.hours, zones(member.hours.zone), from, to);
  if (!member.ownDays || member.ownDays.overrides.length === 0) return working;
  return subtract(working, closedByOwnDays(member.ownDays, zones(member.ownDays.zone), from, to));
}

/** On a day that differs from the week, all but the spans of that day. */
function closedByOwnDays({ zone: name, overrides }: OwnDays, zone: Zone, from: number, to: number) {
  const [firstDay, lastDay] = daysAround(from, to);
  const readings: Interval[] = [];
  for (const day of overridesByDay(overrides).keys())
    if (day >= firstDay && day <= lastDay) readings.push({ start: day * DAY, end: (day + 1) * DAY });
  if (readings.length === 0) return [];
  const spans = workingTime({ zone: name, weekly: [], overrides }, zone, from, to);
  return subtract(instantsOf(zone, merge(readings), from, to), spans);
}

/** The days of the host's clock on which as many meetings start as may: nothing more may lie in them. */
export function fullDays(
  { dayLimit }: Bookable,
  zones: Zones,
  from: number,
  to: number,
): readonly Interval[] {
  if (!dayLimit || dayLimit.starts.length < dayLimit.perDay) return [];
  const zone = zones(dayLimit.zone);
  const [firstDay, lastDay] = daysAround(from, to);
  const counts = new Map<number, number>();
  for (const start of dayLimit.starts) {
    const day = localDayNumber(zone, start);
    if (day >= firstDay && day <= lastDay) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  const full = [...counts].filter(([, count]) => count >= dayLimit.perDay);
  return merge(full.flatMap(([day]) => instantsOfDay(zone, dayName(day))));
}

/**
 * The instants of [from, to) at which the member's own clock shows a time within the member's hours. Hours belong to the
 * local day on which they start, so the small hours of an overnight span go with the evening before.
 */
export function workingTime(
  hours: Pick<MeetingHours, "zone" | "weekly" | "overrides">,
  zone: Zone,
  from: number,
  to: number,
): readonly Interval[] {
  const week: (readonly DaySpan[] | undefined)[] = [];
  for (const { weekday, spans } of hours.weekly) week[weekday] = [...(week[weekday] ?? []), ...spans];
  const overrides = overridesByDay(hours.overrides);

  const readings: Interval[] = [];
  const [firstDay, lastDay] = daysAround(from, to);
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

/** Local days that [from, to) may touch. One day more at the start: its overnight span may reach into the window. */
function daysAround(from: number, to: number): [number, number] {
  return [Math.floor((from - WIDEST_OFFSET) / DAY) - 1, Math.floor((to + WIDEST_OFFSET) / DAY)];
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
