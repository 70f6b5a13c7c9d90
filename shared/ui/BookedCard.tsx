import { useEffect, useRef } from "preact/hooks";
import type { Instant, ZoneName } from "../model/ids.ts";
import type { RepCard as Card } from "../model/people.ts";
import type { BookerWords } from "./booker-props.ts";
import { CalendarLeaf } from "./CalendarLeaf.tsx";
import { RepCard } from "./RepCard.tsx";

type BookedCardProps = {
  startAt: Instant;
  endAt: Instant;
  host: Card;
  email: string;
  zone: ZoneName;
  locale?: string | undefined;
  words: Pick<BookerWords, "booked" | "mailed">;
};

/** "Your meeting is booked", with the day as a leaf of a calendar. Takes the focus, so that it is read out. */
export function BookedCard({ startAt, endAt, host, email, zone, locale, words }: BookedCardProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <section class="fy-booked">
      <h2 ref={title} tabIndex={-1}>
        {words.booked}
      </h2>
      <CalendarLeaf startAt={startAt} endAt={endAt} zone={zone} locale={locale} />
      <RepCard card={host} />
      <p class="fy-soft">{words.mailed(email)}</p>
    </section>
  );
}
