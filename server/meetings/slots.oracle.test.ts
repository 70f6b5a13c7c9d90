import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { DaySpan, MeetingHours } from "../../shared/model/meetings.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import { createZones } from "../../shared/time/zone.ts";
import type { Bookable } from "./free-time.ts";
import { type Asked, memberSlots } from "./slots.ts";

/**
 * The judge of our arithmetic: for every minute around every clock change from 2024 to 2032, another library says what
 * the clock shows, and plain booleans per minute say what can be booked.
 */
const ZONES = `America/New_York Australia/Lord_Howe Pacific/Apia Africa/Casablanca Africa/El_Aaiun Asia/Beirut
  Antarctica/Troll Europe/London Europe/Berlin Europe/Lisbon Atlantic/Azores America/Nuuk America/Scoresbysund
  America/Havana America/Santiago America/Asuncion Australia/Sydney Australia/Adelaide Pacific/Auckland
  Pacific/Chatham Pacific/Norfolk Africa/Cairo Asia/Jerusalem Asia/Gaza America/St_Johns America/Halifax
  America/Los_Angeles America/Chicago America/Anchorage America/Adak Pacific/Easter Asia/Almaty
  Antarctica/Casey America/Miquelon America/Port-au-Prince Europe/Chisinau Europe/Dublin
  Asia/Kathmandu Asia/Kolkata Pacific/Kiritimati`.split(/\s+/);

const [FIRST, LAST] = [Date.UTC(2024, 0, 1), Date.UTC(2033, 0, 1)];
const zones = createZones();

/** The same numbers on every machine: the minimal standard generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function changesOf(zone: string): number[] {
  const changes: number[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(FIRST - 1).toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (!next || next.epochMilliseconds >= LAST) return changes;
    // The other library also lists changes of name only; those move no clock.
    if (next.offsetNanoseconds !== next.subtract({ nanoseconds: 1 }).offsetNanoseconds) {
      changes.push(next.epochMilliseconds);
    }
    at = next;
  }
}

it("every zone's clock changes from 2024 to 2032 are found to the second", () => {
  for (const zone of Intl.supportedValuesOf("timeZone")) {
    const found = zones(zone)
      .stretches(FIRST, LAST)
      .map(({ end }) => end)
      .filter((end) => end >= FIRST && end < LAST);
    expect(found, zone).toEqual(changesOf(zone));
  }
}, 60_000);

type Minute = { day: number; weekday: number; minute: number };

function readings(zone: string, from: number, to: number): Minute[] {
  const minutes: Minute[] = [];
  for (let at = from; at < to; at += MINUTE) {
    const clock = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    minutes.push({
      day: Date.UTC(clock.year, clock.month - 1, clock.day) / DAY,
      weekday: clock.dayOfWeek,
      minute: clock.hour * 60 + clock.minute,
    });
  }
  return minutes;
}

function spansOn(hours: MeetingHours, day: number, weekday: number): DaySpan[] {
  const name = new Date(day * DAY).toISOString().slice(0, 10);
  const override = hours.overrides.find((each) => each.day === name);
  return (
    override?.spans ?? hours.weekly.filter((each) => each.weekday === weekday).flatMap((each) => each.spans)
  );
}

/** `clock[0]` is the minute that starts at `base`. */
function bruteForce(member: Bookable, clock: readonly Minute[], base: number, asked: Asked): number[] {
  const { hours } = member;
  // The spans that count on one day: its own, and the evening before's as minutes of this day.
  const spansOf = new Map<number, DaySpan[]>();
  for (const { day, weekday } of clock) {
    if (spansOf.has(day)) continue;
    const wrapped = ({ start, end }: DaySpan) => ({ start, end: end > start ? end : end + 1440 });
    const yesterday = spansOn(hours, day - 1, weekday === 1 ? 7 : weekday - 1).map(wrapped);
    spansOf.set(day, [
      ...spansOn(hours, day, weekday).map(wrapped),
      ...yesterday.map(({ start, end }) => ({ start: start - 1440, end: end - 1440 })),
    ]);
  }
  const works = clock.map(({ day, minute }) =>
    (spansOf.get(day) ?? []).some(({ start, end }) => start <= minute && minute < end),
  );
  const taken = clock.map(() => false);
  const busy = member.busy === "unknown" ? [] : member.busy;
  for (const { start, end } of [...busy, ...member.reserved]) {
    for (let at = start; at < end; at += MINUTE) taken[(at - base) / MINUTE] = true;
  }
  const starts: number[] = [];
  for (let index = 0; index < clock.length; index++) {
    const at = base + index * MINUTE;
    if (at < asked.from || at >= asked.to) continue;
    if (at < asked.now + hours.noticeMinutes * MINUTE || at >= asked.now + hours.horizonDays * DAY) continue;
    if ((clock[index]?.minute ?? 1) % asked.stepMinutes !== 0) continue;
    const until = index + hours.durationMinutes;
    if (works.slice(index, until).includes(false)) continue;
    if (taken.slice(index - hours.bufferMinutes, until + hours.bufferMinutes).includes(true)) continue;
    starts.push(at);
  }
  return starts;
}

function someMember(zone: string, change: number, random: () => number): Bookable {
  const pick = (most: number) => Math.floor(random() * most);
  const someSpans = (): DaySpan[] => {
    const kind = pick(5);
    if (kind === 0) return [{ start: 0, end: 1440 }];
    if (kind === 1) return [{ start: 1320, end: 360 }];
    if (kind === 2) return [{ start: 17 * 60 + pick(60), end: 1440 + 30 + pick(300) }];
    const start = pick(400);
    const middle = start + 10 + pick(400);
    return [
      { start, end: middle },
      { start: middle + pick(90), end: middle + 100 + pick(400) },
    ];
  };
  const localDay = Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(zone).toPlainDate();
  return {
    hours: {
      zone,
      weekly: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, spans: someSpans() })),
      overrides:
        random() < 0.4 ? [{ day: localDay.toString(), spans: random() < 0.3 ? [] : someSpans() }] : [],
      noticeMinutes: pick(3) * 45,
      bufferMinutes: pick(4) * 5,
      horizonDays: 60,
      durationMinutes: [15, 20, 30, 45, 60][pick(5)] ?? 30,
    },
    busy: Array.from({ length: pick(4) }, () => {
      const start = change + (pick(17 * 60) - 8 * 60) * MINUTE;
      return { start, end: start + (1 + pick(90)) * MINUTE };
    }),
    reserved: [],
  };
}

describe("slots agree with a judge that asks another library for every minute around a clock change", () => {
  it.each(ZONES)(
    "in %s",
    (zone) => {
      const random = seeded(ZONES.indexOf(zone) + 1);
      const changes = changesOf(zone);
      let seen = 0;
      // A zone that never changes is looked at on an ordinary day.
      for (const change of changes.length > 0 ? changes : [Date.UTC(2026, 5, 10, 3)]) {
        const base = change - 9 * HOUR;
        const end = change + 9 * HOUR;
        const clock = readings(zone, base, end);
        for (let round = 0; round < 2; round++) {
          const member = someMember(zone, change, random);
          const asked: Asked = {
            now: base + Math.floor(random() * 4) * HOUR,
            from: base + HOUR,
            to: end - 2 * HOUR,
            stepMinutes: [5, 15, 20, 30, 50][Math.floor(random() * 5)] ?? 30,
          };
          const expected = bruteForce(member, clock, base, asked);
          const found = memberSlots(member, zones, asked);
          expect(found, `${new Date(change).toISOString()} ${JSON.stringify({ member, asked })}`).toEqual(
            expected,
          );
          seen += found.length;
        }
      }
      expect(seen).toBeGreaterThan(0);
    },
    60_000,
  );
});
