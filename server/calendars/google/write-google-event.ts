import { z } from "zod";
import type { EventToWrite, WrittenEvent } from "../port.ts";
import { eventIdOf } from "./event-id.ts";

// A meeting of ours as an event of Google's, and what became of it.

/** What we read of an event that we wrote. */
export const googleOwnEvent = z.object({
  id: z.string(),
  etag: z.string().optional(),
  status: z.string().optional(),
  summary: z.string().optional(),
  description: z.string().optional(),
  location: z.string().optional(),
  start: z.object({ dateTime: z.string().optional() }).optional(),
  end: z.object({ dateTime: z.string().optional() }).optional(),
  attendees: z
    .array(
      z.looseObject({
        email: z.string().optional(),
        self: z.boolean().optional(),
        organizer: z.boolean().optional(),
      }),
    )
    .optional(),
  hangoutLink: z.string().optional(),
  conferenceData: z
    .object({
      createRequest: z
        .object({ status: z.object({ statusCode: z.string().optional() }).optional() })
        .optional(),
      entryPoints: z
        .array(z.object({ entryPointType: z.string().optional(), uri: z.string().optional() }))
        .optional(),
    })
    .optional(),
});
export type GoogleOwnEvent = z.infer<typeof googleOwnEvent>;

export function eventToInsert(event: EventToWrite) {
  const id = eventIdOf(event.meetingId);
  return {
    id,
    ...fieldsOf(event),
    attendees: attendeesOf(event),
    guestsCanInviteOthers: false,
    ...(event.makesRoom === "meet" ? { conferenceData: roomRequest(id) } : {}),
  };
}

/** What must change for the event to stand as wished; null when it does. Guests who answered keep their answer. */
export function eventToPatch(event: EventToWrite, found: GoogleOwnEvent) {
  const wished = attendeesOf(event);
  const known = found.attendees ?? [];
  const attendees = [
    ...known.filter(({ self, organizer }) => self === true || organizer === true),
    ...wished.map(
      (guest) => known.find(({ email, self }) => self !== true && isSame(email, guest.email)) ?? { ...guest },
    ),
  ];
  const isAsWished =
    found.status !== "cancelled" &&
    found.summary === event.title &&
    (found.description ?? "") === event.description &&
    (found.location ?? "") === event.location &&
    Date.parse(found.start?.dateTime ?? "") === event.startAt &&
    Date.parse(found.end?.dateTime ?? "") === event.endAt &&
    attendees.length === known.length &&
    attendees.every(({ email }) => known.some((each) => isSame(each.email, email)));
  const lacksRoom = event.makesRoom === "meet" && roomOf(found) === "none";
  if (isAsWished && !lacksRoom) return null;
  return {
    status: "confirmed",
    ...fieldsOf(event),
    attendees,
    // A request that was made before is ignored under the same name.
    ...(lacksRoom ? { conferenceData: roomRequest(`${found.id}-${event.sequence}`) } : {}),
  };
}

export function writtenGoogleEvent(found: GoogleOwnEvent, event: EventToWrite): WrittenEvent {
  const video = found.conferenceData?.entryPoints?.find(({ entryPointType }) => entryPointType === "video");
  return {
    externalId: found.id,
    etag: found.etag ?? null,
    joinUrl: found.hangoutLink ?? video?.uri ?? null,
    isRoomPending: event.makesRoom === "meet" && roomOf(found) === "pending",
  };
}

function fieldsOf({ title, description, location, startAt, endAt, zone }: EventToWrite) {
  const at = (instant: number) => ({ dateTime: new Date(instant).toISOString(), timeZone: zone });
  return { summary: title, description, location, start: at(startAt), end: at(endAt) };
}

/** Whoever is named here has the event in their own calendar, told or not: so nobody is when we invite by ourselves. */
function attendeesOf({ attendees, invites }: EventToWrite) {
  return invites ? attendees.map(({ name, email }) => ({ email, displayName: name })) : [];
}

function roomRequest(requestId: string) {
  return { createRequest: { requestId, conferenceSolutionKey: { type: "hangoutsMeet" } } };
}

function roomOf({ hangoutLink, conferenceData }: GoogleOwnEvent): "ready" | "pending" | "none" {
  if (hangoutLink !== undefined || conferenceData?.entryPoints?.some(({ uri }) => uri !== undefined))
    return "ready";
  return conferenceData?.createRequest?.status?.statusCode === "pending" ? "pending" : "none";
}

function isSame(one: unknown, other: unknown): boolean {
  return typeof one === "string" && typeof other === "string" && one.toLowerCase() === other.toLowerCase();
}
