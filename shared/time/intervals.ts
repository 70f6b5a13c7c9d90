/**
 * Algebra of half-open intervals [start, end) on one axis of milliseconds: UTC instants, or wall-clock
 * readings (see zone.ts). A *set* below means: sorted by start, disjoint, not touching, none empty. Every function
 * here is linear in its input once that is sorted, and never changes its arguments.
 */
export type Interval = { readonly start: number; readonly end: number };

/** The set that covers the same points as these intervals, given in any order. A set is returned as it is. */
export function merge(intervals: readonly Interval[]): readonly Interval[] {
  if (isSet(intervals)) return intervals;
  const sorted = intervals.filter((each) => each.start < each.end).sort((a, b) => a.start - b.start);
  const set: Interval[] = [];
  for (const next of sorted) {
    const last = set.at(-1);
    if (!last || next.start > last.end) set.push(next);
    else if (next.end > last.end) set[set.length - 1] = { start: last.start, end: next.end };
  }
  return set;
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
  let j = 0;
  for (const whole of a) {
    let start = whole.start;
    for (let hole = b[j]; hole && hole.start < whole.end; hole = b[j]) {
      if (hole.start > start) rest.push({ start, end: hole.start });
      if (hole.end > start) start = hole.end;
      // A hole that reaches past this interval may cut the next one too: keep it.
      if (hole.end > whole.end) break;
      j++;
    }
    if (start < whole.end) rest.push({ start, end: whole.end });
  }
  return rest;
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

/** Whether one interval of the set holds the whole of [start, end). */
export function covers(set: readonly Interval[], start: number, end: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const each = set[middle];
    if (each && each.end < end) low = middle + 1;
    else high = middle;
  }
  const found = set[low];
  return found !== undefined && found.start <= start && end <= found.end;
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

function isSet(intervals: readonly Interval[]): boolean {
  let end = Number.NEGATIVE_INFINITY;
  for (const each of intervals) {
    if (each.start <= end || each.start >= each.end) return false;
    end = each.end;
  }
  return true;
}
