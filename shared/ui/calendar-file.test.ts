import ICAL from "ical.js";
import { expect, it } from "vitest";
import type { MeetingId } from "../model/ids.ts";
import { calendarFile, calendarPages } from "./calendar-file.ts";

const meeting = {
  id: "30000000-0000-4000-8000-000000000002" as MeetingId,
  startAt: Date.UTC(2026, 2, 10, 12),
  endAt: Date.UTC(2026, 2, 10, 12, 30),
  title: 'Tour, with "Zoë";\r\nBEGIN:VALARM \\ 🎧 — eine gründliche Führung durch das ganze Haus',
  where: "https://meet.example/abc,def",
};

it("writes a file that calendars read back as it was meant, whatever the title holds", () => {
  const file = calendarFile(meeting, "foyer.example");
  for (const line of file.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const event = new ICAL.Component(ICAL.parse(file)).getFirstSubcomponent("vevent");
  expect(event?.getFirstPropertyValue("uid")).toBe(`${meeting.id}@foyer.example`);
  expect(event?.getFirstPropertyValue("summary")).toBe(meeting.title.replace(/\s+/g, " "));
  expect(event?.getFirstPropertyValue("location")).toBe(meeting.where);
  expect(String(event?.getFirstPropertyValue("dtstart"))).toBe("2026-03-10T12:00:00Z");
  expect(event?.getAllSubcomponents()).toEqual([]);
});

it("leads to calendars on the web with the same time", () => {
  const [google, outlook] = calendarPages(meeting).map(({ url }) => new URL(url).searchParams);
  expect(google?.get("dates")).toBe("20260310T120000Z/20260310T123000Z");
  expect(outlook?.get("startdt")).toBe("2026-03-10T12:00:00.000Z");
});
