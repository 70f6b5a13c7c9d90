import { useState } from "preact/hooks";
import type { TeamView } from "../../shared/protocol/member-routes.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { membersText as words } from "../text/members.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { TeamDialog } from "./TeamDialog.tsx";

/** Faces shown of a team; the others are counted. */
const mostFaces = 6;

/** The teams: a line opens one. */
export function MembersTeams({ desk }: { desk: Desk }) {
  const { members: model } = desk;
  const teams = model.teams.value;
  const [open, setOpen] = useState<TeamView | "new" | null>(null);
  const makeNew = () => setOpen("new");
  return (
    <div class="teams">
      <Problem code={model.problem.value} onRetry={() => void model.load()} />
      {!teams ? (
        !model.problem.value && <div class="skeleton" aria-hidden="true" />
      ) : teams.length === 0 ? (
        <Empty icon="person" title={words.teams.emptyTitle}>
          <p>{words.teams.emptyWords}</p>
          <Button look="primary" icon="plus" onClick={makeNew}>
            {words.teams.new}
          </Button>
        </Empty>
      ) : (
        <>
          <div class="teams-head">
            <p class="soft">{words.teams.lead}</p>
            <Button look="primary" icon="plus" onClick={makeNew}>
              {words.teams.new}
            </Button>
          </div>
          <ul class="teams-list">
            {teams.map((team) => (
              <li key={team.id}>
                <TeamLine desk={desk} team={team} onOpen={() => setOpen(team)} />
              </li>
            ))}
          </ul>
        </>
      )}
      {open && <TeamDialog desk={desk} team={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function TeamLine({ desk, team, onOpen }: { desk: Desk; team: TeamView; onOpen: () => void }) {
  const people = desk.members.members.value.filter(
    ({ id, isActive }) => isActive && team.memberIds.includes(id),
  );
  return (
    <button type="button" class="team-line" aria-haspopup="dialog" onClick={onOpen}>
      <span class="team-words">
        <span class="strong break" dir="auto">
          {team.name}
        </span>
        <span class="soft small">{words.teams.members(people.length)}</span>
      </span>
      <span class="team-faces" aria-hidden="true">
        {people.slice(0, mostFaces).map((member) => (
          <Avatar key={member.id} card={member} size={28} />
        ))}
        {people.length > mostFaces && <span class="tag">{words.moreTeams(people.length - mostFaces)}</span>}
      </span>
      <Icon name="next" size={16} />
    </button>
  );
}
