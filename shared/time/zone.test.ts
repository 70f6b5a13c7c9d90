import { describe, expect, it } from "vitest";
import type { Interval } from "./intervals.ts";
import { HOUR, MINUTE } from "./local-day.ts";
import {
  createZones,
  firstInstantAt,
  instantsOfDay,
  localDay,
  offsetAt,
  type Zone,
  zoneName,
} from "./zone.ts";

const zones = createZones();
const hours = (intervals: readonly Interval[]) =>
  intervals.reduce((sum, { start, end }) => sum + (end - start) / HOUR, 0);
const iso = (instant: number) => new Date(instant).toISOString();

describe("zones", () => {
  it("finds both changes of New York and nothing else in a year", () => {
    const stretches = zones("America/New_York").stretches(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1));
    const changes = stretches.map(({ end }) => iso(end)).filter((at) => at.startsWith("2026"));
    expect(changes).toEqual(["2026-03-08T07:00:00.000Z", "2026-11-01T06:00:00.000Z"]);
  });

  it("gives the same answer whichever range was asked first", () => {
    const late = createZones()("Africa/Casablanca");
    late.stretches(Date.UTC(2030, 0, 1), Date.UTC(2030, 1, 1));
    const early = createZones()("Africa/Casablanca");
    const range = [Date.UTC(2024, 0, 1), Date.UTC(2030, 1, 1)] as const;
    const changes = (zone: Zone) =>
      zone.stretches(...range).flatMap(({ end, offset }) => (end < range[1] ? [[iso(end), offset]] : []));
    expect(changes(late)).toEqual(changes(early));
    // Twice a year, and Ramadan of 2030 begins the change before New Year.
    expect(changes(early).length).toBe(13);
  });

  const days: [zone: string, day: string, length: number][] = [
    ["America/New_York", "2026-03-08", 23],
    ["America/New_York", "2026-11-01", 25],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    ["Australia/Lord_Howe", "2026-10-04", 23.5],
    ["Antarctica/Troll", "2026-03-29", 22],
    ["Antarctica/Troll", "2026-10-25", 26],
    ["Africa/Casablanca", "2026-02-15", 25],
    ["Africa/Casablanca", "2026-03-22", 23],
    ["Asia/Beirut", "2026-03-29", 23],
    ["Asia/Beirut", "2026-10-24", 25],
    ["Pacific/Apia", "2011-12-29", 24],
    ["Pacific/Apia", "2011-12-30", 0],
    ["Asia/Kathmandu", "2026-06-01", 24],
  ];
  it.each(days)("in %s, %s has %d hours", (name, day, length) => {
    expect(hours(instantsOfDay(zones(name), day))).toBe(length);
  });

  it("starts a day without a midnight when the clock has jumped over it", () => {
    // Beirut goes from 0:00 to 1:00.
    expect(iso(firstInstantAt(zones("Asia/Beirut"), "2026-03-29", 0))).toBe("2026-03-28T22:00:00.000Z");
    expect(iso(firstInstantAt(zones("Pacific/Apia"), "2011-12-30", 600))).toBe("2011-12-30T10:00:00.000Z");
  });

  it("takes the first of two equal readings and the jump for one that is missing", () => {
    const newYork = zones("America/New_York");
    expect(iso(firstInstantAt(newYork, "2026-11-01", 90))).toBe("2026-11-01T05:30:00.000Z");
    expect(iso(firstInstantAt(newYork, "2026-03-08", 150))).toBe("2026-03-08T07:00:00.000Z");
    expect(iso(firstInstantAt(newYork, "2026-03-07", 1440 + 240))).toBe("2026-03-08T08:00:00.000Z");
  });

  it("names the local day on both sides of midnight and of the date line", () => {
    const midnight = Date.UTC(2026, 5, 1, 12);
    expect(localDay(zones("Pacific/Auckland"), midnight)).toBe("2026-06-02");
    expect(localDay(zones("Pacific/Auckland"), midnight - 1)).toBe("2026-06-01");
    expect(localDay(zones("Pacific/Pago_Pago"), midnight)).toBe("2026-06-01");
    expect(offsetAt(zones("Asia/Kathmandu"), midnight)).toBe(345 * MINUTE);
  });

  it("knows the name of a zone as Intl spells it, and refuses what is none", () => {
    expect(zoneName("america/new_york")).toBe("America/New_York");
    expect(zoneName("Atlantis/Capital")).toBeUndefined();
    expect(() => zones("Atlantis/Capital")).toThrow(RangeError);
    expect(() => instantsOfDay(zones("UTC"), "2026-02-30")).toThrow(RangeError);
  });
});
