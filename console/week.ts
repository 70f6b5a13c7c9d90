import type { Instant, LocalDay, ZoneName } from "../shared/model/ids.ts";
import { DAY, dayName, dayNumber, MINUTE, weekdayOf } from "../shared/time/local-day.ts";
import { createZones, firstInstantAt, localDayNumber, offsetAt, type Zones } from "../shared/time/zone.ts";

// A week on a wall: days as columns, minutes of the local day as height.

/** Found-out zone changes are kept for as long as the page that asks. */
export function createWeeks(zones: Zones = createZones()) {
  /** Monday to Sunday of the week in which the instant falls. */
  function daysOf(at: Instant, zone: ZoneName): LocalDay[] {
    const day = localDayNumber(zones(zone), at);
    const monday = day - (weekdayOf(day) - 1);
    return Array.from({ length: 7 }, (_, index) => dayName(monday + index));
  }

  /** The instant at which a local day begins. */
  function startOf(day: LocalDay, zone: ZoneName): Instant {
    return firstInstantAt(zones(zone), day, 0);
  }

  /** The same week so many weeks on. */
  function turn(at: Instant, weeks: number, zone: ZoneName): Instant {
    const monday = dayNumber(daysOf(at, zone)[0] ?? "") ?? 0;
    return startOf(dayName(monday + weeks * 7), zone);
  }

  /** An interval as pieces within local days; `from` and `to` are minutes that the clock shows. */
  function pieces(startAt: Instant, endAt: Instant, zone: ZoneName): DayPiece[] {
    const place = zones(zone);
    const found: DayPiece[] = [];
    let at = startAt;
    while (at < endAt) {
      const day = localDayNumber(place, at);
      const midnight = firstInstantAt(place, dayName(day + 1), 0);
      const end = Math.min(endAt, midnight);
      const from = minuteOf(at, day);
      // At midnight the clock shows the next day's zero: it is this day's end.
      const to = end === midnight ? 1_440 : minuteOf(end, day);
      found.push({ day: dayName(day), from, to: Math.max(to, from) });
      at = end;
    }
    return found;

    function minuteOf(instant: Instant, day: number): number {
      return Math.round((instant + offsetAt(place, instant) - day * DAY) / MINUTE);
    }
  }

  return { daysOf, startOf, turn, pieces };
}

export type DayPiece = { day: LocalDay; from: number; to: number };
export type Weeks = ReturnType<typeof createWeeks>;

/** The hours a grid has to show: what is there, with an hour around it, and at least from 8 to 18. */
export function hourRange(pieces: readonly DayPiece[]): { first: number; last: number } {
  const from = Math.min(8 * 60, ...pieces.map((piece) => piece.from - 30));
  const to = Math.max(18 * 60, ...pieces.map((piece) => piece.to + 30));
  return { first: Math.max(0, Math.floor(from / 60)), last: Math.min(24, Math.ceil(to / 60)) };
}

export type Lane = { at: number; of: number };

/** Side-by-side places for pieces of one day that share time. */
export function lanesOf(pieces: readonly DayPiece[]): Lane[] {
  const lanes: Lane[] = pieces.map(() => ({ at: 0, of: 1 }));
  const order = pieces
    .map((_, index) => index)
    .sort((a, b) => (pieces[a]?.from ?? 0) - (pieces[b]?.from ?? 0));
  let group: number[] = [];
  let groupEnd = 0;
  const finish = () => {
    const ends: number[] = [];
    for (const index of group) {
      const piece = pieces[index];
      const lane = lanes[index];
      if (!piece || !lane) continue;
      const free = ends.findIndex((end) => end <= piece.from);
      lane.at = free < 0 ? ends.length : free;
      ends[lane.at] = piece.to;
    }
    for (const index of group) {
      const lane = lanes[index];
      if (lane) lane.of = ends.length;
    }
    group = [];
  };
  for (const index of order) {
    const piece = pieces[index];
    if (!piece) continue;
    if (group.length > 0 && piece.from >= groupEnd) finish();
    groupEnd = group.length === 0 ? piece.to : Math.max(groupEnd, piece.to);
    group.push(index);
  }
  finish();
  return lanes;
}
