import { useState } from "preact/hooks";
import type { TeamId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import type { Desk } from "../models/desk.ts";
import type { SiteDraft } from "../models/sites.ts";
import { fullName } from "../models/team.ts";
import { siteTeamText } from "../text/site-team.ts";
import { settingsText } from "../text/workspace.ts";
import { Button } from "../ui/Button.tsx";
import { ColorField } from "../ui/ColorField.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { Switch } from "../ui/Switch.tsx";
import { OriginList } from "./OriginList.tsx";
import { SiteTeam } from "./SiteTeam.tsx";

const words = settingsText.sites;

type SiteFormProps = { desk: Desk; site: SiteView; onRemove: () => void };

/** Everything of a site that can be changed. */
export function SiteForm({ desk, site, onRemove }: SiteFormProps) {
  const { sites: model, team } = desk;
  const [draft, setDraft] = useState<SiteDraft | null>(null);
  /** Undefined: as it is saved. */
  const [draftTeam, setTeam] = useState<TeamId | null | undefined>(undefined);
  const { name, origins, look, greeting } = draft ?? site;
  const now: SiteDraft = { name, origins, look, greeting };
  const { name: savedName, origins: savedOrigins, look: savedLook, greeting: savedGreeting } = site;
  const saved: SiteDraft = {
    name: savedName,
    origins: savedOrigins,
    look: savedLook,
    greeting: savedGreeting,
  };
  const teamId = draftTeam === undefined ? site.teamId : draftTeam;
  const isTeamNew = teamId !== site.teamId;
  const isDraftNew = JSON.stringify(now) !== JSON.stringify(saved);
  const isWhole =
    name.trim() !== "" &&
    look.companyName.trim() !== "" &&
    (greeting === null || greeting.text.trim() !== "");
  const edit = (change: Partial<SiteDraft>) => setDraft({ ...now, ...change });
  const greeters = team.members.value.filter(({ role }) => role !== "meetings_only");
  const save = async () => {
    if (!isWhole || (isDraftNew && !(await model.save(site.id, now)))) return;
    setDraft(null);
    if (isTeamNew && !(await model.setTeam(site.id, teamId))) return;
    setTeam(undefined);
    desk.notices.say(isTeamNew ? siteTeamText.saved : settingsText.saved);
  };
  return (
    <form
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <SiteTeam desk={desk} teamId={teamId} savedId={site.teamId} onChange={setTeam} />
      <OriginList origins={origins} onChange={(next) => edit({ origins: next })} />
      <div class="form-pair">
        <label class="field">
          <span>{words.name}</span>
          <input
            value={name}
            maxLength={limits.nameChars}
            onInput={(event) => edit({ name: event.currentTarget.value })}
          />
          <span class="field-hint">{words.nameHint}</span>
        </label>
        <label class="field">
          <span>{words.companyName}</span>
          <input
            value={look.companyName}
            maxLength={limits.nameChars}
            onInput={(event) => edit({ look: { ...look, companyName: event.currentTarget.value } })}
          />
        </label>
      </div>
      <ColorField
        label={words.widgetColor}
        ownLabel={settingsText.colorOwn}
        value={look.color}
        onChange={(color) => edit({ look: { ...look, color } })}
      />
      <div class="field">
        <span>{words.side}</span>
        <div>
          <Segmented
            label={words.side}
            value={look.position}
            segments={(["left", "right"] as const).map((value) => ({ value, label: words.sides[value] }))}
            onChange={(position) => edit({ look: { ...look, position } })}
          />
        </div>
      </div>
      <div class="site-greeting">
        <div class="site-switch">
          <div>
            <strong>{words.greeting}</strong>
            <p class="field-hint">{words.greetingHint}</p>
          </div>
          <Switch
            label={words.greeting}
            isOn={greeting !== null}
            onChange={(isOn) =>
              edit({
                greeting: isOn
                  ? { text: "", afterSeconds: 8, memberId: greeters[0]?.id ?? desk.myId.value }
                  : null,
              })
            }
          />
        </div>
        {greeting && (
          <>
            <label class="field">
              <span>{words.greetingWords}</span>
              <textarea
                rows={2}
                dir="auto"
                value={greeting.text}
                maxLength={limits.greetingChars}
                onInput={(event) => edit({ greeting: { ...greeting, text: event.currentTarget.value } })}
              />
            </label>
            <div class="form-pair">
              <label class="field">
                <span>{words.greetingBy}</span>
                <select
                  class="select"
                  value={greeting.memberId}
                  onChange={(event) => {
                    const chosen = greeters.find(({ id }) => id === event.currentTarget.value);
                    if (chosen) edit({ greeting: { ...greeting, memberId: chosen.id } });
                  }}
                >
                  {greeters.map((member) => (
                    <option key={member.id} value={member.id}>
                      {fullName(member)}
                    </option>
                  ))}
                </select>
                <span class="field-hint">{words.greetingByHint}</span>
              </label>
              <label class="field">
                <span>{words.greetingAfter}</span>
                <input
                  type="number"
                  min={0}
                  max={600}
                  value={greeting.afterSeconds}
                  onInput={(event) => {
                    const seconds = Math.round(Number(event.currentTarget.value));
                    if (seconds >= 0 && seconds <= 600)
                      edit({ greeting: { ...greeting, afterSeconds: seconds } });
                  }}
                />
              </label>
            </div>
          </>
        )}
      </div>
      <div class="form-actions">
        <Button
          look="primary"
          type="submit"
          isBusy={model.isSaving.value}
          isDisabled={!(isDraftNew || isTeamNew) || !isWhole}
        >
          {words.save}
        </Button>
        {(isDraftNew || isTeamNew) && (
          <Button
            look="quiet"
            onClick={() => {
              setDraft(null);
              setTeam(undefined);
            }}
          >
            {settingsText.undo}
          </Button>
        )}
        <Button look="quiet" icon="trash" class="push" onClick={onRemove}>
          {words.remove}
        </Button>
      </div>
    </form>
  );
}
