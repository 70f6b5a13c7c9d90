import { DateTime, Interval } from "luxon";
import type { Bookable } from "../server/meetings/free-time.ts";
import type { Asked } from "../server/meetings/slots.ts";

/**
 * The same slots the way one writes them with a date library: walk each local day in steps, build an interval per slot,
 * ask every event whether it overlaps. What our own code is measured against, and an oracle for it on days without a clock change.
 */
export function luxonSlots(pool: readonly Bookable[], asked: Asked): number[] {
  const starts = new Set<number>();
  for (const member of pool) for (const start of luxonMemberSlots(member, asked)) starts.add(start);
  return [...starts].sort((a, b) => a - b);
}

export function luxonMemberSlots(member: Bookable, asked: Asked): number[] {
  const { hours, busy, reserved } = member;
  if (busy === "unknown") return [];
  const { zone } = hours;
  const taken = [...busy, ...reserved].map(({ start, end }) =>
    Interval.fromDateTimes(
      DateTime.fromMillis(start, { zone }).minus({ minutes: hours.bufferMinutes }),
      DateTime.fromMillis(end, { zone }).plus({ minutes: hours.bufferMinutes }),
    ),
  );
  const now = DateTime.fromMillis(asked.now, { zone });
  const earliest = DateTime.max(
    DateTime.fromMillis(asked.from, { zone }),
    now.plus({ minutes: hours.noticeMinutes }),
  );
  const latest = DateTime.min(
    DateTime.fromMillis(asked.to, { zone }),
    now.plus({ hours: 24 * hours.horizonDays }),
  );

  const starts: number[] = [];
  for (let day = earliest.startOf("day"); day < latest; day = day.plus({ days: 1 })) {
    const override = hours.overrides.find((each) => each.day === day.toISODate());
    const spans = override?.spans ?? hours.weekly.find((each) => each.weekday === day.weekday)?.spans ?? [];
    for (const span of spans) {
      const end = day.plus({ minutes: span.end });
      let start = day.plus({ minutes: Math.ceil(span.start / asked.stepMinutes) * asked.stepMinutes });
      for (; start < end; start = start.plus({ minutes: asked.stepMinutes })) {
        const slot = Interval.after(start, { minutes: hours.durationMinutes });
        if (start < earliest || start >= latest || (slot.end ?? end) > end) continue;
        if (!taken.some((event) => event.overlaps(slot))) starts.push(start.toMillis());
      }
    }
  }
  return starts;
}
