import { expect } from "vitest";
import { createTestAccount } from "../testing-account.ts";
import { describeCalendarProvider } from "../testing-contract.ts";
import { type CalendarCounterpart, zone } from "../testing-counterpart.ts";
import { createMicrosoftCalendar } from "./microsoft-calendar.ts";
import { openGraphJudge } from "./testing-graph-types.ts";
import { openGraphSimulator } from "./testing-simulator.ts";

const judge = openGraphJudge();
const owner = "mara@northwind.example";
const ref = `calendar-of-${owner}`;
const now = Date.parse("2027-03-01T09:00:00Z");

describeCalendarProvider("Outlook, judged by Microsoft's types,", async (): Promise<CalendarCounterpart> => {
  const simulator = await openGraphSimulator({ judge, pageSize: 3 });
  simulator.calendar(owner);
  return {
    name: "microsoft",
    provider: createMicrosoftCalendar({ now: () => now }),
    account: createTestAccount({
      provider: "microsoft",
      accountName: owner,
      baseUrl: simulator.url,
      authorization: `Bearer ${owner}`,
    }),
    calendar: { ref, zone },
    missing: { ref: "calendar-of-nobody", zone },
    putEvent: async (event) => simulator.putEvent(ref, event),
    changeEvent: async (name, event) => simulator.changeEvent(ref, name, event),
    removeEvent: async (name) => simulator.removeEvent(ref, name),
    events: async () =>
      simulator.events(ref).map((event) => ({
        uid: event.iCalUId ?? "",
        sequence: null,
        title: event.subject ?? "",
        start: Date.parse(`${event.start?.dateTime?.slice(0, 19)}Z`),
        end: Date.parse(`${event.end?.dateTime?.slice(0, 19)}Z`),
        location: event.location?.displayName ?? "",
        description: event.body?.content ?? "",
        attendees: (event.attendees ?? []).map(({ emailAddress }) => ({
          name: emailAddress?.name ?? "",
          email: emailAddress?.address ?? "",
        })),
      })),
    answers: {
      scope: { status: 403, text: '{"error":{"code":"ErrorAccessDenied","message":"Access is denied."}}' },
      forgotten: { status: 410, text: '{"error":{"code":"SyncStateNotFound","message":"Gone."}}' },
      half: { status: 200, text: '{"value":[{"id":"a","showAs":"bu' },
    },
    pageSize: 3,
    close: async () => {
      await simulator.close();
      expect(simulator.violations).toEqual([]);
    },
  };
});
