import { useState } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import type { SsoSettings } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import { memberName } from "../models/members.ts";
import { ssoText } from "../text/sso.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";

const words = ssoText.only;
/** Named in the question; the others are counted. */
const mostNamed = 5;

/** Passwords off or on, with what that means, and who keeps theirs. */
export function SsoOnlyCard({ desk, settings }: { desk: Desk; settings: SsoSettings }) {
  const { sso } = desk;
  const { admins, isSsoOnly } = settings;
  const saved = admins.filter(({ isBreakGlass }) => isBreakGlass).map(({ id }) => id);
  const [chosen, setChosen] = useState<readonly MemberId[]>(saved);
  const [hasAsked, setAsked] = useState(false);
  /** The one who is about to switch passwords off reads first whom that leaves outside. */
  const [outside, setOutside] = useState<readonly string[] | null>(null);
  const isPossible = settings.providers.some(({ isOn }) => isOn);
  const isChanged = [...chosen].sort().join() !== [...saved].sort().join();
  const toggle = (id: MemberId, isOn: boolean) =>
    setChosen(isOn ? [...chosen, id] : chosen.filter((each) => each !== id));
  const look = async () => {
    await desk.members.load();
    const proven = settings.domains.filter(({ provenAt }) => provenAt !== null).map(({ domain }) => domain);
    const leftOut = desk.members.members.value.filter(
      ({ id, email, isActive }) =>
        isActive && !chosen.includes(id) && !proven.includes(email.split("@").at(-1)?.toLowerCase() ?? ""),
    );
    setOutside(leftOut.map(memberName));
  };
  const set = async (isOn: boolean) => {
    setOutside(null);
    setAsked(true);
    if (await sso.setOnly(isOn, [...chosen])) desk.notices.say(isOn ? words.savedOn : words.savedOff);
  };
  return (
    <section class="card">
      <div class="settings-head">
        <h2>{words.title}</h2>
        {isSsoOnly && <span class="tag tag-now">{ssoText.states.on}</span>}
      </div>
      <p class="soft small">{words.lead}</p>
      {!isPossible && !isSsoOnly ? (
        <p class="sso-none">{words.first}</p>
      ) : (
        <>
          <ul class="sso-what">
            {words.what.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          <fieldset class="sso-admins">
            <legend>{words.who}</legend>
            <p class="field-hint">{admins.length === 0 ? words.nobody : words.whoHint}</p>
            {admins.map((admin) => (
              <label key={admin.id} class="check">
                <input
                  type="checkbox"
                  checked={chosen.includes(admin.id)}
                  onChange={(event) => toggle(admin.id, event.currentTarget.checked)}
                />
                <span class="sso-admin">
                  <span>{admin.name}</span>
                  <span class="soft small cut">{admin.email}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {hasAsked && <Problem code={sso.refusal.value?.code ?? null} />}
          <div class="form-actions">
            {isSsoOnly && isChanged && (
              <Button
                look="primary"
                isBusy={sso.isBusy.value}
                isDisabled={chosen.length === 0}
                onClick={() => void set(true)}
              >
                {words.save}
              </Button>
            )}
            <Button
              look={isSsoOnly ? "plain" : "danger"}
              isBusy={sso.isBusy.value}
              isDisabled={!isSsoOnly && chosen.length === 0}
              onClick={() => void (isSsoOnly ? set(false) : look())}
            >
              {isSsoOnly ? words.turnOff : words.turnOn}
            </Button>
          </div>
        </>
      )}
      {outside && (
        <Dialog
          title={words.sureTitle}
          onClose={() => setOutside(null)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setOutside(null)}>
                {words.keep}
              </Button>
              <Button look="danger" onClick={() => void set(true)}>
                {words.turnOn}
              </Button>
            </>
          }
        >
          <p>{words.sure}</p>
          {outside.length > 0 && (
            <p class="field-problem">
              {words.outside(outside.slice(0, mostNamed).join(", "), Math.max(0, outside.length - mostNamed))}
            </p>
          )}
        </Dialog>
      )}
    </section>
  );
}
