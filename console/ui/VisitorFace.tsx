import { Avatar } from "../../shared/ui/Avatar.tsx";
import { Icon } from "./Icon.tsx";

type VisitorFaceProps = { visitor: { id: string; name: string | null }; size: number; isOnline?: boolean };

/** Initials once the name is known; before, a figure on a colour that stays with the visitor. */
export function VisitorFace({ visitor, size, isOnline }: VisitorFaceProps) {
  const [firstName = "", ...rest] = (visitor.name ?? "").split(/\s+/);
  let hue = 0;
  for (const char of visitor.id) hue = (hue * 31 + char.charCodeAt(0)) % 360;
  if (visitor.name) {
    const card = { firstName, lastName: rest.at(-1) ?? "", photoUrl: null };
    return <Avatar card={card} size={size} presence={isOnline ? "available" : null} />;
  }
  return (
    <span class="face" aria-hidden="true" style={{ "--size": `${size}px`, "--hue": hue }}>
      <Icon name="person" size={Math.round(size * 0.56)} />
      {isOnline && <span class="fy-dot fy-available" />}
    </span>
  );
}
