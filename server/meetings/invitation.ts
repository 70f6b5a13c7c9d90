import ICAL from "ical.js";
import type { Instant } from "../../shared/model/ids.ts";
import { foldIcs } from "../fold-ics.ts";
import { oneLine } from "../mail/one-line.ts";

/** One meeting as calendars exchange it (RFC 5545, RFC 5546). */
export type InvitationInput = {
  method: "REQUEST" | "CANCEL";
  /** The same for the meeting's whole life. */
  uid: string;
  /** Grows with each move and with the cancellation; calendars ignore what is older than they know. */
  sequence: number;
  /** When this version was made: part of the mail, so that a second copy is the same. */
  stampAt: Instant;
  startAt: Instant;
  endAt: Instant;
  summary: string;
  description: string;
  /** A link or a number; empty for none. */
  location: string;
  url: string | null;
  organizer: { name: string; email: string };
  guest: { name: string; email: string };
  /** The other hosts of a meeting of several. */
  coHosts: readonly { name: string; email: string }[];
};

/** Times are UTC, so that no calendar needs to know our zones. */
export function writeInvitation(input: InvitationInput): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("prodid", "-//Foyer//Meetings//EN");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("calscale", "GREGORIAN");
  calendar.updatePropertyWithValue("method", input.method);

  const event = new ICAL.Component("vevent");
  event.updatePropertyWithValue("uid", input.uid);
  event.updatePropertyWithValue("sequence", input.sequence);
  event.updatePropertyWithValue("dtstamp", utc(input.stampAt));
  event.updatePropertyWithValue("dtstart", utc(input.startAt));
  event.updatePropertyWithValue("dtend", utc(input.endAt));
  event.updatePropertyWithValue("summary", oneLine(input.summary));
  event.updatePropertyWithValue("description", input.description);
  if (input.location !== "") event.updatePropertyWithValue("location", oneLine(input.location));
  if (input.url !== null) event.updatePropertyWithValue("url", input.url);
  event.updatePropertyWithValue("status", input.method === "CANCEL" ? "CANCELLED" : "CONFIRMED");
  event.updatePropertyWithValue("transp", "OPAQUE");
  event.addProperty(person("organizer", input.organizer, {}));
  // All have agreed already, and answers by mail are not read: nobody is asked for one.
  for (const attendee of [input.guest, input.organizer, ...input.coHosts]) {
    event.addProperty(
      person("attendee", attendee, {
        cutype: "INDIVIDUAL",
        role: "REQ-PARTICIPANT",
        partstat: "ACCEPTED",
        rsvp: "FALSE",
      }),
    );
  }
  calendar.addSubcomponent(event);
  return foldIcs(calendar.toString());
}

function utc(instant: Instant): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(instant), true);
}

function person(
  name: "organizer" | "attendee",
  { name: commonName, email }: { name: string; email: string },
  parameters: Readonly<Record<string, string>>,
): ICAL.Property {
  const property = new ICAL.Property(name);
  property.setValue(`mailto:${email}`);
  property.setParameter("cn", oneLine(commonName));
  for (const [key, value] of Object.entries(parameters)) property.setParameter(key, value);
  return property;
}
