import type { GuestMeeting } from "../model/meetings.ts";
import type { MeetingWords } from "./booker-props.ts";
import { calendarFile, calendarPages } from "./calendar-file.ts";

/** A file for any calendar, and the pages of those on the web. */
export function AddToCalendar({ meeting, words }: { meeting: GuestMeeting; words: MeetingWords }) {
  const { host, place, typeName } = meeting;
  const entry = {
    ...meeting,
    title: typeName ?? words.meetingWith(`${host.firstName} ${host.lastName}`),
    where: place?.joinUrl ?? place?.phone ?? "",
  };
  const file = calendarFile(entry, location.hostname);
  return (
    <details class="fy-calendars">
      <summary>{words.toCalendar}</summary>
      <a href={`data:text/calendar;charset=utf-8,${encodeURIComponent(file)}`} download="meeting.ics">
        {words.calendarFile}
      </a>
      {calendarPages(entry).map(({ name, url }) => (
        <a key={name} href={url} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      ))}
    </details>
  );
}
