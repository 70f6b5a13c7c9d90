import { expect, test } from "vitest";
import { readIcs } from "./ics-lines.ts";

test("an invitation is unfolded, unquoted and unescaped, without its alarms and zones", () => {
  const file = [
    "BEGIN:VCALENDAR",
    "METHOD:REQUEST",
    "BEGIN:VTIMEZONE",
    "DTSTART:19700101T000000",
    "END:VTIMEZONE",
    "BEGIN:VEVENT",
    "DTSTART;TZID=Europe/Berlin:20261123T093000",
    "SUMMARY:One\\, two\\nthree",
    " and four",
    "ORGANIZER;CN=\"Hartley; ^'Immy^'\":mailto:imogen@larchwell.example",
    "BEGIN:VALARM",
    "SUMMARY:alarm",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ].join("\r\n");
  expect(readIcs(file)).toEqual([
    { name: "METHOD", params: {}, value: "REQUEST" },
    { name: "DTSTART", params: { TZID: "Europe/Berlin" }, value: "20261123T093000" },
    { name: "SUMMARY", params: {}, value: "One, two\nthreeand four" },
    { name: "ORGANIZER", params: { CN: 'Hartley; "Immy"' }, value: "mailto:imogen@larchwell.example" },
  ]);
});
