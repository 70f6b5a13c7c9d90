import type { SimulatedAnswer } from "../testing-simulator-server.ts";
import type { GoogleConference, GoogleResource } from "./testing-event.ts";
import {
  cancelledResource,
  type GoogleCalendarState,
  refusal,
  resourcesOf,
  type StoredEvent,
} from "./testing-store.ts";

// What the API writes into the simulator's calendars.

export type GoogleWrites = {
  inserted: number;
  patched: number;
  removed: number;
  /** What Google would have mailed, in order. */
  mails: { to: string; about: "invitation" | "update" | "cancellation"; eventId: string }[];
  /** Readings until the next room is there. */
  roomDelay: number;
};

type Sent = Partial<GoogleResource>;

export function insertEvent(
  calendar: GoogleCalendarState,
  writes: GoogleWrites,
  json: unknown,
  query: URLSearchParams,
): SimulatedAnswer {
  const sent = json as Sent; // The judge has seen it.
  const id = sent.id ?? `own${writes.inserted + 1}`;
  if (!/^[a-v0-9]{5,1024}$/.test(id)) return refusal(400, "invalid");
  if (calendar.events.has(id)) return refusal(409, "duplicate");
  const self = { email: calendar.owner, self: true };
  const stored: StoredEvent = { id, isRemoved: false, version: ++calendar.version, told: new Set() };
  const { conferenceData, ...fields } = sent;
  const resource: GoogleResource = {
    kind: "calendar#event",
    etag: `"${stored.version}"`,
    status: "confirmed",
    created: "2027-01-01T00:00:00.000Z",
    updated: "2027-01-01T00:00:00.000Z",
    creator: self,
    organizer: self,
    start: {},
    end: {},
    iCalUID: `${id}@google.com`,
    sequence: 0,
    eventType: "default",
    ...fields,
    id,
  };
  stored.resource = withAnswers(resource);
  calendar.events.set(id, stored);
  requestRoom(stored, conferenceData, writes, query);
  writes.inserted += 1;
  mail(stored, "invitation", writes, query);
  return { status: 200, json: stored.resource };
}

export function patchEvent(
  calendar: GoogleCalendarState,
  stored: StoredEvent,
  writes: GoogleWrites,
  json: unknown,
  query: URLSearchParams,
): SimulatedAnswer {
  const before = stored.resource;
  if (!before) return refusal(403, "forbiddenForNonOrganizer");
  const { conferenceData, ...fields } = json as Sent; // The judge has seen it.
  const isMoved =
    fields.start?.dateTime !== before.start.dateTime || fields.end?.dateTime !== before.end.dateTime;
  stored.version = ++calendar.version;
  stored.isRemoved = false;
  stored.resource = withAnswers({
    ...before,
    ...fields,
    sequence: before.sequence + (isMoved ? 1 : 0),
    etag: `"${stored.version}"`,
  });
  requestRoom(stored, conferenceData, writes, query);
  writes.patched += 1;
  mail(stored, "update", writes, query);
  return { status: 200, json: stored.resource };
}

export function deleteEvent(
  calendar: GoogleCalendarState,
  stored: StoredEvent,
  writes: GoogleWrites,
  query: URLSearchParams,
): SimulatedAnswer {
  if (stored.isRemoved || stored.resource?.status === "cancelled") return refusal(410, "deleted");
  mail(stored, "cancellation", writes, query);
  stored.version = ++calendar.version;
  if (stored.resource) stored.resource = { ...stored.resource, status: "cancelled" };
  else stored.isRemoved = true;
  writes.removed += 1;
  return { status: 204 };
}

export function getEvent(calendar: GoogleCalendarState, stored: StoredEvent): SimulatedAnswer {
  if (stored.roomIsAfter !== undefined && stored.resource && --stored.roomIsAfter <= 0) {
    delete stored.roomIsAfter;
    stored.resource = withRoom(stored.resource);
  }
  return { status: 200, json: resourcesOf(stored, calendar)[0] ?? cancelledResource(stored.id) };
}

/** Without the version of its data, Google overlooks a request for a room. */
function requestRoom(
  stored: StoredEvent,
  wish: GoogleConference | undefined,
  writes: GoogleWrites,
  query: URLSearchParams,
): void {
  const { resource } = stored;
  if (!resource || !wish?.createRequest || query.get("conferenceDataVersion") !== "1") return;
  const createRequest = { ...wish.createRequest, status: { statusCode: "pending" } };
  stored.resource = { ...resource, conferenceData: { createRequest } };
  if (writes.roomDelay === 0) stored.resource = withRoom(stored.resource);
  else stored.roomIsAfter = writes.roomDelay;
  writes.roomDelay = 0;
}

function withRoom(resource: GoogleResource): GoogleResource {
  const uri = `https://meet.google.com/${resource.id.slice(-10)}`;
  return {
    ...resource,
    hangoutLink: uri,
    conferenceData: {
      createRequest: { ...resource.conferenceData?.createRequest, status: { statusCode: "success" } },
      entryPoints: [{ entryPointType: "video", uri, label: uri.slice(8) }],
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
      conferenceId: resource.id.slice(-10),
    },
  };
}

function withAnswers(resource: GoogleResource): GoogleResource {
  if (!resource.attendees) return resource;
  const attendees = resource.attendees.map((each) => ({ responseStatus: "needsAction", ...each }));
  return { ...resource, attendees };
}

function mail(
  { id, resource }: StoredEvent,
  about: GoogleWrites["mails"][number]["about"],
  { mails }: GoogleWrites,
  query: URLSearchParams,
): void {
  if (query.get("sendUpdates") !== "all") return;
  for (const { email, self } of resource?.attendees ?? [])
    if (email !== undefined && self !== true) mails.push({ to: email, about, eventId: id });
}
