import ICAL from "ical.js";
import { expect, it } from "vitest";
import { type InvitationInput, writeInvitation } from "./invitation.ts";

const START = Date.UTC(2026, 10, 24, 14, 30);
const input: InvitationInput = {
  method: "REQUEST",
  uid: "0192@foyer.example",
  sequence: 3,
  stampAt: Date.UTC(2026, 10, 22, 9),
  startAt: START,
  endAt: START + 30 * 60_000,
  summary: 'Ana "The Boss" Ruiz; Zoë, and 🚀 Co',
  description: `First line, with a comma;\nsecond \\ line ${"long ".repeat(40)}🎉`,
  location: "https://example.zoom.us/j/1?pwd=a,b;c",
  url: "https://foyer.example/meeting/abc.def",
  organizer: { name: 'Zoë "Zee" O’Neil 🌊, MSc; x', email: "zoe@example.com" },
  guest: { name: "Ana Ruiz", email: "ana+shop@example.org" },
  coHosts: [],
};

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = calendar.getFirstSubcomponent("vevent");
  if (!event) throw new Error("no event");
  return { calendar, event };
}

it("an invitation reads back as it was written, quotes, commas and emoji included", () => {
  const { calendar, event } = read(writeInvitation(input));
  expect(calendar.getFirstPropertyValue("method")).toBe("REQUEST");
  expect(event.getFirstPropertyValue("uid")).toBe(input.uid);
  expect(event.getFirstPropertyValue("sequence")).toBe(3);
  expect(event.getFirstPropertyValue("summary")).toBe(input.summary);
  expect(event.getFirstPropertyValue("description")).toBe(input.description);
  expect(event.getFirstPropertyValue("location")).toBe(input.location);
  expect(event.getFirstProperty("organizer")?.getFirstParameter("cn")).toBe(input.organizer.name);
  expect(event.getAllProperties("attendee").map((one) => one.getFirstValue())).toEqual([
    "mailto:ana+shop@example.org",
    "mailto:zoe@example.com",
  ]);
});

it("times are written in UTC", () => {
  const text = writeInvitation(input);
  expect(text).toContain("DTSTART:20261124T143000Z");
  expect(text).toContain("DTEND:20261124T150000Z");
  expect(text).toContain("DTSTAMP:20261122T090000Z");
});

it("a cancellation keeps the identity and says so twice, as calendars want it", () => {
  const { calendar, event } = read(writeInvitation({ ...input, method: "CANCEL", sequence: 4 }));
  expect(calendar.getFirstPropertyValue("method")).toBe("CANCEL");
  expect(event.getFirstPropertyValue("status")).toBe("CANCELLED");
  expect(event.getFirstPropertyValue("uid")).toBe(input.uid);
});

it("no line is longer than 75 bytes, every line ends with CRLF, and no name can add a line", () => {
  const evil = { name: "Eve\r\nATTENDEE:mailto:victim@example.com", email: "eve@example.com" };
  const text = writeInvitation({ ...input, guest: evil });
  for (const line of text.split("\r\n")) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\r\n]/);
  }
  expect(text).not.toMatch(/^ATTENDEE:mailto:victim/m);
  expect(read(text).event.getAllProperties("attendee")).toHaveLength(2);
});
