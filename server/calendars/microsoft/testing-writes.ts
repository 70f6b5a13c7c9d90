import type { Event } from "@microsoft/microsoft-graph-types";
import type { SimulatedAnswer } from "../testing-simulator-server.ts";
import { eventsIn, type GraphCalendarState, refusal, type StoredEvent } from "./testing-store.ts";

// What the API writes into the simulator's calendars.

export type GraphWrites = {
  posted: number;
  patched: number;
  removed: number;
  /** What Exchange would have mailed, in order. */
  mails: { to: string; about: "invitation" | "update" | "cancellation"; eventId: string; comment?: string }[];
  /** Readings until the next room is there. */
  roomDelay: number;
};

export function postEvent(
  calendar: GraphCalendarState,
  writes: GraphWrites,
  json: unknown,
  { hasRooms, id }: { hasRooms: boolean; id: string },
): SimulatedAnswer {
  const { singleValueExtendedProperties, ...fields } = json as Event; // The judge has seen it.
  const sent = JSON.stringify(json);
  const same = [...calendar.events.values()].find(
    ({ resource }) => fields.transactionId && resource?.transactionId === fields.transactionId,
  );
  if (same && (same.isRemoved || same.sent !== sent)) return refusal(409, "ErrorDuplicateTransactionId");
  if (same) return { status: 201, json: same.resource };
  if (fields.isOnlineMeeting === true && !hasRooms) return refusal(400, "ErrorInvalidRequest");
  const [property] = singleValueExtendedProperties ?? [];
  const stored: StoredEvent = {
    id,
    sent,
    isRemoved: false,
    version: ++calendar.version,
    told: new Set(),
    ...(property?.id && property.value
      ? { meetingProperty: { id: property.id, value: property.value } }
      : {}),
    resource: {
      id,
      changeKey: `key-${calendar.version}`,
      iCalUId: `uid-${id}`,
      isAllDay: false,
      isCancelled: false,
      isOrganizer: true,
      isOnlineMeeting: false,
      showAs: "busy",
      type: "singleInstance",
      seriesMasterId: null,
      responseStatus: { response: "organizer", time: "0001-01-01T00:00:00Z" },
      organizer: { emailAddress: { name: calendar.owner, address: calendar.owner } },
      onlineMeeting: null,
      ...inFull(fields),
    },
  };
  calendar.events.set(id, stored);
  openRoom(stored, writes);
  writes.posted += 1;
  mail(stored, "invitation", writes);
  return { status: 201, json: stored.resource };
}

export function patchEvent(
  calendar: GraphCalendarState,
  stored: StoredEvent,
  writes: GraphWrites,
  json: unknown,
): SimulatedAnswer {
  const before = stored.resource;
  if (!before) return refusal(403, "ErrorAccessDenied");
  const fields = json as Event; // The judge has seen it.
  if ("transactionId" in fields) return refusal(400, "ErrorInvalidRequest");
  stored.version = ++calendar.version;
  // Written over, the way into the room is gone, and the room with it.
  const room = fields.body && before.isOnlineMeeting ? { isOnlineMeeting: false, onlineMeeting: null } : {};
  stored.resource = { ...before, ...inFull(fields), ...room, changeKey: `key-${stored.version}` };
  if (fields.isOnlineMeeting === true) openRoom(stored, writes);
  writes.patched += 1;
  mail(stored, "update", writes);
  return { status: 200, json: stored.resource };
}

export function removeEvent(
  calendar: GraphCalendarState,
  stored: StoredEvent,
  writes: GraphWrites,
  comment?: string,
): SimulatedAnswer {
  if (comment !== undefined && (stored.resource?.attendees ?? []).length === 0)
    return refusal(400, "ErrorInvalidRequest");
  mail(stored, "cancellation", writes, comment);
  stored.isRemoved = true;
  stored.version = ++calendar.version;
  writes.removed += 1;
  return { status: comment === undefined ? 204 : 202 };
}

export function getEvent(calendar: GraphCalendarState, stored: StoredEvent): SimulatedAnswer {
  if (stored.roomIsAfter !== undefined && --stored.roomIsAfter <= 0) {
    delete stored.roomIsAfter;
    stored.resource = { ...stored.resource, onlineMeeting: { joinUrl: joinUrlOf(stored) } };
  }
  return { status: 200, json: eventsIn(stored, calendar)[0] };
}

function openRoom(stored: StoredEvent, writes: GraphWrites): void {
  if (stored.resource?.isOnlineMeeting !== true) return;
  if (writes.roomDelay > 0) stored.roomIsAfter = writes.roomDelay;
  else stored.resource = { ...stored.resource, onlineMeeting: { joinUrl: joinUrlOf(stored) } };
  writes.roomDelay = 0;
}

function joinUrlOf({ id }: StoredEvent): string {
  return `https://teams.microsoft.com/l/meetup-join/${encodeURIComponent(id)}`;
}

/** Times come back with seven digits, and attendees with an answer. */
function inFull({ start, end, attendees, ...rest }: Event): Event {
  const long = (time: NonNullable<Event["start"]>) => ({ ...time, dateTime: `${time.dateTime}.0000000` });
  return {
    ...rest,
    ...(start ? { start: long(start) } : {}),
    ...(end ? { end: long(end) } : {}),
    ...(attendees
      ? {
          attendees: attendees.map((each) => ({
            ...each,
            status: { response: "none" as const, time: "0001-01-01T00:00:00Z" },
          })),
        }
      : {}),
  };
}

function mail(
  { id, resource }: StoredEvent,
  about: GraphWrites["mails"][number]["about"],
  { mails }: GraphWrites,
  comment?: string,
): void {
  for (const { emailAddress } of resource?.attendees ?? []) {
    const to = emailAddress?.address ?? "";
    mails.push({ to, about, eventId: id, ...(comment === undefined ? {} : { comment }) });
  }
}
