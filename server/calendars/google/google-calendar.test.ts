import { expect } from "vitest";
import { createTestAccount } from "../testing-account.ts";
import { describeCalendarProvider } from "../testing-contract.ts";
import { type CalendarCounterpart, zone } from "../testing-counterpart.ts";
import { createGoogleCalendar } from "./google-calendar.ts";
import { openGoogleJudge } from "./testing-discovery.ts";
import { openGoogleSimulator } from "./testing-simulator.ts";

const judge = openGoogleJudge();
const owner = "mara@northwind.example";
const judged = judge
  ? "Google, judged by its own description,"
  : "Google (its own description is not on this machine, nothing judges the requests)";

describeCalendarProvider(judged, async (): Promise<CalendarCounterpart> => {
  const simulator = await openGoogleSimulator({ judge, pageSize: 3 });
  simulator.calendar(owner);
  return {
    name: "google",
    provider: createGoogleCalendar(),
    account: createTestAccount({
      provider: "google",
      accountName: owner,
      baseUrl: simulator.url,
      authorization: `Bearer ${owner}`,
    }),
    calendar: { ref: owner, zone },
    missing: { ref: "nobody@elsewhere.example", zone },
    putEvent: async (event) => simulator.putEvent(owner, event),
    changeEvent: async (name, event) => simulator.changeEvent(owner, name, event),
    removeEvent: async (name) => simulator.removeEvent(owner, name),
    events: async () =>
      simulator.events(owner).map((event) => ({
        uid: event.iCalUID,
        sequence: event.sequence,
        title: event.summary ?? "",
        start: Date.parse(event.start.dateTime ?? ""),
        end: Date.parse(event.end.dateTime ?? ""),
        location: event.location ?? "",
        description: event.description ?? "",
        attendees: (event.attendees ?? []).map(({ displayName = "", email = "" }) => ({
          name: displayName,
          email,
        })),
      })),
    answers: {
      scope: {
        status: 403,
        text: JSON.stringify({ error: { code: 403, errors: [{ reason: "insufficientPermissions" }] } }),
      },
      forgotten: {
        status: 410,
        text: JSON.stringify({ error: { code: 410, errors: [{ reason: "fullSyncRequired" }] } }),
      },
      half: { status: 200, text: '{"kind":"calendar#events","items":[{"id":"a","status":"conf' },
    },
    pageSize: 3,
    close: async () => {
      await simulator.close();
      expect(simulator.violations).toEqual([]);
    },
  };
});
