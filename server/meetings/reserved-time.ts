import type { Interval } from "../../shared/time/intervals.ts";
import { MINUTE } from "../../shared/time/local-day.ts";

/** A meeting or a living hold, and the gap it was given. */
export type Reservation = Interval & { bufferMinutes: number };

/**
 * What is reserved, for somebody who keeps `bufferMinutes` around everything. Between two meetings lies the larger of both their gaps: where the
 * other's is larger, the difference is added to it, so that nothing is offered which the database would refuse. Pure.
 */
export function keepApart(reserved: readonly Reservation[], bufferMinutes: number): Interval[] {
  return reserved.map(({ start, end, bufferMinutes: theirs }) => {
    const more = Math.max(0, theirs - bufferMinutes) * MINUTE;
    return { start: start - more, end: end + more };
  });
}
