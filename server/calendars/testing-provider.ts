import type { MeetingId } from "../../shared/model/ids.ts";
import { type Interval, merge, overlaps } from "../../shared/time/intervals.ts";
import { ProviderError } from "../connections/port.ts";
import type { CalendarItem, CalendarProvider, FoundCalendar } from "./port.ts";

type FakeCalendar = FoundCalendar & {
  items: Map<string, { busy: readonly Interval[]; own: MeetingId | null }>;
  /** Sources in the order of their changes: a cursor is a place in it. */
  changed: string[];
};

export type FakeOperation = "list" | "changes" | "busy" | "watch";

/** Calendars in memory behind the port, which go wrong as a test wishes. How providers really are, their own tests show. */
export function createFakeProvider() {
  const calendars = new Map<string, FakeCalendar>();
  const asked: { operation: FakeOperation; ref: string; cursor: string | null }[] = [];
  const watches = new Map<string, { ref: string; url: string; secret: string }>();
  const under = new Map<string, number>();
  const fake = {
    calendars,
    asked,
    /** Channels that are open, by our name for them. */
    watches,
    /** Readings of one calendar at a time, at most. */
    mostAtOnce: 0,
    mailboxZone: null as string | null,
    /** Before an answer: throws, or makes it wait. */
    before: async (_operation: FakeOperation, _ref: string): Promise<void> => undefined,
    /** Cursors of before are not known any more. */
    forgets: false,
    watchLifeMs: 7 * 86_400_000,
    add(ref: string, more: Partial<FoundCalendar> = {}): void {
      calendars.set(ref, {
        ref,
        name: ref,
        color: null,
        zone: null,
        isPrimary: calendars.size === 0,
        isWritable: true,
        ...more,
        items: new Map(),
        changed: [],
      });
    },
    put(ref: string, source: string, busy: readonly Interval[], own: MeetingId | null = null): void {
      const calendar = calendarOf(ref);
      calendar.items.set(source, { busy, own });
      calendar.changed.push(source);
    },
  };

  function calendarOf(ref: string): FakeCalendar {
    const calendar = calendars.get(ref);
    if (calendar === undefined) throw new ProviderError("gone", "404");
    return calendar;
  }

  async function answering<T>(
    operation: FakeOperation,
    ref: string,
    cursor: string | null,
    answer: () => T,
  ): Promise<T> {
    asked.push({ operation, ref, cursor });
    const atOnce = (under.get(ref) ?? 0) + 1;
    under.set(ref, atOnce);
    if (operation === "changes") fake.mostAtOnce = Math.max(fake.mostAtOnce, atOnce);
    try {
      await fake.before(operation, ref);
      return answer();
    } finally {
      under.set(ref, (under.get(ref) ?? 1) - 1);
    }
  }

  function item(calendar: FakeCalendar, source: string, window: Interval): CalendarItem {
    const found = calendar.items.get(source);
    return {
      source,
      busy: merge((found?.busy ?? []).filter((each) => overlaps(each, window))),
      ownMeetingId: found?.own ?? null,
    };
  }

  const provider: CalendarProvider = {
    caps: { invites: true, room: "meet", watches: true },
    listCalendars: () => answering("list", "", null, () => [...calendars.values()]),
    mailboxZone: async () => fake.mailboxZone,
    readBusy: (_account, { ref }, window) =>
      answering("busy", ref, null, () => {
        const calendar = calendarOf(ref);
        return [...calendar.items.keys()]
          .map((source) => item(calendar, source, window))
          .filter(({ busy }) => busy.length > 0);
      }),
    readChanges: (_account, { ref }, cursor, window) =>
      answering("changes", ref, cursor, () => {
        const calendar = calendarOf(ref);
        const isWhole = cursor === null || fake.forgets;
        const sources = isWhole ? calendar.items.keys() : calendar.changed.slice(Number(cursor));
        return {
          isWhole,
          items: [...new Set(sources)].map((source) => item(calendar, source, window)),
          cursor: String(calendar.changed.length),
        };
      }),
    writeEvent: () => Promise.reject(new Error("nothing is written in these tests")),
    removeEvent: () => Promise.reject(new Error("nothing is written in these tests")),
    watch: (_account, ref, { id, url, secret }) =>
      answering("watch", ref, null, () => {
        watches.set(id, { ref, url, secret });
        return { ref: `watch-of-${id}`, until: clock() + fake.watchLifeMs };
      }),
    stopWatch: async (_account, { id }) => {
      watches.delete(id);
    },
  };
  let clock: () => number = Date.now;
  return Object.assign(fake, {
    provider,
    setClock(now: () => number) {
      clock = now;
    },
  });
}
