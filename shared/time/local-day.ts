import type { LocalDay } from "../model/ids.ts";
import type { Weekday } from "../model/meetings.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Days counted from 1970-01-01 on the wall-clock axis: day n holds the readings [n * DAY, (n + 1) * DAY).
 * Undefined if the text is not a day of the calendar (2026-02-30 is not).
 */
export function dayNumber(day: LocalDay): number | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!parts) return undefined;
  const number = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / DAY;
  return dayName(number) === day ? number : undefined;
}

export function dayName(number: number): LocalDay {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

/** ISO: 1 is Monday, 7 is Sunday. */
export function weekdayOf(number: number): Weekday {
  // Day 0 was a Thursday; the double remainder keeps days before it right.
  return (((((number + 3) % 7) + 7) % 7) + 1) as Weekday;
}
