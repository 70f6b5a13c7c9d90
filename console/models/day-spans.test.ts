import { describe, expect, test } from "vitest";
import { clockOf, isOvernight, minutesOf, nextSpan, spanFromClock, spanProblem } from "./day-spans.ts";

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
    expect(spanProblem([{ start: 540, end: 540 }])).toBe("order");
  });

  test("a further one starts an hour after the last, and not near midnight", () => {
    expect(nextSpan([])).toEqual({ start: 540, end: 1_020 });
    expect(nextSpan([{ start: 540, end: 720 }])).toEqual({ start: 780, end: 900 });
    expect(nextSpan([{ start: 540, end: 1_400 }])).toBeNull();
    expect(nextSpan([{ start: 1_320, end: 1_800 }])).toBeNull();
  });

  test("read and write the form of a time field", () => {
    expect(clockOf(545)).toBe("09:05");
    expect(clockOf(1_800)).toBe("06:00");
    expect(minutesOf("09:05")).toBe(545);
    expect(minutesOf("")).toBeUndefined();
  });
});
