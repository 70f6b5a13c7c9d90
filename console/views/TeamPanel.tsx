import type { TeamMember } from "../../shared/model/people.ts";
import { RepCard } from "../../shared/ui/RepCard.tsx";
import type { Team } from "../models/team.ts";
import { text } from "../text.ts";

const order = { available: 0, busy: 1, away: 2, offline: 3 } as const;

/** Who is there: photo, name, job title, presence, open chats. */
export function TeamPanel({ team }: { team: Team }) {
  const me = team.me.value;
  const members = [...team.members.value].sort(
    (a, b) => order[a.presence] - order[b.presence] || a.firstName.localeCompare(b.firstName),
  );
  return (
    <div class="team">
      <h2 class="side-title">{text.team.title}</h2>
      <ul>
        {members.map((member) => (
          <li key={member.id} class={`team-card team-${member.presence}`}>
            <RepCard card={member} size={40} presenceLabel={presenceOf(member, me)}>
              {member.role !== "meetings_only" && <Load member={member} />}
            </RepCard>
          </li>
        ))}
      </ul>
    </div>
  );
}

function presenceOf(member: TeamMember, me: TeamMember | null): string {
  const presence = text.presence[member.presence];
  return member.id === me?.id ? `${presence} (${text.team.you})` : presence;
}

/** Open chats as filled places out of those a rep takes. */
function Load({ member }: { member: TeamMember }) {
  const places = Math.max(member.capacity, member.openChats);
  const label = text.team.chats(member.openChats, member.capacity);
  return (
    <span class="load" role="img" aria-label={label} title={label}>
      {Array.from({ length: Math.min(places, 8) }, (_, at) => (
        <span key={at} class={at < member.openChats ? "load-place load-taken" : "load-place"} />
      ))}
    </span>
  );
}
