import type { GuestMeeting } from "../model/meetings.ts";

type ToCalendar = Pick<GuestMeeting, "id" | "startAt" | "endAt"> & { title: string; where: string };

const stamp = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");
// What RFC 5545 gives a meaning to; a line break would begin another property.
const plain = (text: string) => text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ");

/**
 * An iCalendar file of one meeting. `host` is Foyer's host name: the entry is then the one that the mailed invitation brings up to
 * date, not a second one.
 */
export function calendarFile({ id, startAt, endAt, title, where }: ToCalendar, host: string): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Foyer//Meetings//EN",
    "METHOD:PUBLISH",
    "BEGIN:VEVENT",
    `UID:${id}@${host}`,
    // Older than any invitation, so that the one mailed is taken for news.
    `DTSTAMP:${stamp(0)}`,
    `DTSTART:${stamp(startAt)}`,
    `DTEND:${stamp(endAt)}`,
    `SUMMARY:${plain(title)}`,
    ...(where ? [`LOCATION:${plain(where)}`] : []),
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ];
  // A line may have 75 bytes and goes on behind a blank; in parts of 18 characters it has in any script.
  return lines.map((line) => (line.match(/.{1,18}/gu) ?? []).join("\r\n ")).join("\r\n");
}

/** Pages of calendars on the web that offer to add the meeting. */
export function calendarPages({ startAt, endAt, title, where }: ToCalendar): { name: string; url: string }[] {
  const query = (values: Record<string, string>) => new URLSearchParams(values).toString();
  return [
    {
      name: "Google Calendar",
      url: `https://calendar.google.com/calendar/render?${query({
        action: "TEMPLATE",
        text: title,
        dates: `${stamp(startAt)}/${stamp(endAt)}`,
        location: where,
      })}`,
    },
    {
      name: "Outlook",
      url: `https://outlook.office.com/calendar/0/deeplink/compose?${query({
        path: "/calendar/action/compose",
        rru: "addevent",
        subject: title,
        startdt: new Date(startAt).toISOString(),
        enddt: new Date(endAt).toISOString(),
        location: where,
      })}`,
    },
  ];
}
