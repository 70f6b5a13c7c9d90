import { expect, it } from "vitest";
import { partsOfDay, timesByDay, weekOf } from "./booker-days.ts";

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

it("shows the week of a day from the reader's first weekday on", () => {
  expect(weekOf("2026-03-11", 1)[0]).toBe("2026-03-09");
  expect(weekOf("2026-03-11", 7)).toEqual([
    "2026-03-08",
    "2026-03-09",
    "2026-03-10",
    "2026-03-11",
    "2026-03-12",
    "2026-03-13",
    "2026-03-14",
  ]);
  expect(weekOf("2026-01-01", 6)[0]).toBe("2025-12-27");
});

it("parts a day at noon and at five, by the reader's clock", () => {
  const at = (hour: number) => Date.UTC(2026, 2, 10, hour);
  expect(partsOfDay([at(10), at(11), at(16)], "Europe/Berlin")).toEqual([[at(10)], [at(11)], [at(16)]]);
});
