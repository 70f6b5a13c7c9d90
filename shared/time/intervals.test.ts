import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  covers,
  eachRest,
  type Interval,
  intersect,
  merge,
  pad,
  sorted,
  subtract,
  union,
} from "./intervals.ts";

/** Small numbers, so that touching, equal and empty intervals come up often. */
const anyIntervals = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -1, max: 9 })).map(([start, length]) => ({
    start,
    end: start + length,
  })),
  { maxLength: 12 },
);

const points = Array.from({ length: 100 }, (_, index) => index - 15);
const has = (intervals: readonly Interval[], point: number) =>
  intervals.some((each) => each.start <= point && point < each.end);
const isSet = (intervals: readonly Interval[]) =>
  intervals.every((each, index) => {
    const before = intervals[index - 1];
    return each.start < each.end && (!before || before.end < each.start);
  });

describe("intervals", () => {
  it("merge covers the same points, sorted, with nothing touching, and leaves a set alone", () => {
    fc.assert(
      fc.property(anyIntervals, (any) => {
        const copy = structuredClone(any);
        const merged = merge(any);
        expect(any).toEqual(copy);
        expect(isSet(merged)).toBe(true);
        for (const point of points) expect(has(merged, point)).toBe(has(any, point));
        expect(merge(merged)).toBe(merged);
      }),
      { seed: 1 },
    );
  });

  it("union, intersect and subtract agree with asking every point", () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (x, y) => {
        const [a, b] = [merge(x), merge(y)];
        const [both, either, rest] = [intersect(a, b), union(a, b), subtract(a, b)];
        for (const set of [both, either, rest]) expect(isSet(set)).toBe(true);
        for (const point of points) {
          expect(has(either, point)).toBe(has(a, point) || has(b, point));
          expect(has(both, point)).toBe(has(a, point) && has(b, point));
          expect(has(rest, point)).toBe(has(a, point) && !has(b, point));
        }
      }),
      { seed: 2 },
    );
  });

  it("pad grows every edge and joins what then touches", () => {
    fc.assert(
      fc.property(anyIntervals, fc.nat(5), (any, gap) => {
        const set = merge(any);
        const grown = pad(set, gap);
        expect(isSet(grown)).toBe(true);
        for (const point of points) {
          const near = points.some((other) => has(set, other) && Math.abs(other - point) <= gap);
          // Half-open: the end moves by the gap as the start does.
          expect(has(grown, point)).toBe(near);
        }
      }),
      { seed: 3 },
    );
  });

  it("eachRest takes out sorted intervals that overlap, each with the gap, as subtract and pad do in turn", () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, fc.nat(5), (x, y, gap) => {
        const found: Interval[] = [];
        eachRest(merge(x), sorted(y), gap, (start, end) => found.push({ start, end }));
        expect(found).toEqual(subtract(merge(x), pad(merge(y), gap)));
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it("pad with negative amounts drops what shrinks to nothing", () => {
    const set = [
      { start: 0, end: 4 },
      { start: 10, end: 30 },
    ];
    expect(pad(set, -2)).toEqual([{ start: 12, end: 28 }]);
  });

  it("covers only what lies whole in one interval", () => {
    const set = [
      { start: 0, end: 10 },
      { start: 12, end: 20 },
    ];
    expect(covers(set, 0, 10)).toBe(true);
    expect(covers(set, 12, 13)).toBe(true);
    expect(covers(set, 9, 13)).toBe(false);
    expect(covers(set, 19, 21)).toBe(false);
    expect(covers(set, 10, 11)).toBe(false);
    expect(covers([], 0, 1)).toBe(false);
  });
});
