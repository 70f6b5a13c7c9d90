import { describe, expect, test } from "vitest";
import { createWeeks, hourRange, lanesOf } from "./week.ts";

const weeks = createWeeks();
const at = (text: string) => Date.parse(text);

describe("a week on the wall", () => {
  test("runs from Monday to Sunday in the zone asked for", () => {
    const instant = at("2026-11-22T23:30:00Z");
    expect(weeks.daysOf(instant, "Europe/London")[0]).toBe("2026-11-16");
    expect(weeks.daysOf(instant, "Asia/Tokyo")).toEqual([
      "2026-11-23",
      "2026-11-24",
      "2026-11-25",
      "2026-11-26",
      "2026-11-27",
      "2026-11-28",
      "2026-11-29",
    ]);
  });

  test("turning by a week keeps Monday's midnight across a clock change", () => {
    const next = weeks.turn(at("2026-10-21T12:00:00Z"), 1, "Europe/Berlin");
    expect(new Date(next).toISOString()).toBe("2026-10-25T23:00:00.000Z");
  });

  test("cuts what runs over midnight into the days it touches", () => {
    expect(weeks.pieces(at("2026-11-20T22:00:00Z"), at("2026-11-21T05:00:00Z"), "UTC")).toEqual([
      { day: "2026-11-20", from: 1_320, to: 1_440 },
      { day: "2026-11-21", from: 0, to: 300 },
    ]);
  });

  test("places by what the clock shows, on the day it is put forward too", () => {
    expect(weeks.pieces(at("2026-03-29T07:00:00Z"), at("2026-03-29T08:00:00Z"), "Europe/Berlin")).toEqual([
      { day: "2026-03-29", from: 540, to: 600 },
    ]);
  });

  test("shows the usual hours, and more when there is something", () => {
    expect(hourRange([])).toEqual({ first: 8, last: 18 });
    expect(hourRange([{ day: "2026-11-20", from: 1_320, to: 1_440 }])).toEqual({ first: 8, last: 24 });
    expect(hourRange([{ day: "2026-11-20", from: 0, to: 300 }])).toEqual({ first: 0, last: 18 });
  });

  test("puts pieces that share time side by side, and only those", () => {
    const day = "2026-11-20";
    const lanes = lanesOf([
      { day, from: 540, to: 600 },
      { day, from: 570, to: 630 },
      { day, from: 600, to: 620 },
      { day, from: 700, to: 730 },
    ]);
    expect(lanes).toEqual([
      { at: 0, of: 2 },
      { at: 1, of: 2 },
      { at: 0, of: 2 },
      { at: 0, of: 1 },
    ]);
  });
});
