import { useEffect, useId } from "preact/hooks";
import type { TeamId } from "../../shared/model/ids.ts";
import type { Desk } from "../models/desk.ts";
import { siteTeamText as words } from "../text/site-team.ts";
import { Icon } from "../ui/Icon.tsx";

type SiteTeamProps = {
  desk: Desk;
  /** Null: everybody. */
  teamId: TeamId | null;
  savedId: TeamId | null;
  onChange: (teamId: TeamId | null) => void;
};

/** Who answers on a site: everybody, or one team. Part of its form: the live site follows when that is saved. */
export function SiteTeam({ desk: { members }, teamId, savedId, onChange }: SiteTeamProps) {
  const hintId = useId();
  useEffect(() => void members.load(), [members]);
  const teams = members.teams.value;
  if (teams === null || (teams.length === 0 && savedId === null)) return null;
  const chosen = teams.find(({ id }) => id === teamId);
  const answering = chosen === undefined ? null : members.answeringIn(chosen);
  return (
    <div class="site-team">
      <label class="field">
        <span>{words.label}</span>
        <select
          class="select"
          value={teamId ?? ""}
          aria-describedby={hintId}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange(value === "" ? null : (value as TeamId)); // An option of ours.
          }}
        >
          <option value="">{words.everybody}</option>
          {teams.map(({ id, name, memberIds }) => (
            <option key={id} value={id}>
              {words.team(name, members.isLoaded.value ? members.activeIn(memberIds) : memberIds.length)}
            </option>
          ))}
        </select>
      </label>
      <p class="field-hint" id={hintId}>
        {words.hint}
      </p>
      {answering === 0 && (
        <p class="gate-warning gate-warning-strong" role="status">
          <Icon name="warning" size={17} />
          <span>{words.empty}</span>
        </p>
      )}
    </div>
  );
}
