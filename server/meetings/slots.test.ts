import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultHours, type MeetingHours } from "../../shared/model/meetings.ts";
import { overlaps } from "../../shared/time/intervals.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import { createZones } from "../../shared/time/zone.ts";
import { fits, type Misfit } from "./fits.ts";
import type { Bookable } from "./free-time.ts";
import { memberSlots, poolSlots } from "./slots.ts";

const zones = createZones();
// A Monday, 7:00 in New York.
const NOW = Date.UTC(2026, 9, 5, 11);
const WEEK = { now: NOW, from: NOW, to: NOW + 7 * DAY, stepMinutes: 30 };

function member(hours: Partial<MeetingHours> = {}, rest: Partial<Bookable> = {}): Bookable {
  return { hours: { ...defaultHours("America/New_York"), ...hours }, busy: [], reserved: [], ...rest };
}
const clockOf = (zone: string) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  return (starts: readonly number[]) => starts.map((start) => format.format(start));
};
const newYork = clockOf("America/New_York");
const at = (hour: number, minute = 0, day = 0) => Date.UTC(2026, 9, 5 + day, hour + 4, minute);
const monday = { ...WEEK, to: NOW + 17 * HOUR };

describe("slots of one member", () => {
  it("go from the start of the day to the last that ends with it", () => {
    const found = newYork(memberSlots(member(), zones, monday));
    expect(found).toHaveLength(16);
    expect([found[0], found.at(-1)]).toEqual(["09:00", "16:30"]);
  });

  it("keep to whole steps of the member's clock, not of the span or of UTC", () => {
    const weekly = [{ weekday: 1 as const, spans: [{ start: 550, end: 640 }] }];
    expect(newYork(memberSlots(member({ weekly }), zones, monday))).toEqual(["09:30", "10:00"]);
    const kathmandu = memberSlots(member({ zone: "Asia/Kathmandu" }), zones, WEEK);
    expect(clockOf("Asia/Kathmandu")(kathmandu)[0]).toBe("09:00");
  });

  it("leave a gap before and after what is taken, and none at the edges of the day", () => {
    const busy = [{ start: at(10), end: at(11) }];
    const found = newYork(memberSlots(member({}, { busy }), zones, monday));
    expect(found.slice(0, 3)).toEqual(["09:00", "11:30", "12:00"]);
    expect(newYork(memberSlots(member({ bufferMinutes: 0 }, { busy }), zones, monday)).slice(0, 3)).toEqual([
      "09:00",
      "09:30",
      "11:00",
    ]);
  });

  it("begin after the notice and stop before the horizon", () => {
    const late = { ...monday, now: at(14, 10) };
    expect(newYork(memberSlots(member({ noticeMinutes: 60 }), zones, late))[0]).toBe("15:30");
    const near = memberSlots(member({ horizonDays: 1 }), zones, WEEK);
    expect(near.at(-1)).toBeLessThan(NOW + DAY);
    expect(near).toHaveLength(16);
    // Exactly a day ahead is beyond a horizon of one day.
    const atNine = memberSlots(member({ horizonDays: 1 }), zones, { ...WEEK, now: at(9) });
    expect(newYork(atNine).at(-1)).toBe("16:30");
  });

  it("follow a day that differs from the week, and a day off", () => {
    const overrides = [
      { day: "2026-10-05", spans: [] },
      { day: "2026-10-06", spans: [{ start: 1380, end: 1500 }] },
    ];
    const found = newYork(memberSlots(member({ overrides }), zones, { ...WEEK, to: NOW + 2 * DAY }));
    expect(found).toEqual(["23:00", "23:30", "00:00", "00:30"]);
  });

  it("do not exist while the calendar cannot be read", () => {
    expect(memberSlots(member({}, { busy: "unknown" }), zones, WEEK)).toEqual([]);
  });
});

const anySpans = fc.array(
  fc.record({ start: fc.integer({ min: 0, max: 1439 }), end: fc.integer({ min: 1, max: 2000 }) }),
  { maxLength: 3 },
);
const anyTaken = fc.array(
  fc
    .tuple(fc.integer({ min: -600, max: 5000 }), fc.integer({ min: 1, max: 400 }))
    .map(([start, length]) => ({ start: NOW + start * MINUTE, end: NOW + (start + length) * MINUTE })),
  { maxLength: 12 },
);
const anyMember = fc
  .record({
    zone: fc.constantFrom("America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"),
    monday: anySpans,
    tuesday: anySpans,
    special: fc.option(anySpans),
    bufferMinutes: fc.constantFrom(0, 5, 15),
    durationMinutes: fc.constantFrom(15, 30, 60),
    noticeMinutes: fc.constantFrom(0, 30, 240),
    busy: anyTaken,
    reserved: anyTaken,
  })
  .map(({ monday, tuesday, special, busy, reserved, ...hours }) =>
    member(
      {
        ...hours,
        weekly: [
          { weekday: 1, spans: monday },
          { weekday: 2, spans: tuesday },
          { weekday: 3, spans: [{ start: 540, end: 1020 }] },
        ],
        overrides: special ? [{ day: "2026-10-06", spans: special }] : [],
      },
      { busy, reserved },
    ),
  );
const THREE_DAYS = { ...WEEK, to: NOW + 3 * DAY };

describe("slots, whatever the hours and the calendar", () => {
  it("are in order, never within the gap of anything taken, and never too soon", () => {
    fc.assert(
      fc.property(anyMember, (any) => {
        const { bufferMinutes, durationMinutes, noticeMinutes } = any.hours;
        const taken = [...(any.busy === "unknown" ? [] : any.busy), ...any.reserved];
        let before = NOW + noticeMinutes * MINUTE - 1;
        for (const start of memberSlots(any, zones, THREE_DAYS)) {
          expect(start).toBeGreaterThan(before);
          before = start;
          const needed = {
            start: start - bufferMinutes * MINUTE,
            end: start + (durationMinutes + bufferMinutes) * MINUTE,
          };
          expect(taken.some((each) => overlaps(each, needed))).toBe(false);
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it("are exactly the starts that fit, asked one by one", () => {
    fc.assert(
      fc.property(anyMember, (any) => {
        const offered = new Set(memberSlots(any, zones, THREE_DAYS));
        for (let start = THREE_DAYS.from; start < THREE_DAYS.to; start += 15 * MINUTE) {
          const fit = fits(any, zones, { now: NOW, start, stepMinutes: 30 });
          expect(fit.fits).toBe(offered.has(start));
        }
      }),
      { seed: 6, numRuns: 40 },
    );
  });

  it("do not depend on the window they are asked for", () => {
    fc.assert(
      fc.property(anyMember, fc.integer({ min: 0, max: 4320 }), (any, cut) => {
        const middle = THREE_DAYS.from + cut * MINUTE;
        const halves = [
          ...memberSlots(any, zones, { ...THREE_DAYS, to: middle }),
          ...memberSlots(any, zones, { ...THREE_DAYS, from: middle }),
        ];
        expect(halves).toEqual(memberSlots(any, zones, THREE_DAYS));
      }),
      { seed: 7 },
    );
  });

  it("of a pool are those of its members, and say whose", () => {
    fc.assert(
      fc.property(fc.array(anyMember, { maxLength: 40 }), (pool) => {
        const found = poolSlots(pool, zones, THREE_DAYS);
        const each = pool.map((any) => new Set(memberSlots(any, zones, THREE_DAYS)));
        const all = [...new Set(each.flatMap((starts) => [...starts]))].sort((a, b) => a - b);
        expect(found.starts).toEqual(all);
        found.starts.forEach((start, index) => {
          const free = each.flatMap((starts, position) => (starts.has(start) ? [position] : []));
          expect(found.freeAt(index)).toEqual(free);
        });
      }),
      { seed: 8, numRuns: 30 },
    );
  });
});

describe("a start that does not fit says why", () => {
  const soon = { now: NOW, stepMinutes: 30 };
  const cases: [Misfit, Bookable, number][] = [
    ["too_soon", member({ noticeMinutes: 240 }), at(9)],
    ["too_far", member({ horizonDays: 1 }), at(9, 0, 2)],
    ["outside_hours", member(), at(16, 45)],
    ["outside_hours", member(), at(9, 0, 5)],
    ["calendar_unknown", member({}, { busy: "unknown" }), at(9)],
    ["reserved", member({}, { reserved: [{ start: at(9, 34), end: at(9, 50) }] }), at(9)],
    ["busy", member({}, { busy: [{ start: at(8), end: at(8, 56) }] }), at(9)],
    ["not_a_slot", member(), at(9, 10)],
  ];
  it.each(cases)("%s", (because, any, start) => {
    expect(fits(any, zones, { ...soon, start })).toEqual({ fits: false, because });
  });

  it("and one that does, fits", () => {
    expect(fits(member(), zones, { ...soon, start: at(9) })).toEqual({ fits: true });
  });
});
