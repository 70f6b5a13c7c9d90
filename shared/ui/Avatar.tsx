import type { Presence, RepCard } from "../model/people.ts";

type AvatarProps = {
  card: Pick<RepCard, "firstName" | "lastName" | "photoUrl">;
  /** CSS pixels; 40 if left out. */
  size?: number;
  /** Draws the dot. Its meaning must also stand in words nearby: the dot is decoration. */
  presence?: Presence | null;
};

/** A face, or initials on a steady colour. Decorative: the name stands beside it. */
export function Avatar({ card, size = 40, presence }: AvatarProps) {
  const name = card.firstName + card.lastName;
  let hue = 0;
  for (let at = 0; at < name.length; at++) hue = (hue * 31 + name.charCodeAt(at)) % 360;
  return (
    <span class="fy-avatar" aria-hidden="true" style={{ "--fy-size": `${size}px`, "--fy-hue": hue }}>
      {card.photoUrl ? (
        <img src={card.photoUrl} alt="" width={size} height={size} draggable={false} />
      ) : (
        <span class="fy-initials">{initial(card.firstName) + initial(card.lastName)}</span>
      )}
      {presence && <span class={`fy-dot fy-${presence}`} />}
    </span>
  );
}

// By code point, so that a name that starts outside the basic plane is not cut in half.
function initial(name: string): string {
  return [...name][0] ?? "";
}
