import { DAY } from "../../../shared/time/local-day.ts";
import type { EventZone } from "./event-zones.ts";
import { expandRule } from "./expand-rule.ts";
import { readTimes } from "./ics-values.ts";
import { type IcsPart, lineOf, linesOf, UnreadableEvent } from "./read-ics.ts";

/** One kind of time in a zone, such as its summer time. */
type Observance = {
  start: number;
  /** Milliseconds, east is positive. */
  from: number;
  to: number;
  rules: string[];
  dates: number[];
};

/** From `at`, by the clock that was right until then. */
type Change = { at: number; from: number; to: number };

/** A zone as a file describes it (VTIMEZONE): for those that are nobody else's. */
export function embeddedZone(part: IcsPart): EventZone {
  const observances = part.parts
    .filter(({ name }) => name === "STANDARD" || name === "DAYLIGHT")
    .map(readObservance);
  if (observances.length === 0) throw new UnreadableEvent();
  const offsets = [...new Set(observances.flatMap(({ from, to }) => [from, to]))];
  const known = new Map<number, Change[]>();

  function changesAround(wall: number): Change[] {
    const year = new Date(wall).getUTCFullYear();
    let changes = known.get(year);
    if (!changes) {
      changes = findChanges(observances, {
        start: Date.UTC(year - 2, 0, 1),
        end: Date.UTC(year + 1, 0, 2),
      });
      known.set(year, changes);
    }
    return changes;
  }

  /** What the clock was before all changes: what the first of them began with. */
  function offsetFor(wall: number): number {
    const changes = changesAround(wall);
    let offset = changes[0]?.from ?? offsets[0] ?? 0;
    for (const { at, from, to } of changes) {
      // Readings that were left out go by the clock before.
      if (wall >= at + Math.max(0, to - from)) offset = to;
    }
    return offset;
  }

  return {
    instantOf: (wall) => wall - offsetFor(wall),
    wallOf(instant) {
      const right = offsets.find((offset) => offsetFor(instant + offset) === offset);
      return instant + (right ?? offsetFor(instant));
    },
    unsure: { before: 0, after: 0 },
  };
}

function readObservance(part: IcsPart): Observance {
  const start = lineOf(part, "DTSTART");
  const [first] = start ? readTimes(start) : [];
  if (!first) throw new UnreadableEvent();
  return {
    start: first.wall,
    from: readOffset(part, "TZOFFSETFROM"),
    to: readOffset(part, "TZOFFSETTO"),
    rules: linesOf(part, "RRULE").map(({ value }) => value),
    dates: linesOf(part, "RDATE").flatMap((line) => readTimes(line).map(({ wall }) => wall)),
  };
}

function readOffset(part: IcsPart, name: string): number {
  const [, sign, hours, minutes, seconds] =
    /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(lineOf(part, name)?.value.trim() ?? "") ?? [];
  if (sign === undefined) throw new UnreadableEvent();
  const offset = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1_000;
  if (offset >= DAY) throw new UnreadableEvent();
  return sign === "-" ? -offset : offset;
}

/** All changes in the years around, and the last one before for zones that stopped changing. */
function findChanges(observances: readonly Observance[], years: { start: number; end: number }): Change[] {
  const changes: Change[] = [];
  for (const { start, from, to, rules, dates } of observances) {
    const early: number[] = [];
    const keep = (at: number) => {
      if (at < years.start) early.push(at);
      else if (at < years.end) changes.push({ at, from, to });
    };
    for (const at of [start, ...dates]) keep(at);
    for (const rule of rules) {
      const within = { start: years.start, end: years.end };
      for (const at of expandRule({ start, isDay: false, rule, within, wallOf: (instant) => instant + from }))
        keep(at);
      // A rule that ended before: its last year tells what is left of it.
      const until = /UNTIL=(\d{4})/i.exec(rule)?.[1];
      if (until === undefined || Number(until) >= new Date(years.start).getUTCFullYear()) continue;
      const last = { start: Date.UTC(Number(until) - 1, 0, 1), end: Date.UTC(Number(until) + 1, 0, 2) };
      for (const at of expandRule({
        start,
        isDay: false,
        rule,
        within: last,
        wallOf: (instant) => instant + from,
      }))
        keep(at);
    }
    const latest = early.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    if (early.length > 0) changes.push({ at: latest, from, to });
  }
  return changes.sort((a, b) => a.at - b.at);
}
