import type { MeetingHours } from "../../shared/model/meetings.ts";
import { type Interval, intersect } from "../../shared/time/intervals.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { type Bookable, eachFreeTime } from "./free-time.ts";

/**
 * A slot is an instant at which a meeting can start. It is one if
 *   - the host's own clock then shows a whole multiple of the step since midnight (with 30 minutes: :00 and :30,
 *     whatever the zone's distance from UTC; a span from 9:10 has its first slot at 9:30),
 *   - the whole meeting lies in the host's free time (see free-time.ts),
 *   - it is at least the notice away from now, and less than the horizon (both counted in real hours).
 * Of a meeting of several hosts the first one's clock counts, all of them are free, the longest notice and the nearest horizon hold.
 * What is offered and what is accepted are decided by the one generator in this file (see fits.ts).
 */
export type Asked = {
  now: number;
  /** Slots that start in [from, to). */
  from: number;
  to: number;
  stepMinutes: number;
};

/** Starts at which at least one member of a pool can be booked, in order, and who. */
export type PoolSlots = {
  starts: readonly number[];
  /** Members that are free at `starts[index]`, as positions in the pool. */
  freeAt(index: number): number[];
};

/** A half hour, as people expect; shorter meetings follow each other directly. */
export function stepFor(durationMinutes: number): number {
  return Math.min(30, durationMinutes);
}

export function memberSlots(member: Bookable, zones: Zones, asked: Asked): number[] {
  return allStarts(member.hours, timeOf(member, zones), zones, asked);
}

/** Starts at which all of these hosts can be booked together. */
export function sharedSlots(hosts: readonly Bookable[], zones: Zones, asked: Asked): number[] {
  const [lead, ...others] = hosts;
  if (lead === undefined) return [];
  if (others.length === 0) return memberSlots(lead, zones, asked);
  const clock = {
    ...lead.hours,
    noticeMinutes: Math.max(...hosts.map(({ hours }) => hours.noticeMinutes)),
    horizonDays: Math.min(...hosts.map(({ hours }) => hours.horizonDays)),
  };
  const time: FreeTime = (from, to, visit) => {
    let shared: Interval[] | null = null;
    for (const host of hosts) {
      const free: Interval[] = [];
      eachFreeTime(host, zones, from, to, (start, end) => free.push({ start, end }));
      shared = shared === null ? free : intersect(shared, free);
    }
    for (const { start, end } of shared ?? []) visit(start, end);
  };
  return allStarts(clock, time, zones, asked);
}

/** Bits on a grid, one row of members per possible start: linear in members and days, with nothing to sort. */
export function poolSlots(pool: readonly Bookable[], zones: Zones, asked: Asked): PoolSlots {
  const grid = gridMinutes(pool, zones, asked) * MINUTE;
  const base = Math.floor(asked.from / grid) * grid;
  const cells = Math.max(0, Math.ceil((asked.to - base) / grid));
  const words = Math.ceil(pool.length / 32);
  const stride = ((asked.stepMinutes * MINUTE) / grid) * words;
  const bits = new Uint32Array(cells * words);
  pool.forEach((member, position) => {
    const word = position >>> 5;
    const bit = 1 << (position & 31);
    eachRun(member.hours, timeOf(member, zones), zones, asked, (first, count) => {
      let at = ((first - base) / grid) * words + word;
      for (let left = count; left > 0; left--, at += stride) bits[at] = (bits[at] ?? 0) | bit;
    });
  });

  const starts: number[] = [];
  const rows: number[] = [];
  for (let cell = 0; cell < cells; cell++) {
    for (let word = 0; word < words; word++) {
      if (bits[cell * words + word]) {
        starts.push(base + cell * grid);
        rows.push(cell * words);
        break;
      }
    }
  }
  return {
    starts,
    freeAt(index) {
      const row = rows[index];
      if (row === undefined) return [];
      return pool.flatMap((_, position) =>
        (bits[row + (position >>> 5)] ?? 0) & (1 << (position & 31)) ? [position] : [],
      );
    },
  };
}

function allStarts(hours: MeetingHours, eachFree: FreeTime, zones: Zones, asked: Asked): number[] {
  const starts: number[] = [];
  const step = asked.stepMinutes * MINUTE;
  eachRun(hours, eachFree, zones, asked, (first, count) => {
    for (let index = 0; index < count; index++) starts.push(first + index * step);
  });
  return starts;
}

/** Visits the free instants of [from, to) in order: of one host, or of several at once. */
type FreeTime = (from: number, to: number, visit: (start: number, end: number) => void) => void;

function timeOf(member: Bookable, zones: Zones): FreeTime {
  return (from, to, visit) => eachFreeTime(member, zones, from, to, visit);
}

/**
 * Calls `emit` with every run of slots, in order: the first start, and how many there are, a step apart. The only place that
 * knows what a slot is.
 */
function eachRun(
  hours: MeetingHours,
  eachFree: FreeTime,
  zones: Zones,
  asked: Asked,
  emit: (first: number, count: number) => void,
): void {
  const duration = hours.durationMinutes * MINUTE;
  const step = asked.stepMinutes * MINUTE;
  const from = Math.max(asked.from, asked.now + hours.noticeMinutes * MINUTE);
  const to = Math.min(asked.to, asked.now + hours.horizonDays * DAY);
  if (from >= to) return;

  const stretches = zones(hours.zone).stretches(from, to);
  let current = 0;
  eachFree(from, to + duration, (free, end) => {
    // The first start that would run past the end of the free time, or out of what is asked.
    const beyond = Math.min(end - duration + 1, to);
    let at = free;
    while (at < beyond) {
      let stretch = stretches[current];
      while (stretch && stretch.end <= at) stretch = stretches[++current];
      if (!stretch) return;
      const { offset } = stretch;
      const last = Math.min(beyond, stretch.end) + offset;
      // Day by day: a step that does not divide the day starts afresh at every midnight.
      let midnight = Math.floor((at + offset) / DAY) * DAY;
      let reading = midnight + Math.ceil((at + offset - midnight) / step) * step;
      for (; midnight < last; midnight += DAY, reading = midnight) {
        const count = Math.ceil((Math.min(last, midnight + DAY) - reading) / step);
        if (count > 0) emit(reading - offset, count);
      }
      at = stretch.end;
    }
  });
}

/** The widest grid that holds every start: clocks and steps lie on whole minutes, in practice on quarters of an hour. */
function gridMinutes(pool: readonly Bookable[], zones: Zones, asked: Asked): number {
  let grid = greatestCommon(asked.stepMinutes, DAY / MINUTE);
  for (const zone of new Set(pool.map((member) => member.hours.zone))) {
    for (const { offset } of zones(zone).stretches(asked.from, asked.to)) {
      grid = greatestCommon(grid, Math.abs(offset) / MINUTE);
    }
  }
  return grid;
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}
