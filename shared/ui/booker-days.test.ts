import { expect, it } from "vitest";
import {
  dayFrom,
  daysAhead,
  firstFree,
  monthOf,
  nearestTo,
  partsOfDay,
  stripOf,
  timesByDay,
} from "./booker-days.ts";

it("puts an instant on the day it falls on in the reader's zone", () => {
  const late = Date.UTC(2026, 2, 10, 23, 30);
  expect(timesByDay([late], "UTC").map(({ day }) => day)).toEqual(["2026-03-10"]);
  expect(timesByDay([late], "Europe/Berlin").map(({ day }) => day)).toEqual(["2026-03-11"]);
  expect(timesByDay([late], "Pacific/Apia").map(({ day }) => day)).toEqual(["2026-03-11"]);
  expect(timesByDay([late], "America/New_York").map(({ day }) => day)).toEqual(["2026-03-10"]);
});

it("keeps both of the doubled hours of an autumn night, in order", () => {
  const starts = [0, 1, 2].map((hour) => Date.UTC(2026, 9, 25, hour));
  expect(timesByDay(starts, "Europe/Berlin")).toEqual([{ day: "2026-10-25", starts }]);
});

it("begins the strip with the first free day, and turns it by whole weeks", () => {
  expect(stripOf("2026-03-12", "2026-03-12")[0]).toBe("2026-03-12");
  expect(stripOf("2026-03-18", "2026-03-12")).toEqual([
    "2026-03-12",
    "2026-03-13",
    "2026-03-14",
    "2026-03-15",
    "2026-03-16",
    "2026-03-17",
    "2026-03-18",
  ]);
  expect(stripOf("2026-03-19", "2026-03-12")[0]).toBe("2026-03-19");
  expect(stripOf("2026-03-11", "2026-03-12")[0]).toBe("2026-03-05");
});

it("shows a month from the reader's first weekday on, without its neighbours' days", () => {
  const monday = monthOf("2026-02-14", 1);
  expect(monday[0]).toEqual([null, null, null, null, null, null, "2026-02-01"]);
  expect(monday.at(-1)).toEqual([
    "2026-02-23",
    "2026-02-24",
    "2026-02-25",
    "2026-02-26",
    "2026-02-27",
    "2026-02-28",
    null,
  ]);
  // A February of four whole weeks.
  expect(monthOf("2026-02-14", 7)).toHaveLength(4);
  expect(monthOf("2026-08-31", 7)).toHaveLength(6);
  expect(monthOf("2025-12-31", 1).flat().filter(Boolean)).toHaveLength(31);
});

it("leads keys over days without times, and stops at the outermost", () => {
  const free = ["2026-03-05", "2026-03-06", "2026-03-09", "2026-03-16"];
  expect(dayFrom(free, "2026-03-06", 1)).toBe("2026-03-09");
  expect(dayFrom(free, "2026-03-09", -1)).toBe("2026-03-06");
  expect(dayFrom(free, "2026-03-09", 7)).toBe("2026-03-16");
  expect(dayFrom(free, "2026-03-16", -7)).toBe("2026-03-09");
  expect(dayFrom(free, "2026-03-16", 7)).toBe("2026-03-16");
  expect(dayFrom(free, "2026-03-05", -28)).toBe("2026-03-05");
});

it("knows the first free times, one of a day, and those around a time that is gone", () => {
  const at = (day: number, hour: number) => Date.UTC(2026, 2, day, hour);
  const slots = [at(10, 9), at(10, 10), at(11, 9), at(11, 12), at(13, 9)];
  expect(firstFree(timesByDay(slots, "UTC"), 3)).toEqual([at(10, 9), at(11, 9), at(13, 9)]);
  expect(nearestTo(slots, at(11, 10), 3)).toEqual([at(10, 10), at(11, 9), at(11, 12)]);
});

it("counts the days ahead by the reader's midnights, over a change of the clocks too", () => {
  const evening = Date.UTC(2026, 2, 28, 22);
  expect(daysAhead(evening, evening + 1_800_000, "Europe/Berlin")).toBe(0);
  expect(daysAhead(evening, evening + 3_600_000, "Europe/Berlin")).toBe(1);
  // The night of 23 hours.
  expect(daysAhead(evening, Date.UTC(2026, 2, 29, 22), "Europe/Berlin")).toBe(2);
});

it("parts a day at noon and at five, by the reader's clock", () => {
  const at = (hour: number) => Date.UTC(2026, 2, 10, hour);
  expect(partsOfDay([at(10), at(11), at(16)], "Europe/Berlin")).toEqual([[at(10)], [at(11)], [at(16)]]);
});
