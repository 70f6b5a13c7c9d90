import { z } from "zod";
import type { ZoneName } from "../../../shared/model/ids.ts";
import type { Interval } from "../../../shared/time/intervals.ts";
import type { Zones } from "../../../shared/time/zone.ts";
import { instantOfClock, wholeDays, within } from "../event-times.ts";
import type { CalendarItem } from "../port.ts";
import { meetingIdOf } from "./event-id.ts";

// What an event of Google's means for its owner's time; the table is ../meaning.ts.

const time = z.object({
  date: z.string().optional(),
  dateTime: z.string().optional(),
  timeZone: z.string().optional(),
});

/** What we read of an event that keeps time. One that is cancelled may have nothing but its id. */
export const googleBusyEvent = z.object({
  id: z.string(),
  status: z.string().optional(),
  transparency: z.string().optional(),
  eventType: z.string().optional(),
  start: time.optional(),
  end: time.optional(),
  attendees: z
    .array(z.object({ self: z.boolean().optional(), responseStatus: z.string().optional() }))
    .optional(),
});
export type GoogleBusyEvent = z.infer<typeof googleBusyEvent>;

/** The fields above, for Google to send no more than these. */
export const googleBusyFields = "id,status,transparency,eventType,start,end,attendees(self,responseStatus)";

/** Undefined when it keeps its owner at a time that cannot be read. */
export function readGoogleEvent(
  event: GoogleBusyEvent,
  calendarZone: ZoneName,
  window: Interval,
  zones: Zones,
): CalendarItem | undefined {
  const item = { source: event.id, ownMeetingId: meetingIdOf(event.id) };
  if (!keepsItsOwner(event)) return { ...item, busy: [] };
  const when = timeOf(event, calendarZone, zones);
  return when && { ...item, busy: within(window, when) };
}

function keepsItsOwner({ status, transparency, eventType, attendees = [] }: GoogleBusyEvent): boolean {
  return (
    status !== "cancelled" &&
    transparency !== "transparent" &&
    eventType !== "workingLocation" &&
    !attendees.some(({ self, responseStatus }) => self === true && responseStatus === "declined")
  );
}

function timeOf({ start, end }: GoogleBusyEvent, zone: ZoneName, zones: Zones): Interval | undefined {
  if (start?.date !== undefined) return wholeDays(start.date, end?.date ?? start.date, zone, zones);
  const from = instantOf(start, zone, zones);
  const until = instantOf(end ?? start, zone, zones);
  return from === undefined || until === undefined ? undefined : { start: from, end: until };
}

function instantOf(at: z.infer<typeof time> | undefined, zone: ZoneName, zones: Zones): number | undefined {
  if (at?.dateTime === undefined) return undefined;
  if (!/(?:Z|[+-]\d\d:?\d\d)$/i.test(at.dateTime)) {
    return instantOfClock(at.dateTime, at.timeZone ?? zone, zones);
  }
  const instant = Date.parse(at.dateTime);
  return Number.isNaN(instant) ? undefined : instant;
}
