import type { Instant } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";

// When a calendar is read again, and what of it. Pure.

/** What was read so far; null: nothing. */
export type ReadSoFar = {
  cursor: string | null;
  coveredFrom: Instant | null;
  coveredUntil: Instant | null;
};

const behind = DAY;
/** Farther than anybody can be booked, by more than passes until everything is read again. */
const ahead = 400 * DAY;
const wholeEvery = 7 * DAY;

/** The window to read and where to go on from. Everything is read anew once a week, so that nothing that was missed stays. */
export function planReading(
  { cursor, coveredFrom, coveredUntil }: ReadSoFar,
  now: Instant,
): { window: Interval; cursor: string | null } {
  const isYoung = coveredFrom !== null && coveredFrom + behind > now - wholeEvery;
  // A cursor goes on with the window that it was made for.
  if (cursor !== null && coveredFrom !== null && coveredUntil !== null && isYoung)
    return { window: { start: coveredFrom, end: coveredUntil }, cursor };
  return { window: { start: now - behind, end: now + ahead }, cursor: null };
}

/** Where changes are told, asking is only the net: what is told may be lost. */
export function nextReading(isWatched: boolean, random: number): number {
  return (isWatched ? 10 : 3) * MINUTE * (0.9 + random * 0.1);
}

const longestPause = 5 * MINUTE;
const longestWished = HOUR;

/**
 * After the nth failure in a row: 15 seconds, then twice as long each time, up to five minutes; what the provider asks for
 * is waited for, up to an hour.
 */
export function nextTry(failures: number, retryAfterMs: number | undefined, random: number): number {
  const usual = Math.min(longestPause, 15_000 * 2 ** Math.min(failures - 1, 10));
  const wished = Math.min(retryAfterMs ?? 0, longestWished);
  return Math.max(usual * (0.5 + random * 0.5), wished);
}

/** An account that needs its owner is looked at now and then, in case it was mended elsewhere. */
export function nextTryOfEnded(random: number): number {
  return HOUR * (0.75 + random * 0.25);
}
