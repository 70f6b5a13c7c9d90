import type { ZoneName } from "../../../shared/model/ids.ts";
import { type Interval, merge } from "../../../shared/time/intervals.ts";
import { DAY } from "../../../shared/time/local-day.ts";
import { type EventZone, ianaZone } from "./event-zones.ts";
import { expandRule } from "./expand-rule.ts";
import type { When } from "./ics-values.ts";
import {
  dayOf,
  type EventLength,
  type ReadEvent,
  readEvent,
  type ZoneFinder,
  zoneFinder,
} from "./read-event.ts";
import { type IcsPart, readIcs, UnreadableEvent } from "./read-ics.ts";

/** `zone` is the calendar's, `own` the owner's addresses. */
export type ItemContext = { zone: ZoneName; window: Interval; own: readonly string[] };
export type BusyItem = { busy: Interval[]; meetingId: string | null };

/** What of the window an object of a calendar takes: an event with its exceptions. Throws `UnreadableEvent`. */
export function busyOfItem(ics: string, { zone, window, own }: ItemContext): BusyItem {
  const files = readIcs(ics);
  const parts = files.flatMap((file) => (file.name === "VCALENDAR" ? file.parts : [file]));
  const zoneOf = zoneFinder(
    parts.filter(({ name }) => name === "VTIMEZONE"),
    ianaZone(zone),
  );
  const addresses = new Set(own);
  const byUid = new Map<string, ReadEvent[]>();
  let meetingId: string | null = null;
  for (const part of parts.filter(isEvent)) {
    const event = readEvent(part, zoneOf, addresses);
    byUid.set(event.uid, [...(byUid.get(event.uid) ?? []), event]);
    meetingId ??= event.meetingId;
  }
  const busy = [...byUid.values()].flatMap((events) => busyOfEvents(events, window, zoneOf));
  return { busy: [...merge(busy)], meetingId };
}

function isEvent({ name }: IcsPart): boolean {
  return name === "VEVENT";
}

/** Of events with one UID: series (more than one only by mistake; each counts), and exceptions of them. */
function busyOfEvents(events: readonly ReadEvent[], window: Interval, zoneOf: ZoneFinder): Interval[] {
  const exceptions = events.filter(({ replaces }) => replaces !== null);
  const series = events.filter(({ replaces }) => replaces === null);
  return [
    ...series.flatMap((event) => busyOfSeries(event, exceptions, window, zoneOf)),
    ...exceptions.flatMap((event) =>
      event.isBusy ? within(window, intervalOf(event.zone, event.start.wall, event.length)) : [],
    ),
  ];
}

function busyOfSeries(
  event: ReadEvent,
  exceptions: readonly ReadEvent[],
  window: Interval,
  zoneOf: ZoneFinder,
): Interval[] {
  const onward = exceptions.flatMap((exception) => onwardChange(exception, event, zoneOf));
  // A free series has nothing to say; unless a later part of it is busy.
  if (!event.isBusy && !onward.some(({ by }) => by.isBusy)) return [];
  const replaced = timesMatcher(
    [...event.exceptDates, ...exceptions.flatMap(({ replaces }) => (replaces ? [replaces.when] : []))],
    event,
    zoneOf,
  );
  const busy: Interval[] = [];
  for (const { wall, length } of timesOf(event, onward, window)) {
    if (replaced(wall)) continue;
    const change = onward.findLast(({ from }) => wall >= from);
    if (!change) {
      if (event.isBusy) busy.push(...within(window, intervalOf(event.zone, wall, length)));
    } else if (change.by.isBusy)
      busy.push(...within(window, intervalOf(change.by.zone, wall + change.shift, change.by.length)));
  }
  return busy;
}

/** Every time of the series whose interval may touch the window. */
function timesOf(
  event: ReadEvent,
  onward: readonly OnwardChange[],
  window: Interval,
): { wall: number; length: EventLength }[] {
  const longest = [
    event.length,
    ...event.extraDates.map(({ length }) => length),
    ...onward.map(({ by }) => by.length),
  ]
    .map(({ days, exact }) => days * DAY + exact)
    .reduce((a, b) => Math.max(a, b), 0);
  const moved = onward.reduce((most, { shift }) => Math.max(most, Math.abs(shift)), 0);
  // Two days more: zones and changes of the clock.
  const reach = { start: window.start - longest - moved - 2 * DAY, end: window.end + moved + 2 * DAY };
  const walls =
    event.rules.length === 0
      ? [event.start.wall]
      : event.rules.flatMap((rule) => expandSeries(event, rule, reach));
  return [...walls.map((wall) => ({ wall, length: event.length })), ...event.extraDates];
}

function expandSeries(event: ReadEvent, rule: string, within: Interval): number[] {
  try {
    return expandRule({
      start: event.start.wall,
      isDay: event.start.kind === "date",
      rule,
      within,
      wallOf: event.zone.wallOf,
    });
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(dayOf(event.start)) : error;
  }
}

/** From a time of the series on, it is as `by` says, so much later. */
type OnwardChange = { from: number; shift: number; by: ReadEvent };

function onwardChange(exception: ReadEvent, series: ReadEvent, zoneOf: ZoneFinder): OnwardChange[] {
  if (!exception.replaces?.isOnward) return [];
  const from = wallInSeries(exception.replaces.when, series, zoneOf);
  return [{ from, shift: exception.start.wall - from, by: exception }];
}

/** Whether a time of the series is one of these, however each of them is written. */
function timesMatcher(
  times: readonly When[],
  series: ReadEvent,
  zoneOf: ZoneFinder,
): (wall: number) => boolean {
  const isDay = series.start.kind === "date";
  const days = new Set<number>();
  const walls = new Set<number>();
  const instants = new Set<number>();
  for (const when of times) {
    if (isDay) {
      days.add(Math.floor(when.wall / DAY));
      if (when.kind === "utc") days.add(Math.floor(series.zone.wallOf(when.wall) / DAY));
    } else if (when.kind === "date") days.add(Math.floor(when.wall / DAY));
    else if (when.kind === "floating") walls.add(when.wall);
    else instants.add(zoneOf(when).instantOf(when.wall));
  }
  return (wall) =>
    days.has(Math.floor(wall / DAY)) ||
    walls.has(wall) ||
    (instants.size > 0 && instants.has(series.zone.instantOf(wall)));
}

function wallInSeries(when: When, series: ReadEvent, zoneOf: ZoneFinder): number {
  if (when.kind === "date" || when.kind === "floating") return when.wall;
  return series.zone.wallOf(zoneOf(when).instantOf(when.wall));
}

function intervalOf(zone: EventZone, wall: number, { days, exact }: EventLength): Interval {
  const start = zone.instantOf(wall);
  const end = zone.instantOf(wall + days * DAY) + exact;
  if (start === end) return { start, end };
  return {
    start: Math.min(start, end) - zone.unsure.before,
    end: Math.max(start, end) + zone.unsure.after,
  };
}

/** What takes no time keeps nobody. */
function within(window: Interval, { start, end }: Interval): Interval[] {
  const cut = { start: Math.max(start, window.start), end: Math.min(end, window.end) };
  return cut.start < cut.end ? [cut] : [];
}
