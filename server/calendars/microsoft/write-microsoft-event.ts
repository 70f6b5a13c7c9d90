import type { Event } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import type { EventToWrite, WrittenEvent } from "../port.ts";
import { transactionIdOf } from "./read-microsoft-event.ts";

// A meeting of ours as an event in Outlook, and what became of it.

/** Under which an event of ours can be searched for: of our own making, and never to be changed. */
export const meetingProperty = "String {6f1d3c52-8a0e-4b57-9c41-2f7f0d9be8a3} Name FoyerMeeting";

/** What we read of an event that we wrote. */
export const microsoftOwnEvent = z.object({
  id: z.string(),
  changeKey: z.string().nullish(),
  isCancelled: z.boolean().nullish(),
  subject: z.string().nullish(),
  body: z.object({ content: z.string().nullish() }).nullish(),
  location: z.object({ displayName: z.string().nullish() }).nullish(),
  start: z.object({ dateTime: z.string(), timeZone: z.string() }).nullish(),
  end: z.object({ dateTime: z.string(), timeZone: z.string() }).nullish(),
  attendees: z
    .array(z.object({ emailAddress: z.object({ address: z.string().nullish() }).nullish() }))
    .nullish(),
  isOnlineMeeting: z.boolean().nullish(),
  onlineMeeting: z.object({ joinUrl: z.string().nullish() }).nullish(),
});
export type MicrosoftOwnEvent = z.infer<typeof microsoftOwnEvent>;

export const microsoftOwnFields =
  "id,changeKey,isCancelled,subject,body,location,start,end,attendees,isOnlineMeeting,onlineMeeting";

/** `attempt`: null for the first, for which one event is made however often it is sent. */
export function eventToPost(event: EventToWrite, attempt: number | null, hasRooms: boolean) {
  return {
    transactionId: transactionIdOf(event.meetingId, attempt),
    singleValueExtendedProperties: [{ id: meetingProperty, value: event.meetingId }],
    allowNewTimeProposals: false,
    subject: event.title,
    body: { contentType: "text", content: event.description },
    location: { displayName: event.location },
    ...timesOf(event),
    attendees: attendeesOf(event),
    ...(event.makesRoom === "teams" && hasRooms ? room : {}),
  } satisfies Event;
}

/** What must change for the event to stand as wished; null when it does. */
export function eventToPatch(event: EventToWrite, found: MicrosoftOwnEvent, hasRooms: boolean): Event | null {
  const { start, end } = timesOf(event);
  const attendees = attendeesOf(event);
  const known = new Set((found.attendees ?? []).map((each) => each.emailAddress?.address?.toLowerCase()));
  const hasSameGuests =
    known.size === attendees.length &&
    attendees.every(({ emailAddress }) => known.has(emailAddress.address.toLowerCase()));
  const isOnline = found.isOnlineMeeting === true;
  const patch: Event = {
    ...(found.subject === event.title ? {} : { subject: event.title }),
    ...(isSameTime(found.start, start) && isSameTime(found.end, end) ? {} : { start, end }),
    // Teams writes its own name under "where" when there is nothing else.
    ...((found.location?.displayName ?? "") === event.location || (isOnline && event.location === "")
      ? {}
      : { location: { displayName: event.location } }),
    // The way into a room of Teams stands in the body too, and one that is written over it loses the room.
    ...(isOnline || plain(found.body?.content).includes(plain(event.description))
      ? {}
      : { body: { contentType: "text", content: event.description } }),
    ...(hasSameGuests ? {} : { attendees }),
    ...(event.makesRoom === "teams" && hasRooms && !isOnline ? room : {}),
  };
  return Object.keys(patch).length === 0 ? null : patch;
}

export function writtenMicrosoftEvent(found: MicrosoftOwnEvent, event: EventToWrite): WrittenEvent {
  const joinUrl = found.onlineMeeting?.joinUrl ?? null;
  return {
    externalId: found.id,
    etag: found.changeKey ?? null,
    joinUrl,
    isRoomPending: event.makesRoom === "teams" && found.isOnlineMeeting === true && joinUrl === null,
  };
}

const room = { isOnlineMeeting: true, onlineMeetingProvider: "teamsForBusiness" } as const satisfies Event;

/** In UTC: a wall clock shows one hour twice in autumn, and everybody's Outlook shows their own zone anyway. */
function timesOf({ startAt, endAt }: EventToWrite) {
  const at = (instant: number) => ({
    dateTime: new Date(instant).toISOString().slice(0, 19),
    timeZone: "UTC",
  });
  return { start: at(startAt), end: at(endAt) };
}

/** Graph mails whoever is named here: so nobody is when we invite by ourselves. */
function attendeesOf({ attendees, invites }: EventToWrite) {
  return invites
    ? attendees.map(({ name, email }) => ({
        emailAddress: { name, address: email },
        type: "required" as const,
      }))
    : [];
}

function isSameTime(
  found: { dateTime: string; timeZone: string } | null | undefined,
  wished: { dateTime: string },
): boolean {
  return found?.timeZone === "UTC" && found.dateTime.slice(0, 19) === wished.dateTime;
}

/** Exchange keeps bodies in a form of its own: lines break elsewhere when they come back. */
function plain(text: string | null | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
