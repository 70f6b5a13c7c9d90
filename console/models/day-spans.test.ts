import { describe, expect, test } from "vitest";
import {
  clockOf,
  isOvernight,
  minutesOf,
  nextSpan,
  reachOf,
  spanFromClock,
  spanProblem,
} from "./day-spans.ts";

describe("spans of a day", () => {
  test("an end at or before the start belongs to the next day", () => {
    expect(spanFromClock(1_320, 360)).toEqual({ start: 1_320, end: 1_800 });
    expect(spanFromClock(540, 540)).toEqual({ start: 540, end: 1_980 });
    expect(isOvernight(spanFromClock(1_320, 360))).toBe(true);
    expect(isOvernight(spanFromClock(540, 1_020))).toBe(false);
  });

  test("may touch, but not share time", () => {
    expect(
      spanProblem([
        { start: 540, end: 720 },
        { start: 720, end: 800 },
      ]),
    ).toBeNull();
    expect(
      spanProblem([
        { start: 700, end: 800 },
        { start: 540, end: 720 },
      ]),
    ).toBe("overlap");
    expect(spanProblem([{ start: 540, end: 540 }])).toBe("same");
    expect(spanProblem([spanFromClock(1_320, 1_320)])).toBe("same");
    expect(spanProblem([spanFromClock(0, 0)])).toBeNull();
    expect(spanProblem([{ start: 540, end: 500 }])).toBe("order");
  });

  test("are incomplete while a time is not filled", () => {
    expect(spanProblem([spanFromClock(minutesOf(""), 720)])).toBe("incomplete");
    expect(spanProblem([spanFromClock(540, minutesOf(""))])).toBe("incomplete");
    expect(clockOf(minutesOf(""))).toBe("");
    expect(nextSpan([spanFromClock(540, minutesOf(""))])).toBeNull();
  });

  test("reach into the next day when they pass midnight", () => {
    expect(reachOf([spanFromClock(540, 720), spanFromClock(1_080, 120)])).toBe(120);
    expect(reachOf([spanFromClock(1_080, 0)])).toBe(0);
    expect(reachOf([])).toBe(0);
  });

  test("a further one starts an hour after the last, else in the longest gap before", () => {
    expect(nextSpan([])).toEqual({ start: 540, end: 1_020 });
    expect(nextSpan([{ start: 540, end: 720 }])).toEqual({ start: 780, end: 900 });
    expect(nextSpan([{ start: 540, end: 1_400 }])).toEqual({ start: 360, end: 480 });
    expect(nextSpan([{ start: 1_080, end: 1_560 }])).toEqual({ start: 540, end: 660 });
    expect(nextSpan([{ start: 30, end: 1_420 }])).toBeNull();
    expect(nextSpan([], 600)).toEqual({ start: 660, end: 780 });
  });

  test("read and write the form of a time field", () => {
    expect(clockOf(545)).toBe("09:05");
    expect(clockOf(1_800)).toBe("06:00");
    expect(minutesOf("09:05")).toBe(545);
    expect(minutesOf("")).toBeNaN();
  });
});
