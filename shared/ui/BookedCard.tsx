import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ZoneName } from "../model/ids.ts";
import type { GuestMeeting } from "../model/meetings.ts";
import type { BookerWords } from "./booker-props.ts";
import { CalendarLeaf } from "./CalendarLeaf.tsx";
import { MeetingPlace } from "./MeetingPlace.tsx";
import { RepCard } from "./RepCard.tsx";

type BookedCardProps = {
  meeting: GuestMeeting;
  /** Where it can be moved or cancelled. */
  manageUrl: string | null;
  zone: ZoneName;
  locale?: string | undefined;
  words: BookerWords;
  /** What else can be done from here. */
  children?: ComponentChildren;
};

/** "Your meeting is booked": when, with whom, where, and what can be done with it. Takes the focus, so that it is read out. */
export function BookedCard({ meeting, manageUrl, zone, locale, words, children }: BookedCardProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <section class="fy-booked">
      <h2 ref={title} tabIndex={-1}>
        {words.booked}
      </h2>
      {meeting.typeName && <p>{meeting.typeName}</p>}
      <CalendarLeaf startAt={meeting.startAt} endAt={meeting.endAt} zone={zone} locale={locale} />
      <RepCard card={meeting.host} />
      <MeetingPlace place={meeting.place} words={words.meeting} />
      <p class="fy-soft">{words.mailed(meeting.guestEmail)}</p>
      {children}
      {manageUrl && (
        <a class="fy-link" href={manageUrl} target="_blank" rel="noopener">
          {words.meeting.manage}
        </a>
      )}
    </section>
  );
}
