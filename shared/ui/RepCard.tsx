import type { ComponentChildren } from "preact";
import type { RepCard as Card } from "../model/people.ts";
import { Avatar } from "./Avatar.tsx";

type RepCardProps = {
  card: Card;
  size?: number;
  /** The presence in words, shown after the job title; left out where presence does not matter. */
  presenceLabel?: string | undefined;
  /** Stands at the end of the card: a count, a button. */
  children?: ComponentChildren;
};

/** Photo, first and last name, job title, presence. Made of spans, so that it may stand in a heading or a button. */
export function RepCard({ card, size = 44, presenceLabel, children }: RepCardProps) {
  return (
    <span class="fy-rep">
      <Avatar card={card} size={size} presence={presenceLabel ? card.presence : null} />
      <span class="fy-rep-words">
        <span class="fy-rep-name">
          {card.firstName} {card.lastName}
        </span>
        <span class="fy-rep-title">
          <span class="fy-rep-parts">
            {card.jobTitle && <span>{card.jobTitle}</span>}
            {presenceLabel && <span>{presenceLabel}</span>}
          </span>
        </span>
      </span>
      {children}
    </span>
  );
}
