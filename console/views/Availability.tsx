import type { TeamMember } from "../../shared/model/people.ts";
import type { Desk } from "../models/desk.ts";
import { text } from "../text.ts";
import { Switch } from "../ui/Switch.tsx";

type AvailabilityProps = { desk: Desk; me: TeamMember; onToggle: () => void };

/** The one switch, and in words what it means now. */
export function Availability({ desk, me, onToggle }: AvailabilityProps) {
  const { team } = desk;
  if (me.role === "meetings_only") {
    return (
      <div class="availability">
        <span class="availability-words">
          <strong>{text.availability.meetingsOnly}</strong>
          <span class="soft small">{text.availability.meetingsOnlyHint}</span>
        </span>
      </div>
    );
  }
  const isOn = team.isAvailable.value;
  const isBusy = isOn && me.presence === "busy";
  const state = !isOn ? "away" : isBusy ? "busy" : "available";
  const words = {
    available: [text.availability.on, text.availability.onHint],
    busy: [text.availability.busy, text.availability.busyHint(me.openChats, me.capacity)],
    away: [
      text.availability.off,
      me.hasMissedOffers ? text.availability.missedHint : text.availability.offHint,
    ],
  }[state];
  return (
    <div class={`availability availability-${state}`}>
      <span class="availability-words">
        <strong>{words[0]}</strong>
        <span class="soft small">{words[1]}</span>
      </span>
      <Switch
        label={text.availability.label}
        isOn={isOn}
        isBusy={team.isSwitching.value}
        keys="Alt+S"
        onChange={onToggle}
      />
    </div>
  );
}
