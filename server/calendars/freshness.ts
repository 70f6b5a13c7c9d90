import { type ConnectionProblem, endsUse } from "../../shared/model/connections.ts";
import type { CalendarId, Instant } from "../../shared/model/ids.ts";
import type { UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import { MINUTE } from "../../shared/time/local-day.ts";

/** For how long a reading counts. Calendars are read every three minutes, or ten where changes are told. */
export const freshForMs = 15 * MINUTE;

/** A calendar that takes its owner's time, and what is known of it. */
export type BlockingCalendar = {
  id: CalendarId;
  isGone: boolean;
  /** The last reading that came to its end, and what it covered. */
  readAt: Instant | null;
  coveredFrom: Instant | null;
  coveredUntil: Instant | null;
};

/** An account with calendars. `isListed`: its calendars are known, be it that none takes time. */
export type CalendarAccount = {
  problem: ConnectionProblem | null;
  /** The mailbox shows another clock, and nobody has said that this is meant. */
  isZoneOther: boolean;
  isListed: boolean;
  blocking: BlockingCalendar[];
};

/**
 * Why it is unknown what takes this member's time; nothing: it is known. Unknown is not free, so every calendar that takes
 * time must have been read, and lately. Somebody without an account has no calendar that could say otherwise.
 */
export function calendarReasons(accounts: readonly CalendarAccount[], now: Instant): UnbookableReason[] {
  const reasons = new Set<UnbookableReason>();
  for (const { problem, isZoneOther, isListed, blocking } of accounts) {
    if (endsUse(problem)) reasons.add(problem);
    if (isZoneOther) reasons.add("zone_mismatch");
    if (blocking.some(({ isGone }) => isGone)) reasons.add("calendar_gone");
    if (!isListed || blocking.some((each) => !each.isGone && !isFresh(each, now)))
      reasons.add("calendar_unread");
  }
  return [...reasons];
}

function isFresh({ readAt, coveredUntil }: BlockingCalendar, now: Instant): boolean {
  return readAt !== null && coveredUntil !== null && readAt > now - freshForMs;
}

/** What of [from, to) no reading covers, of the calendars that were read: it counts as taken. */
export function uncovered(accounts: readonly CalendarAccount[], from: Instant, to: Instant): Interval[] {
  const taken: Interval[] = [];
  for (const { coveredFrom, coveredUntil } of accounts.flatMap(({ blocking }) => blocking)) {
    if (coveredFrom === null || coveredFrom > from)
      taken.push({ start: from, end: Math.min(to, coveredFrom ?? to) });
    if (coveredUntil !== null && coveredUntil < to)
      taken.push({ start: Math.max(from, coveredUntil), end: to });
  }
  return taken;
}
