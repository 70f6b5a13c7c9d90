import type { Bookable } from "../server/meetings/free-time.ts";
import type { Asked } from "../server/meetings/slots.ts";
import type { ZoneName } from "../shared/model/ids.ts";
import { DAY, HOUR, MINUTE } from "../shared/time/local-day.ts";

/**
 * A pool as in published measurements of scheduling software: 50 members, 60 days, 200 calendar events each, slots every
 * 30 minutes, 5 minutes kept free on both sides, half an hour's notice, weekdays 8 to 16 in New York.
 */
export function poolScenario(members: number, days: number, zones: ZoneName[] = ["America/New_York"]) {
  const now = Date.UTC(2026, 9, 7, 11, 17);
  const asked: Asked = { now, from: now, to: now + days * DAY, stepMinutes: 30 };
  const random = seeded(7);
  const pool = Array.from({ length: members }, (_, position): Bookable => {
    const zone = zones[position % zones.length] ?? "UTC";
    return {
      hours: {
        zone,
        weekly: ([1, 2, 3, 4, 5] as const).map((weekday) => ({ weekday, spans: [{ start: 480, end: 960 }] })),
        overrides: [],
        noticeMinutes: 30,
        bufferMinutes: 5,
        horizonDays: 400,
        durationMinutes: 30,
      },
      // As many events per day whatever the number of days, so that more days mean more of the same.
      busy: Array.from({ length: Math.round((200 * days) / 60) }, () => {
        const start = now + Math.floor((random() * days * DAY) / (5 * MINUTE)) * 5 * MINUTE;
        return { start, end: start + (1 + Math.floor(random() * 4)) * (HOUR / 4) };
      })
        .sort((a, b) => a.start - b.start)
        // In memory in the order in which a calendar's answer would be read.
        .map(({ start, end }) => ({ start, end })),
      reserved: [],
    };
  });
  return { pool, asked };
}

/** Mulberry32: the same numbers on every machine. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
