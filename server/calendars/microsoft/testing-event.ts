import type { DateTimeTimeZone, Event } from "@microsoft/microsoft-graph-types";
import { createZones } from "../../../shared/time/zone.ts";
import type { OutsideEvent } from "../testing-counterpart.ts";
import { type Happening, instantAt, isDay } from "../testing-series.ts";

// Events as Graph answers them, for the simulator: typed by Microsoft's own types.

const zones = createZones();
const shows: Partial<Record<OutsideEvent["kind"], Event["showAs"]>> = {
  free: "free",
  tentative: "tentative",
  invited: "tentative",
  out_of_office: "oof",
  working_elsewhere: "workingElsewhere",
};
const responses: Partial<Record<OutsideEvent["kind"], "notResponded" | "declined" | "accepted">> = {
  invited: "notResponded",
  declined: "declined",
  cancelled: "accepted",
};

export function happeningId(base: string, event: OutsideEvent, { planned }: Happening): string {
  return event.repeats ? `${base}.${planned.replace(/\D/g, "")}` : base;
}

/** One time of an event that was put there from outside. */
export function microsoftEvent(
  base: string,
  event: OutsideEvent,
  happening: Happening,
  { owner, version }: { owner: string; version: number },
): Event {
  const response = responses[event.kind] ?? "organizer";
  const organizer = response === "organizer" ? owner : "host@elsewhere.example";
  return {
    id: happeningId(base, event, happening),
    changeKey: `key-${version}`,
    iCalUId: `uid-${base}`,
    subject: event.title,
    body: { contentType: "text", content: "" },
    start: timeOf(happening.start, event.zone),
    end: timeOf(happening.end, event.zone),
    location: { displayName: "" },
    isAllDay: isDay(event.start),
    isCancelled: event.kind === "cancelled",
    isOrganizer: response === "organizer",
    isOnlineMeeting: false,
    showAs: shows[event.kind] ?? "busy",
    type: event.repeats ? (isMoved(event, happening) ? "exception" : "occurrence") : "singleInstance",
    seriesMasterId: event.repeats ? base : null,
    responseStatus: { response, time: "0001-01-01T00:00:00Z" },
    organizer: { emailAddress: { name: organizer, address: organizer } },
    attendees: [],
    transactionId: null,
  };
}

/** What the changes tell of a time of a series: not what it means. */
export function reducedEvent({ id, type, seriesMasterId, start, end }: Event): Event {
  return {
    id: id ?? "",
    type: type ?? null,
    seriesMasterId: seriesMasterId ?? null,
    start: start ?? null,
    end: end ?? null,
  };
}

/** [start, end) as instants; whole days in the mailbox's zone, as Exchange chooses by. */
export function timeOfEvent({ start, end, isAllDay }: Event, mailboxZone: string) {
  const at = (time: DateTimeTimeZone | null | undefined) => {
    const text = (time?.dateTime ?? "").slice(0, 19);
    return isAllDay ? instantAt(text.slice(0, 16), mailboxZone, zones) : Date.parse(`${text}Z`);
  };
  return { start: at(start), end: at(end) };
}

/** In UTC with seven digits and no offset; a whole day is a midnight of no zone. */
function timeOf(text: string, zone: string): DateTimeTimeZone {
  const clock = isDay(text)
    ? `${text}T00:00:00`
    : new Date(instantAt(text, zone, zones)).toISOString().slice(0, 19);
  return { dateTime: `${clock}.0000000`, timeZone: "UTC" };
}

function isMoved({ repeats }: OutsideEvent, { planned }: Happening): boolean {
  return repeats?.moved.some(({ from }) => from === planned) === true;
}
