import type ICAL from "ical.js";
import { foldIcs } from "../../fold-ics.ts";
import type { EventGuest, EventToWrite } from "../port.ts";
import { meetingProperty } from "./read-event.ts";

/** What the server's copy shows of a meeting, and what of it must never be older. */
export type EventText = { event: EventToWrite; sequence: number; stampAt: number };

/**
 * The meeting as an object of a calendar. Times are UTC, so that nobody needs to know our zones. `SCHEDULE-AGENT=CLIENT` keeps servers that
 * schedule (RFC 6638) from mailing the guests: our own mails do.
 */
export async function writeIcs({ event, sequence, stampAt }: EventText): Promise<string> {
  const { default: ical } = await import("ical.js");
  const calendar = new ical.Component("vcalendar");
  calendar.updatePropertyWithValue("prodid", "-//Foyer//Meetings//EN");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("calscale", "GREGORIAN");
  const part = new ical.Component("vevent");
  const utc = (instant: number) => ical.Time.fromJSDate(new Date(instant), true);
  part.updatePropertyWithValue("uid", event.uid);
  part.updatePropertyWithValue("sequence", sequence);
  part.updatePropertyWithValue("dtstamp", utc(stampAt));
  part.updatePropertyWithValue("dtstart", utc(event.startAt));
  part.updatePropertyWithValue("dtend", utc(event.endAt));
  part.updatePropertyWithValue("summary", printable(event.title));
  if (event.description !== "") part.updatePropertyWithValue("description", printable(event.description));
  if (event.location !== "") part.updatePropertyWithValue("location", printable(event.location));
  if (event.url !== null) part.updatePropertyWithValue("url", event.url);
  part.updatePropertyWithValue("status", "CONFIRMED");
  part.updatePropertyWithValue("transp", "OPAQUE");
  part.updatePropertyWithValue(meetingProperty.toLowerCase(), event.meetingId);
  if (event.attendees.length > 0) {
    part.addProperty(person(ical, "organizer", event.host, { "schedule-agent": "CLIENT" }));
    for (const attendee of [...event.attendees, event.host])
      part.addProperty(
        person(ical, "attendee", attendee, {
          cutype: "INDIVIDUAL",
          role: "REQ-PARTICIPANT",
          partstat: "ACCEPTED",
          "schedule-agent": "CLIENT",
        }),
      );
  }
  calendar.addSubcomponent(part);
  return foldIcs(calendar.toString());
}

function person(
  ical: typeof ICAL,
  name: "organizer" | "attendee",
  { name: commonName, email }: EventGuest,
  parameters: Readonly<Record<string, string>>,
): ICAL.Property {
  const property = new ical.Property(name);
  property.setValue(`mailto:${email}`);
  property.setParameter("cn", printable(commonName).replaceAll(/\s+/g, " "));
  for (const [key, value] of Object.entries(parameters)) property.setParameter(key, value);
  return property;
}

/** Control characters have no place in a calendar (RFC 5545, 3.3.11); strict servers refuse the whole. */
function printable(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll(/[^\P{Cc}\n\t]/gu, "");
}
