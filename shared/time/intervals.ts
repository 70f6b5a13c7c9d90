/**
 * Algebra of half-open intervals [start, end) on one axis of milliseconds: UTC instants, or wall-clock
 * readings (see zone.ts). A *set* below means: sorted by start, disjoint, not touching, none empty. Every function
 * here is linear in its input once that is sorted, and never changes its arguments.
 */
export type Interval = { readonly start: number; readonly end: number };

/** The set that covers the same points as these intervals, given in any order. A set is returned as it is. */
export function merge(intervals: readonly Interval[]): readonly Interval[] {
  const order = orderOf(intervals);
  if (order === "set") return intervals;
  const inOrder = order === "sorted" ? intervals : byStart(intervals);
  const set: Interval[] = [];
  let start = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const next of inOrder) {
    if (next.end <= end || next.end <= next.start) continue;
    if (next.start > end) {
      if (start < end) set.push({ start, end });
      start = next.start;
    }
    end = next.end;
  }
  if (start < end) set.push({ start, end });
  return set;
}

/** The same intervals by start; they may overlap. A sorted list is returned as it is. */
export function sorted(intervals: readonly Interval[]): readonly Interval[] {
  return orderOf(intervals) === "none" ? byStart(intervals) : intervals;
}

/** Every point that is in one of the two sets. */
export function union(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all: Interval[] = [];
  let i = 0;
  let j = 0;
  for (let x = a[i], y = b[j]; x || y; ) {
    const next = !y || (x && x.start <= y.start) ? x : y;
    if (!next) break;
    if (next === x) x = a[++i];
    else y = b[++j];
    const last = all.at(-1);
    if (!last || next.start > last.end) all.push(next);
    else if (next.end > last.end) all[all.length - 1] = { start: last.start, end: next.end };
  }
  return all;
}

/** Every point that is in both sets. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  let i = 0;
  let j = 0;
  for (let x = a[i], y = b[j]; x && y; ) {
    const start = Math.max(x.start, y.start);
    const end = Math.min(x.end, y.end);
    if (start < end) both.push({ start, end });
    if (x.end < y.end) x = a[++i];
    else y = b[++j];
  }
  return both;
}

/** Every point of set `a` that is not in set `b`. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const rest: Interval[] = [];
  eachRest(a, b, 0, (start, end) => rest.push({ start, end }));
  return rest;
}

/**
 * Visits, in order, what is left of set `a` when every interval of `b` takes itself and `gap` on both sides out of it:
 * `subtract(a, pad(merge(b), gap))` without making any list. `b` is sorted; its intervals may overlap, since one that is
 * passed ended before what is still looked at. Slots of a large pool are found with it.
 */
export function eachRest(
  a: readonly Interval[],
  b: readonly Interval[],
  gap: number,
  visit: (start: number, end: number) => void,
): void {
  let at = 0;
  for (const { start: first, end: last } of a) {
    let start = first;
    for (; at < b.length; at++) {
      const hole = b[at];
      if (!hole || hole.start - gap >= last) break;
      if (hole.end <= hole.start) continue;
      if (hole.start - gap > start) visit(start, hole.start - gap);
      if (hole.end + gap > start) start = hole.end + gap;
      // A hole that reaches past this interval may cut the next one too: keep it.
      if (start > last) break;
    }
    if (start < last) visit(start, last);
  }
}

/** The set grown (or, with negative amounts, shrunk) at every edge; what then touches becomes one. */
export function pad(set: readonly Interval[], before: number, after: number = before): readonly Interval[] {
  if (before === 0 && after === 0) return set;
  const grown: Interval[] = [];
  for (const each of set) {
    const start = each.start - before;
    const end = each.end + after;
    const last = grown.at(-1);
    if (last && start <= last.end) grown[grown.length - 1] = { start: last.start, end };
    else if (start < end) grown.push({ start, end });
  }
  return grown;
}

/** The position of the first interval of the set that ends after this point; the set's length if none does. */
export function firstEndingAfter(set: readonly Interval[], point: number): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const each = set[middle];
    if (each && each.end <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether one interval of the set holds the whole of [start, end). */
export function covers(set: readonly Interval[], start: number, end: number): boolean {
  const found = set[firstEndingAfter(set, start)];
  return found !== undefined && found.start <= start && end <= found.end;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

function byStart(intervals: readonly Interval[]): readonly Interval[] {
  return intervals.toSorted((a, b) => a.start - b.start);
}

function orderOf(intervals: readonly Interval[]): "set" | "sorted" | "none" {
  let order: "set" | "sorted" = "set";
  let start = Number.NEGATIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const next of intervals) {
    if (next.start < start) return "none";
    if (next.start <= end || next.end <= next.start) order = "sorted";
    start = next.start;
    end = next.end;
  }
  return order;
}
