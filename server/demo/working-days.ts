import type { Instant } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import { dayName, weekdayOf } from "../../shared/time/local-day.ts";
import { firstInstantAt, localDayNumber, type Zones } from "../../shared/time/zone.ts";

/**
 * The instant some minutes into a working day. Days are counted from today by the member's own clock: 1 is the next working day,
 * -1 the latest before today; today itself is never meant, so that the answer is past or future whatever the hour.
 */
export function onWorkday(
  hours: MeetingHours,
  zones: Zones,
  now: Instant,
  workday: number,
  minute: number,
): Instant {
  const zone = zones(hours.zone);
  const step = Math.sign(workday);
  let left = Math.abs(workday);
  for (let day = localDayNumber(zone, now) + step; ; day += step) {
    const spans = hours.weekly.find((each) => each.weekday === weekdayOf(day))?.spans ?? [];
    const [first] = spans;
    if (first === undefined) continue;
    left -= 1;
    if (left === 0) return firstInstantAt(zone, dayName(day), first.start + minute);
  }
}
