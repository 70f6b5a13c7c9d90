import type { DaySpan } from "../../shared/model/meetings.ts";

// Spans of one day as the hours page edits them. Minutes since local midnight; an end past 1440 is the next day's.

const DAY_MINUTES = 1_440;

/**
 * `incomplete`: a time field is empty or half filled. `same`: start and end are one clock reading. `order`: no span at
 * all, or longer than a day. `overlap`: two spans of the day share time.
 */
export type SpanProblem = "incomplete" | "same" | "order" | "overlap";

export function spanProblem(spans: readonly DaySpan[]): SpanProblem | null {
  if (spans.some(isIncomplete)) return "incomplete";
  const lengths = spans.map((span) => span.end - span.start);
  // From midnight to midnight is a whole day; the same reading elsewhere is more likely a slip.
  const isSlip = (span: DaySpan) => span.start % DAY_MINUTES === span.end % DAY_MINUTES && span.start !== 0;
  if (spans.some(isSlip) || lengths.includes(0)) return "same";
  if (lengths.some((length) => length < 0 || length > DAY_MINUTES)) return "order";
  const sorted = inOrder(spans);
  const isOverlapping = sorted.some((span, index) => index > 0 && span.start < (sorted[index - 1]?.end ?? 0));
  return isOverlapping ? "overlap" : null;
}

/** A draft holds NaN for a time that is not filled, so that the old value cannot be saved in its place. */
export function isIncomplete(span: DaySpan): boolean {
  return Number.isNaN(span.start) || Number.isNaN(span.end);
}

export function inOrder(spans: readonly DaySpan[]): DaySpan[] {
  return [...spans].sort((a, b) => a.start - b.start);
}

/** Until which minute of the next day these spans run; 0 when none passes midnight. */
export function reachOf(spans: readonly DaySpan[]): number {
  const ends = spans.filter((span) => !isIncomplete(span)).map((span) => span.end - DAY_MINUTES);
  return Math.max(0, ...ends);
}

/** A span as two clock readings say it: an end at or before the start belongs to the next day. */
export function spanFromClock(start: number, end: number): DaySpan {
  return { start, end: end <= start ? end + DAY_MINUTES : end };
}

export function isOvernight(span: DaySpan): boolean {
  return span.end > DAY_MINUTES;
}

/**
 * A sensible further span: office hours on an empty day, else an hour after the last one, else in the longest gap before.
 * `busyUntil` is what the day before reaches into this one.
 */
export function nextSpan(spans: readonly DaySpan[], busyUntil = 0): DaySpan | null {
  if (spans.some(isIncomplete)) return null;
  if (spans.length === 0 && busyUntil <= 540) return { start: 540, end: 1_020 };
  const after = spans.reduce((latest, span) => Math.max(latest, span.end), busyUntil) + 60;
  if (after < DAY_MINUTES - 30) return { start: after, end: Math.min(after + 120, DAY_MINUTES) };
  let free = busyUntil;
  let gap = { start: 0, end: 0 };
  for (const span of inOrder(spans)) {
    if (span.start - free > gap.end - gap.start) gap = { start: free, end: span.start };
    free = Math.max(free, span.end);
  }
  if (gap.end - gap.start < 60) return null;
  const start = gap.start <= 540 && gap.end >= 600 ? 540 : Math.max(gap.start, gap.end - 180);
  return { start, end: Math.min(start + 120, gap.end) };
}

/** `540` as `09:00`, the form of a time field; empty while it is not filled. */
export function clockOf(minutes: number): string {
  if (Number.isNaN(minutes)) return "";
  const inDay = minutes % DAY_MINUTES;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

/** NaN while the field is not filled. */
export function minutesOf(clock: string): number {
  const parts = /^(\d\d):(\d\d)/.exec(clock);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN;
}
