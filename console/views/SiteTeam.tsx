import { useEffect, useId } from "preact/hooks";
import type { TeamId } from "../../shared/model/ids.ts";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import type { Desk } from "../models/desk.ts";
import { siteTeamText as words } from "../text/site-team.ts";
import { Icon } from "../ui/Icon.tsx";

type SiteTeamProps = { desk: Desk; site: SiteView };

/** Who answers on this site: everybody, or one team. */
export function SiteTeam({ desk, site }: SiteTeamProps) {
  const { sites, members } = desk;
  const hintId = useId();
  useEffect(() => void members.load(), [members]);
  const teams = members.teams.value;
  if (teams === null || (teams.length === 0 && site.teamId === null)) return null;
  const chosen = teams.find(({ id }) => id === site.teamId);
  const choose = async (teamId: TeamId | null) => {
    if (await sites.setTeam(site.id, teamId)) desk.notices.say(words.saved);
  };
  return (
    <div class="site-team">
      <label class="field">
        <span>{words.label}</span>
        <select
          class="select"
          value={site.teamId ?? ""}
          aria-describedby={hintId}
          onChange={(event) => {
            const { value } = event.currentTarget;
            void choose(value === "" ? null : (value as TeamId)); // An option of ours.
          }}
        >
          <option value="">{words.everybody}</option>
          {teams.map(({ id, name, memberIds }) => (
            <option key={id} value={id}>
              {words.team(name, memberIds.length)}
            </option>
          ))}
        </select>
      </label>
      <p class="field-hint" id={hintId}>
        {words.hint}
      </p>
      {chosen?.memberIds.length === 0 && (
        <p class="gate-warning gate-warning-strong" role="status">
          <Icon name="warning" size={17} />
          <span>{words.empty}</span>
        </p>
      )}
    </div>
  );
}
