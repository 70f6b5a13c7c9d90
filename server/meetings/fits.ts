import { covers, overlaps } from "../../shared/time/intervals.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { type Bookable, fullDays, openTime } from "./free-time.ts";
import { memberSlots } from "./slots.ts";

/** Why a start cannot be booked; the first that applies, in this order. */
export type Misfit =
  | "too_soon"
  | "too_far"
  | "outside_hours"
  | "calendar_unknown"
  | "day_full"
  | "reserved"
  | "busy"
  | "not_a_slot";

export type Fit = { fits: true } | { fits: false; because: Misfit };

/**
 * Whether a member can be booked at exactly this start, now. Asks the generator of slots for this one instant, so that an
 * offer and the booking that follows cannot disagree; only a refusal is then looked into.
 */
export function fits(
  member: Bookable,
  zones: Zones,
  asked: { now: number; start: number; stepMinutes: number },
): Fit {
  const { now, start, stepMinutes } = asked;
  const found = memberSlots(member, zones, { now, from: start, to: start + 1, stepMinutes });
  return found[0] === start ? { fits: true } : { fits: false, because: misfit(member, zones, now, start) };
}

function misfit(member: Bookable, zones: Zones, now: number, start: number): Misfit {
  const { hours, busy, reserved } = member;
  const end = start + hours.durationMinutes * MINUTE;
  if (start < now + hours.noticeMinutes * MINUTE) return "too_soon";
  if (start >= now + hours.horizonDays * DAY) return "too_far";
  if (!covers(openTime(member, zones, start, end), start, end)) return "outside_hours";
  if (busy === "unknown") return "calendar_unknown";
  if (fullDays(member, zones, start, end).some((each) => overlaps(each, { start, end }))) return "day_full";
  const gap = hours.bufferMinutes * MINUTE;
  const needed = { start: start - gap, end: end + gap };
  if (reserved.some((each) => overlaps(each, needed))) return "reserved";
  if (busy.some((each) => overlaps(each, needed))) return "busy";
  return "not_a_slot";
}
