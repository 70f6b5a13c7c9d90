import type { TeamId } from "../../shared/model/ids.ts";
import type { ProviderView, SsoSettings } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import type { ProviderDraft } from "../models/sso.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Switch } from "../ui/Switch.tsx";
import { draftOf } from "./SsoProviderForm.tsx";

const words = ssoText.guide.joining;

type JoiningProps = { desk: Desk; settings: SsoSettings; provider: ProviderView };

/** What new people become; saved as it is chosen, once there is something to save it with. */
export function SsoJoining({ desk, settings, provider }: JoiningProps) {
  const { sso, notices } = desk;
  const save = async (change: Partial<ProviderDraft>) => {
    if (await sso.save(provider.id, { ...draftOf(provider), ...change }))
      notices.say(ssoText.guide.theirs.saved);
  };
  if (!provider.isComplete) return <p class="sso-none">{ssoText.guide.tryIt.first}</p>;
  return (
    <>
      <p class="soft small">{words.lead}</p>
      <div class="sso-pair">
        <label class="field">
          <span>{words.role}</span>
          <select
            class="select"
            value={provider.defaultRole}
            onChange={(event) => {
              const role = event.currentTarget.value;
              void save({ defaultRole: role === "meetings_only" ? role : "rep" });
            }}
          >
            <option value="rep">{text.roles.rep}</option>
            <option value="meetings_only">{text.roles.meetings_only}</option>
          </select>
        </label>
        <label class="field">
          <span>{words.team}</span>
          <select
            class="select"
            value={provider.defaultTeamId ?? ""}
            onChange={(event) => {
              // One of the options below.
              const team = event.currentTarget.value as TeamId | "";
              void save({ defaultTeamId: team === "" ? null : team });
            }}
          >
            <option value="">{words.noTeam}</option>
            {settings.teams.map((team) => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      {provider.kind === "saml" && (
        <div class="sso-switch">
          <span class="stack">
            <span class="strong small">{words.idpTitle}</span>
            <span class="soft small">{words.idpHint}</span>
          </span>
          <Switch
            label={words.idpTitle}
            isOn={provider.allowsIdpInitiated}
            isBusy={sso.isBusy.value}
            onChange={(isOn) => void save({ allowsIdpInitiated: isOn })}
          />
        </div>
      )}
    </>
  );
}
