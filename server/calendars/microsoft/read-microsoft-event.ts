import { z } from "zod";
import type { MeetingId, ZoneName } from "../../../shared/model/ids.ts";
import type { Interval } from "../../../shared/time/intervals.ts";
import type { Zones } from "../../../shared/time/zone.ts";
import { instantOfClock, wholeDays, within } from "../event-times.ts";
import type { CalendarItem } from "../port.ts";

// What an event of Outlook's means for its owner's time; the table is ../meaning.ts.

const time = z.object({ dateTime: z.string(), timeZone: z.string() });

/** What we read of an event that keeps time: one time of a series has all of it too, in a calendar's view. */
export const microsoftBusyEvent = z.object({
  id: z.string(),
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish(),
  showAs: z.string().nullish(),
  responseStatus: z.object({ response: z.string().nullish() }).nullish(),
  start: time.nullish(),
  end: time.nullish(),
  transactionId: z.string().nullish(),
});
export type MicrosoftBusyEvent = z.infer<typeof microsoftBusyEvent>;

/** The fields above, for Graph to send no more than these. */
export const microsoftBusyFields = "id,isAllDay,isCancelled,showAs,responseStatus,start,end,transactionId";

/** A zone as Graph names it, Windows' way or IANA's; undefined for one of somebody's own making. */
export type ZoneOf = (name: string) => ZoneName | undefined;

/** Undefined when it keeps its owner at a time that cannot be read. */
export function readMicrosoftEvent(
  event: MicrosoftBusyEvent,
  calendarZone: ZoneName,
  window: Interval,
  { zones, zoneOf }: { zones: Zones; zoneOf: ZoneOf },
): CalendarItem | undefined {
  const item = { source: event.id, ownMeetingId: meetingIdOf(event.transactionId) };
  if (!keepsItsOwner(event)) return { ...item, busy: [] };
  const when =
    event.isAllDay === true ? daysOf(event, calendarZone, zones) : timeOf(event, { zones, zoneOf });
  return when && { ...item, busy: within(window, when) };
}

/** Graph makes one event of all requests with the same; what follows the meeting's id counts its tries. */
export function transactionIdOf(meetingId: MeetingId, attempt: number | null): string {
  return `foyer-${meetingId}${attempt === null ? "" : `-${attempt}`}`;
}

/**
 * The meeting of an event that we wrote. By this, and not by a property of ours: Outlook copies those when its owner
 * duplicates the event, and the copy is an appointment like any other.
 */
export function meetingIdOf(transactionId: string | null | undefined): MeetingId | null {
  const [, id] =
    /^foyer-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d+)?$/.exec(transactionId ?? "") ?? [];
  return id === undefined ? null : (id as MeetingId); // Made of one, by the function above.
}

function keepsItsOwner({ isCancelled, showAs, responseStatus }: MicrosoftBusyEvent): boolean {
  return (
    isCancelled !== true &&
    showAs !== "free" &&
    showAs !== "workingElsewhere" &&
    responseStatus?.response !== "declined"
  );
}

/** Midnights of no zone, whatever zone the answer names: days, as its owner sees them. */
function daysOf({ start, end }: MicrosoftBusyEvent, zone: ZoneName, zones: Zones): Interval | undefined {
  const day = (text = "") => text.slice(0, 10);
  return wholeDays(day(start?.dateTime), day(end?.dateTime), zone, zones);
}

function timeOf(
  { start, end }: MicrosoftBusyEvent,
  { zones, zoneOf }: { zones: Zones; zoneOf: ZoneOf },
): Interval | undefined {
  const [from, until] = [start, end].map((at) => {
    const zone = at ? zoneOf(at.timeZone) : undefined;
    return at && zone !== undefined ? instantOfClock(at.dateTime, zone, zones) : undefined;
  });
  return from === undefined || until === undefined ? undefined : { start: from, end: until };
}
