import { createZones } from "../../../shared/time/zone.ts";
import type { OutsideEvent } from "../testing-counterpart.ts";
import { type Happening, instantAt, isDay, withOffset } from "../testing-series.ts";

// Events as Google answers them, for the simulator.

export type GoogleTime = { date?: string; dateTime?: string; timeZone?: string };
export type GoogleAttendee = {
  email?: string;
  displayName?: string;
  self?: boolean;
  organizer?: boolean;
  responseStatus?: string;
};
export type GoogleConference = {
  createRequest?: {
    requestId?: string;
    conferenceSolutionKey?: { type?: string };
    status?: { statusCode?: string };
  };
  entryPoints?: { entryPointType: string; uri: string; label: string }[];
  conferenceSolution?: { key: { type: string }; name: string };
  conferenceId?: string;
};
export type GoogleResource = {
  kind: "calendar#event";
  etag: string;
  id: string;
  status: string;
  created: string;
  updated: string;
  summary?: string;
  description?: string;
  location?: string;
  creator: { email: string; self: boolean };
  organizer: { email: string; self: boolean };
  start: GoogleTime;
  end: GoogleTime;
  iCalUID: string;
  sequence: number;
  eventType: string;
  transparency?: string;
  attendees?: GoogleAttendee[];
  guestsCanInviteOthers?: boolean;
  recurringEventId?: string;
  originalStartTime?: GoogleTime;
  hangoutLink?: string;
  conferenceData?: GoogleConference;
};

const zones = createZones();
const eventTypes: Partial<Record<OutsideEvent["kind"], string>> = {
  out_of_office: "outOfOffice",
  focus_time: "focusTime",
  working_elsewhere: "workingLocation",
};
const answers: Partial<Record<OutsideEvent["kind"], string>> = {
  invited: "needsAction",
  declined: "declined",
};

export function happeningId(base: string, event: OutsideEvent, { planned }: Happening): string {
  if (!event.repeats) return base;
  const at = isDay(planned)
    ? planned.replaceAll("-", "")
    : new Date(instantAt(planned, event.zone, zones)).toISOString().replace(/[-:]|\.000/g, "");
  return `${base}_${at}`;
}

/** One time of an event that was put there from outside. */
export function googleResource(
  base: string,
  event: OutsideEvent,
  happening: Happening,
  { owner, version }: { owner: string; version: number },
): GoogleResource {
  const time = (text: string): GoogleTime =>
    isDay(text)
      ? { date: text }
      : { dateTime: withOffset(instantAt(text, event.zone, zones), event.zone, zones), timeZone: event.zone };
  const answer = answers[event.kind];
  const isCancelled = event.kind === "cancelled" || happening.isCancelled;
  const organizer = answer === undefined ? owner : "host@elsewhere.example";
  return {
    kind: "calendar#event",
    etag: `"${version}"`,
    id: happeningId(base, event, happening),
    status: isCancelled ? "cancelled" : event.kind === "tentative" ? "tentative" : "confirmed",
    created: "2027-01-01T00:00:00.000Z",
    updated: "2027-01-01T00:00:00.000Z",
    summary: event.title,
    creator: { email: organizer, self: organizer === owner },
    organizer: { email: organizer, self: organizer === owner },
    start: time(happening.start),
    end: time(happening.end),
    iCalUID: `${base}@google.com`,
    sequence: 0,
    eventType: eventTypes[event.kind] ?? "default",
    ...(["free", "working_elsewhere"].includes(event.kind) ? { transparency: "transparent" } : {}),
    ...(answer === undefined
      ? {}
      : {
          attendees: [
            { email: organizer, organizer: true, responseStatus: "accepted" },
            { email: owner, self: true, responseStatus: answer },
          ],
        }),
    ...(event.repeats ? { recurringEventId: base, originalStartTime: time(happening.planned) } : {}),
  };
}

/** [start, end) as instants; whole days in the calendar's zone, as Google chooses by. */
export function timeOfResource({ start, end }: GoogleResource, calendarZone: string) {
  const at = ({ date, dateTime }: GoogleTime) =>
    dateTime === undefined ? instantAt(date ?? "", calendarZone, zones) : Date.parse(dateTime);
  return { start: at(start), end: at(end) };
}

/** What `fields` leaves of an answer: `nextPageToken,items(id,attendees(self))`. */
export function pickFields(value: unknown, fields: string): unknown {
  if (Array.isArray(value)) return value.map((each) => pickFields(each, fields));
  if (typeof value !== "object" || value === null) return value;
  const picked: Record<string, unknown> = {};
  for (const [, name = "", inner] of fields.matchAll(/(\w+)(?:\(((?:[^()]|\([^()]*\))*)\))?/g)) {
    const found = (value as Record<string, unknown>)[name]; // An object of JSON.
    if (found !== undefined) picked[name] = inner === undefined ? found : pickFields(found, inner);
  }
  return picked;
}
