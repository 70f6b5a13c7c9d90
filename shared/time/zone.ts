import type { LocalDay, ZoneName } from "../model/ids.ts";
import { firstEndingAfter, type Interval, merge } from "./intervals.ts";
import { DAY, dayName, dayNumber, MINUTE } from "./local-day.ts";

/**
 * Zone arithmetic from `Intl` alone. Two axes of milliseconds: *instants* (UTC) and *readings*, which is what a
 * wall clock in the zone shows, written as if it were UTC. Within a stretch of constant offset the two differ by
 * that offset, so everything here is a shift per stretch, and the rule of the house falls out of it: an instant belongs
 * to a wall-clock span if the clock then shows a time within it. So a gap shortens a day and an overlap
 * lengthens it, and a day that a zone skipped (Apia, 2011-12-30) is empty.
 */
export type Stretch = Interval & {
  /** Reading minus instant, in milliseconds; east of Greenwich is positive. */
  readonly offset: number;
};

export type Zone = {
  readonly name: ZoneName;
  /** Stretches of constant offset, in order, that together cover at least [from, to). Found once, then remembered. */
  stretches(from: number, to: number): readonly Stretch[];
};

/** Looks zones up by their IANA name; throws a RangeError for a name that `Intl` does not know. */
export type Zones = (name: ZoneName) => Zone;

/**
 * A memo of zones. The only state is what has been found out about them so far, so that two memos never disagree.
 */
export function createZones(): Zones {
  const known = new Map<string, Zone>();
  return (name) => {
    let zone = known.get(name);
    if (!zone) {
      zone = createZone(name);
      known.set(name, zone);
    }
    return zone;
  };
}

/** The zone's name as `Intl` spells it, or undefined if there is none; for checking what a person has sent. */
export function zoneName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

export function offsetAt(zone: Zone, instant: number): number {
  for (const stretch of zone.stretches(instant, instant + 1)) {
    if (instant < stretch.end) return stretch.offset;
  }
  throw new RangeError("no such instant");
}

export function localDay(zone: Zone, instant: number): LocalDay {
  return dayName(localDayNumber(zone, instant));
}

export function localDayNumber(zone: Zone, instant: number): number {
  return Math.floor((instant + offsetAt(zone, instant)) / DAY);
}

/**
 * Every instant of [from, to) at which the clock of the zone shows one of these readings, which are a set; in order,
 * neighbours made one.
 */
export function instantsOf(zone: Zone, readings: readonly Interval[], from: number, to: number): Interval[] {
  const found: Interval[] = [];
  for (const stretch of zone.stretches(from, to)) {
    const { offset } = stretch;
    const earliest = Math.max(stretch.start, from) + offset;
    const latest = Math.min(stretch.end, to) + offset;
    if (earliest >= latest) continue;
    for (let index = firstEndingAfter(readings, earliest); index < readings.length; index++) {
      const reading = readings[index];
      if (!reading || reading.start >= latest) break;
      const start = Math.max(reading.start, earliest) - offset;
      const end = Math.min(reading.end, latest) - offset;
      const last = found.length > 0 && start + offset === earliest ? found.at(-1) : undefined;
      // Spans on both sides of a change are neighbours in time.
      if (last?.end === start) found[found.length - 1] = { start: last.start, end };
      else found.push({ start, end });
    }
  }
  return found;
}

/** All instants of a local day: one interval, none for a skipped day; two if the clock was put back over midnight and on. */
export function instantsOfDay(zone: Zone, day: LocalDay): readonly Interval[] {
  const number = dayNumber(day);
  if (number === undefined) throw new RangeError("not a calendar day");
  const reading = { start: number * DAY, end: (number + 1) * DAY };
  return merge(instantsOf(zone, [reading], reading.start - WIDEST_OFFSET, reading.end + WIDEST_OFFSET));
}

/**
 * The first instant at which the clock shows this reading or, if it never does because it falls into a gap, the instant
 * of the jump. `minute` counts from the midnight that starts the day and may pass 1440 into the next.
 */
export function firstInstantAt(zone: Zone, day: LocalDay, minute: number): number {
  const number = dayNumber(day);
  if (number === undefined) throw new RangeError("not a calendar day");
  const reading = number * DAY + minute * MINUTE;
  const [from, to] = [reading - WIDEST_OFFSET, reading + WIDEST_OFFSET];
  for (const stretch of zone.stretches(from, to)) {
    if (stretch.end <= from) continue;
    if (reading < stretch.end + stretch.offset) return Math.max(stretch.start, reading - stretch.offset);
  }
  throw new RangeError("no such instant");
}

/** More than any zone's distance from UTC in either direction (the widest ever was 15:56, Manila before 1844). */
export const WIDEST_OFFSET = DAY;

/**
 * Offsets are sampled this far apart; two changes within one step that undo each other would be missed. The closest
 * pair since 1970 is 7 days apart (Recife, October 2000).
 */
const SAMPLE_STEP = 3 * DAY;

/** Looking a year further than asked, so that a moving window finds its answer ready. */
const LOOK_AHEAD = 366 * DAY;

function createZone(name: string): Zone {
  const offsetFromIntl = intlOffset(name);
  let stretches: Stretch[] = [];
  let covered: Interval | undefined;

  const survey = (from: number, to: number): Stretch[] => {
    const found: Stretch[] = [];
    let start = from;
    let offset = offsetFromIntl(from);
    for (let at = from; at < to; ) {
      const next = Math.min(at + SAMPLE_STEP, to);
      const after = offsetFromIntl(next);
      if (after !== offset) {
        const change = firstSecondNotAt(offset, at, next, offsetFromIntl);
        found.push({ start, end: change, offset });
        start = change;
        // Not `after`: two changes may share a step.
        offset = offsetFromIntl(change);
        at = change;
      } else {
        at = next;
      }
    }
    found.push({ start, end: to, offset });
    return found.filter((stretch) => stretch.start < stretch.end);
  };

  return {
    name,
    stretches(from, to) {
      if (covered && covered.start <= from && to <= covered.end) return stretches;
      const wanted = {
        start: covered && covered.start <= from ? covered.start : wholeDay(from) - DAY,
        end: covered && to <= covered.end ? covered.end : wholeDay(to) + LOOK_AHEAD,
      };
      const before = covered ? survey(wanted.start, covered.start) : [];
      const after = survey(covered ? covered.end : wanted.start, wanted.end);
      stretches = [...before, ...stretches, ...after].reduce(joined, []);
      covered = wanted;
      return stretches;
    },
  };
}

function joined(list: Stretch[], next: Stretch): Stretch[] {
  const last = list.at(-1);
  if (last && last.end === next.start && last.offset === next.offset) {
    list[list.length - 1] = { ...last, end: next.end };
  } else {
    list.push(next);
  }
  return list;
}

function wholeDay(instant: number): number {
  return Math.floor(instant / DAY) * DAY;
}

/** Clocks have only ever been changed at a whole second, and since 1972 at a whole minute. */
function firstSecondNotAt(
  offset: number,
  at: number,
  changed: number,
  offsetOf: (instant: number) => number,
): number {
  let low = at;
  let high = changed;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (offsetOf(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** Reads the offset off the clock itself: older browsers know no `longOffset`. Expects a whole second. */
function intlOffset(name: string): (instant: number) => number {
  const clock = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const read: Record<string, number> = {};
    for (const part of clock.formatToParts(instant)) read[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read;
    return Date.UTC(year, month - 1, day, hour, minute, second) - instant;
  };
}
