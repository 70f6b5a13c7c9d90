import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { DaySpan, MeetingHours } from "../../shared/model/meetings.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import { createZones } from "../../shared/time/zone.ts";
import { bookableOf, type HostTime, type TypeTimes } from "./bookable-of.ts";
import { fitsOffer } from "./bookables.ts";
import { type Asked, poolSlots, sharedSlots, stepFor } from "./slots.ts";

/**
 * The same judge as of one host's slots, for what meeting types add: their own notice, gap, horizon and week, the host's days off, a limit of a day,
 * gaps of different widths, pools, and several hosts at once. Another library says how far a clock is from UTC; plain booleans for each minute decide.
 */
const ZONES = `Australia/Lord_Howe Pacific/Apia Africa/Casablanca Asia/Beirut Antarctica/Troll
  America/New_York`.split(/\s+/);
/** Apia left out a whole day in 2011; the others change every year. */
const [FIRST, LAST] = [Date.UTC(2011, 8, 1), Date.UTC(2033, 0, 1)];
const CHANGES_EACH = 7;
const ROUNDS = 4;
const zones = createZones();

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Some of the zone's changes, the first one among them, spread over all these years. */
function someChanges(zone: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FIRST).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (!next || next.epochMilliseconds >= LAST) break;
    if (next.offsetNanoseconds !== next.subtract({ nanoseconds: 1 }).offsetNanoseconds)
      changes.push(next.epochMilliseconds);
    at = next;
  }
  const every = Math.max(1, Math.floor(changes.length / CHANGES_EACH));
  return changes.filter((_, index) => index % every === 0).slice(0, CHANGES_EACH);
}

type Clock = { day: string; weekday: number; minute: number; dayBefore: string; weekdayBefore: number }[];

const plainDay = (number: number) => new Date(number * DAY).toISOString().slice(0, 10);

function readClock(zone: string, from: number, to: number): Clock {
  const clock: Clock = [];
  let offset = 0;
  let changesAt = from;
  for (let at = from; at < to; at += MINUTE) {
    if (at >= changesAt) {
      const reading = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      offset = reading.offsetNanoseconds / 1_000_000;
      changesAt = reading.getTimeZoneTransition("next")?.epochMilliseconds ?? to;
    }
    const shown = at + offset;
    const number = Math.floor(shown / DAY);
    const weekday = new Date(number * DAY).getUTCDay() || 7;
    clock.push({
      day: plainDay(number),
      weekday,
      minute: (shown - number * DAY) / MINUTE,
      dayBefore: plainDay(number - 1),
      weekdayBefore: weekday === 1 ? 7 : weekday - 1,
    });
  }
  return clock;
}

const covers = (spans: readonly DaySpan[], minute: number) =>
  spans.some(({ start, end }) => start <= minute && minute < (end > start ? end : end + 1_440));

/** Whether the clock shows a time within these spans, those of the evening before included. */
function isWithin(
  now: Clock[number],
  spansOf: (day: string, weekday: number) => readonly DaySpan[],
): boolean {
  return (
    covers(spansOf(now.day, now.weekday), now.minute) ||
    covers(spansOf(now.dayBefore, now.weekdayBefore), now.minute + 1_440)
  );
}

type Judged = { type: TypeTimes | null; durationMinutes: number; asked: Asked; base: number };

/** For each minute from `base`: whether a meeting with this host could begin there, whatever the clock shows then. */
function canBegin(host: HostTime, clocks: (zone: string) => Clock, judged: Judged): boolean[] {
  const { type, durationMinutes, asked, base } = judged;
  const { hours: own, perDay, busy, reserved } = host;
  const ownClock = clocks(own.zone);
  const onOwnDay = (day: string) => own.overrides.find((each) => each.day === day)?.spans;
  const inWeek = (weekly: MeetingHours["weekly"], weekday: number) =>
    weekly.filter((each) => each.weekday === weekday).flatMap(({ spans }) => spans);
  const typeClock = type?.hours ? clocks(type.hours.zone ?? own.zone) : ownClock;
  const gap = type?.bufferMinutes ?? own.bufferMinutes;
  const notice = type?.noticeMinutes ?? own.noticeMinutes;
  const horizon = type?.horizonDays ?? own.horizonDays;

  const isOpen = ownClock.map((now, index) => {
    if (!type?.hours) return isWithin(now, (day, weekday) => onOwnDay(day) ?? inWeek(own.weekly, weekday));
    const { weekly } = type.hours;
    const atType = typeClock[index];
    if (!atType || !isWithin(atType, (_, weekday) => inWeek(weekly, weekday))) return false;
    // A day of the host's own: all of it is closed but its spans, and what an evening before leaves in it.
    return onOwnDay(now.day) === undefined || isWithin(now, (day) => onOwnDay(day) ?? []);
  });
  const startsOn = new Map<string, number>();
  for (const { start } of reserved) {
    const day = ownClock[(start - base) / MINUTE]?.day ?? "";
    startsOn.set(day, (startsOn.get(day) ?? 0) + 1);
  }
  const isFull = ownClock.map(({ day }) => perDay !== null && (startsOn.get(day) ?? 0) >= perDay);
  return ownClock.map((_, index) => {
    const start = base + index * MINUTE;
    const end = start + durationMinutes * MINUTE;
    if (busy === "unknown" || start < asked.from || start >= asked.to) return false;
    if (start < asked.now + notice * MINUTE || start >= asked.now + horizon * DAY) return false;
    for (let at = index; at < index + durationMinutes; at++) if (!isOpen[at] || isFull[at]) return false;
    const isApart = (taken: { start: number; end: number }, minutes: number) =>
      end + minutes * MINUTE <= taken.start || start >= taken.end + minutes * MINUTE;
    return (
      busy.every((each) => isApart(each, gap)) &&
      reserved.every((each) => isApart(each, Math.max(gap, each.bufferMinutes)))
    );
  });
}

function somebody(zone: string, change: number, random: () => number): HostTime {
  const pick = (most: number) => Math.floor(random() * most);
  const localDay = (days: number) =>
    Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(zone).toPlainDate().add({ days });
  const near = () => change + (pick(24 * 12) - 12 * 12) * 5 * MINUTE;
  return {
    hours: {
      zone,
      weekly: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, spans: someSpans(pick) })),
      overrides: [-1, 0, 1]
        .filter(() => random() < 0.25)
        .map((days) => ({
          day: localDay(days).toString(),
          spans: random() < 0.4 ? [] : someSpans(pick),
        })),
      noticeMinutes: pick(3) * 45,
      bufferMinutes: pick(4) * 5,
      horizonDays: 60,
      durationMinutes: 30,
    },
    perDay: random() < 0.4 ? 1 + pick(3) : null,
    busy:
      random() < 0.05
        ? "unknown"
        : Array.from({ length: pick(4) }, () => {
            const start = near();
            return { start, end: start + (1 + pick(90)) * MINUTE };
          }),
    // On five minutes, within what is looked at: a day's limit counts them wherever they are.
    reserved: Array.from({ length: pick(4) }, () => {
      const start = near();
      return { start, end: start + (1 + pick(12)) * 5 * MINUTE, bufferMinutes: pick(5) * 10 };
    }),
  };
}

function someSpans(pick: (most: number) => number): DaySpan[] {
  const kind = pick(6);
  if (kind < 2) return [{ start: 0, end: 1_440 }];
  if (kind === 2) return [{ start: 1_260, end: 420 }];
  if (kind === 3) return [{ start: 17 * 60 + pick(60), end: 1_440 + 30 + pick(400) }];
  const start = pick(500);
  const middle = start + 60 + pick(400);
  return [
    { start, end: middle },
    { start: middle + pick(90), end: middle + 100 + pick(400) },
  ];
}

function someType(random: () => number): TypeTimes | null {
  const pick = (most: number) => Math.floor(random() * most);
  if (random() < 0.25) return null;
  const week = () => ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, spans: someSpans(pick) }));
  const zone = random() < 0.5 ? null : (ZONES[pick(ZONES.length)] ?? null);
  return {
    noticeMinutes: random() < 0.5 ? null : pick(4) * 30,
    bufferMinutes: random() < 0.5 ? null : pick(5) * 10,
    horizonDays: random() < 0.5 ? null : 1,
    hours: random() < 0.5 ? null : { zone, weekly: week() },
  };
}

describe("slots of meeting types agree with a judge that looks at every minute, by another library's clocks", () => {
  it.each(ZONES)(
    "around clock changes in %s",
    (zone) => {
      const random = seeded(ZONES.indexOf(zone) + 77);
      const pick = (most: number) => Math.floor(random() * most);
      const seen = { pool: 0, together: 0, refused: 0 };
      const changes = someChanges(zone);
      expect(changes.length).toBeGreaterThan(3);
      for (const change of changes) {
        // Wide enough that what is reserved lies on days that are seen as a whole, and the evening before too.
        const [base, end] = [change - 40 * HOUR, change + 40 * HOUR];
        const read = new Map<string, Clock>();
        const clocks = (name: string) => {
          const known = read.get(name) ?? readClock(name, base, end);
          read.set(name, known);
          return known;
        };
        for (let round = 0; round < ROUNDS; round++) {
          const others = [pick(ZONES.length), pick(ZONES.length)].map((index) => ZONES[index] ?? zone);
          const people = [zone, ...(round % 2 ? others.slice(1) : [zone, ...others])].map((name) =>
            somebody(name, change, random),
          );
          const type = someType(random);
          const durationMinutes = [15, 20, 30, 45, 60][pick(5)] ?? 30;
          const stepMinutes = stepFor(durationMinutes);
          const now = change - (2 + pick(10)) * HOUR + pick(60) * MINUTE;
          const asked: Asked = { now, from: now, to: change + 9 * HOUR, stepMinutes };
          const judged = { type, durationMinutes, asked, base };
          const hosts = people.map((person) => bookableOf(person, type, durationMinutes));
          const may = people.map((person) => canBegin(person, clocks, judged));
          const onClock = (index: number, at: number) =>
            (clocks(hosts[index]?.hours.zone ?? zone)[at]?.minute ?? 1) % stepMinutes === 0;
          const minutes = clocks(zone).map((_, at) => at);
          const instants = (list: number[]) => list.map((at) => base + at * MINUTE);
          const what = JSON.stringify({ change: new Date(change).toISOString(), round, people, type, asked });

          const free = (at: number) =>
            people.flatMap((_, index) => (may[index]?.[at] && onClock(index, at) ? [index] : []));
          const expected = minutes.filter((at) => free(at).length > 0);
          const pool = poolSlots(hosts, zones, asked);
          expect(pool.starts, what).toEqual(instants(expected));
          expect(
            pool.starts.map((_, index) => pool.freeAt(index)),
            what,
          ).toEqual(expected.map(free));
          seen.pool += expected.length;

          const pair = hosts.slice(0, 2);
          const both = minutes.filter((at) => may[0]?.[at] && may[1]?.[at] && onClock(0, at));
          expect(sharedSlots(pair, zones, asked), what).toEqual(instants(both));
          seen.together += both.length;

          // What is held and booked is judged alike, at any minute: an offer and its commit cannot disagree.
          for (let tries = 0; tries < 12; tries++) {
            const at = tries < 6 ? both[pick(both.length)] : (now - base) / MINUTE + 1 + pick(19 * 60);
            const start = base + (at ?? 0) * MINUTE;
            if (at === undefined || start >= asked.to) continue;
            const isRight = both.includes(at);
            expect(fitsOffer(pair, zones, { start, offeredAt: now, now }), what).toBe(isRight);
            if (!isRight) seen.refused++;
          }
        }
      }
      expect(Math.min(seen.pool, seen.together, seen.refused)).toBeGreaterThan(20);
    },
    120_000,
  );
});
