import { expect, test } from "vitest";
import type { CalendarView, ConnectionProblem, ConnectionView } from "../shared/model/connections.ts";
import type { CalendarId, ConnectionId, MemberId } from "../shared/model/ids.ts";
import { MINUTE } from "../shared/time/local-day.ts";
import { healthOf } from "./connection-health.ts";

const now = Date.UTC(2026, 10, 25, 12);

const work: CalendarView = {
  id: "work" as CalendarId,
  name: "Work",
  color: null,
  isPrimary: true,
  isWritable: true,
  blocksTime: true,
  receivesMeetings: true,
  isGone: false,
  readAt: now - 3 * MINUTE,
};
const connection: ConnectionView = {
  id: "c" as ConnectionId,
  memberId: "m" as MemberId,
  provider: "google",
  accountName: "zoe@example.com",
  problem: null,
  problemAt: null,
  triedAt: now - MINUTE,
  goodAt: now - 3 * MINUTE,
  missingScopes: [],
  approvalUrl: null,
  mailboxZone: null,
  calendars: [work],
};
const say = (of: Partial<ConnectionView>) => healthOf({ ...connection, ...of }, now, "Europe/Berlin");

test("a healthy account says when it was last read; a new one, that it is being read", () => {
  expect(say({})).toEqual({ tone: "good", sentence: "Works: last read 3 min ago." });
  expect(say({ calendars: [{ ...work, readAt: null }] }).tone).toBe("waiting");
  expect(say({ calendars: [], goodAt: null })).toEqual({ tone: "good", sentence: "Connected." });
});

test("every problem is one sentence with what to do, and says when nobody can be booked meanwhile", () => {
  const problems: readonly ConnectionProblem[] = [
    "needs_reauth",
    "missing_scope",
    "needs_approval",
    "calendar_gone",
    "refused",
    "zone_mismatch",
    "watch_expired",
    "unreachable",
  ];
  for (const problem of problems) {
    const { sentence, tone } = say({ problem, problemAt: now - 5 * MINUTE, mailboxZone: "America/New_York" });
    expect(sentence, problem).toMatch(/^[A-Z“][^.]*\.$/);
    expect(sentence.includes("nobody can book you"), problem).toBe(tone !== "late");
  }
});

test("it names the calendar that is gone, both zones, and for a room that there is none meanwhile", () => {
  const gone = { ...work, name: "Team", isGone: true };
  expect(say({ problem: "calendar_gone", calendars: [gone] }).sentence).toContain("“Team”");
  const zones = say({ problem: "zone_mismatch", mailboxZone: "America/New_York" }).sentence;
  expect(zones).toContain("New York");
  expect(zones).toContain("Berlin");
  expect(say({ provider: "zoom", calendars: [], problem: "needs_reauth" }).sentence).toContain("no room");
});
