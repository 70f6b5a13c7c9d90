import type { DaySpan } from "../../shared/model/meetings.ts";

// Spans of one day as the hours page edits them. Minutes since local midnight; an end past 1440 is the next day's.

const DAY_MINUTES = 1_440;

/** `order`: a span must end after it starts. `overlap`: two spans of the day share time. */
export function spanProblem(spans: readonly DaySpan[]): "order" | "overlap" | null {
  if (spans.some((span) => span.end <= span.start || span.end - span.start > DAY_MINUTES)) return "order";
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const isOverlapping = sorted.some((span, index) => index > 0 && span.start < (sorted[index - 1]?.end ?? 0));
  return isOverlapping ? "overlap" : null;
}

/** A span as two clock readings say it: an end at or before the start belongs to the next day. */
export function spanFromClock(start: number, end: number): DaySpan {
  return { start, end: end <= start ? end + DAY_MINUTES : end };
}

export function isOvernight(span: DaySpan): boolean {
  return span.end > DAY_MINUTES;
}

/** A sensible further span: an hour after the last one, or office hours on an empty day. */
export function nextSpan(spans: readonly DaySpan[]): DaySpan | null {
  const last = spans.reduce((latest, span) => Math.max(latest, span.end), 0);
  if (spans.length === 0) return { start: 540, end: 1_020 };
  const start = last + 60;
  return start >= DAY_MINUTES - 30 ? null : { start, end: Math.min(start + 120, DAY_MINUTES) };
}

/** `540` as `09:00`, the form of a time field. */
export function clockOf(minutes: number): string {
  const inDay = minutes % DAY_MINUTES;
  return `${String(Math.floor(inDay / 60)).padStart(2, "0")}:${String(inDay % 60).padStart(2, "0")}`;
}

/** Undefined while the field is not filled. */
export function minutesOf(clock: string): number | undefined {
  const parts = /^(\d\d):(\d\d)/.exec(clock);
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined;
}
