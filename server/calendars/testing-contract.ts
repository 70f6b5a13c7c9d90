import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MeetingId } from "../../shared/model/ids.ts";
import { type Interval, merge } from "../../shared/time/intervals.ts";
import type { ProviderAccount } from "../connections/port.ts";
import { createFaultyAccount } from "./testing-account.ts";
import { describeReading } from "./testing-contract-reading.ts";
import { describeWriting } from "./testing-contract-writing.ts";
import { type Bench, type CalendarCounterpart, type Follower, march, zone } from "./testing-counterpart.ts";

// The one suite of the calendar port: every implementation passes it, against a real server or a simulator of one.

/** `setUp` answers a new, empty calendar each time. */
export function describeCalendarProvider(name: string, setUp: () => Promise<CalendarCounterpart>): void {
  describe(`${name} as a calendar`, () => {
    let bench: Bench;
    beforeEach(async () => {
      const counterpart = await setUp();
      const account = createFaultyAccount(counterpart.account);
      bench = {
        ...counterpart,
        account,
        async busyNow(window = march) {
          const items = await counterpart.provider.readBusy(account, counterpart.calendar, window);
          return [...merge(items.flatMap(({ busy }) => busy))];
        },
        follow: () => createFollower(counterpart, account),
      };
    });
    afterEach(() => bench.close());

    it("tells of the calendars, and which of them can be written", async () => {
      const found = await bench.provider.listCalendars(bench.account);
      const ours = found.find(({ ref }) => ref === bench.calendar.ref);
      expect(ours).toMatchObject({ isWritable: true, name: expect.stringMatching(/./) });
      expect([null, zone]).toContain(ours?.zone);
      for (const { color } of found) expect(color ?? "#000000").toMatch(/^#[0-9a-f]{6}$/i);
      expect(found.filter(({ isPrimary }) => isPrimary).length).toBeLessThan(2);
    });

    describeReading(() => bench);
    describeWriting(() => bench);
  });
}

function createFollower({ provider, calendar }: CalendarCounterpart, account: ProviderAccount): Follower {
  let cursor: string | null = null;
  const kept = new Map<string, { busy: readonly Interval[]; own: MeetingId | null }>();
  return {
    async read() {
      const changes = await provider.readChanges(account, calendar, cursor, march);
      if (changes.isWhole) kept.clear();
      for (const { source, busy, ownMeetingId } of changes.items)
        kept.set(source, { busy, own: ownMeetingId });
      cursor = changes.cursor;
      return changes;
    },
    busy: () => [...merge([...kept.values()].flatMap(({ busy }) => busy))],
    ownMeetings: () => [...kept.values()].flatMap(({ own }) => own ?? []),
  };
}
