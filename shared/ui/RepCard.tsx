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

/** Photo, first and last name, job title, presence. */
export function RepCard({ card, size = 44, presenceLabel, children }: RepCardProps) {
  return (
    <div class="fy-rep">
      <Avatar card={card} size={size} presence={presenceLabel ? card.presence : null} />
      <div class="fy-rep-words">
        <div class="fy-rep-name">
          {card.firstName} {card.lastName}
        </div>
        <div class="fy-rep-title">
          {card.jobTitle}
          {presenceLabel && <span class={`fy-rep-presence fy-${card.presence}`}>{presenceLabel}</span>}
        </div>
      </div>
      {children}
    </div>
  );
}
