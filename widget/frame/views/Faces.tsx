import type { RepCard } from "../../../shared/model/people.ts";
import { Avatar } from "../../../shared/ui/Avatar.tsx";

/** Up to three faces of the team, those who are here first, overlapping. */
export function Faces({ team, size }: { team: readonly RepCard[]; size: number }) {
  return (
    <span class="fy-faces">
      {[...team]
        .sort((a, b) => Number(b.presence === "available") - Number(a.presence === "available"))
        .slice(0, 3)
        .map((card) => (
          <Avatar key={card.id} card={card} size={size} />
        ))}
    </span>
  );
}
