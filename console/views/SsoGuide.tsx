import { useEffect, useRef, useState } from "preact/hooks";
import type { ProviderView, SsoSettings } from "../../shared/protocol/sso-routes.ts";
import type { Desk } from "../models/desk.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { GuideStep } from "../ui/GuideStep.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Switch } from "../ui/Switch.tsx";
import { ProviderState } from "./ProviderState.tsx";
import { SsoJoining } from "./SsoJoining.tsx";
import { SsoProviderForm } from "./SsoProviderForm.tsx";
import { SsoRun } from "./SsoRun.tsx";

const words = ssoText.guide;

type GuideProps = { desk: Desk; settings: SsoSettings; provider: ProviderView };

/** One provider from a draft to "on", in five steps. */
export function SsoGuide({ desk, settings, provider }: GuideProps) {
  const { sso, notices } = desk;
  const [isRemoving, setRemoving] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  // Back from a try: its result is what one came for, and it stands far down.
  useEffect(() => {
    if (sso.tried.peek() !== provider.id) return;
    result.current?.scrollIntoView({ block: "center" });
    result.current?.focus({ preventScroll: true });
    sso.seeTried();
  }, [sso, provider.id]);
  const isLastWay =
    settings.isSsoOnly && provider.isOn && settings.providers.filter(({ isOn }) => isOn).length === 1;
  const hasDomain = settings.domains.some(({ provenAt }) => provenAt !== null);
  const turn = async (isOn: boolean) => {
    if (await sso.turn(provider.id, isOn)) notices.say(isOn ? words.turn.turnedOn : words.turn.turnedOff);
  };
  const isReadyToTry = provider.isComplete && hasDomain;
  return (
    <div class="settings">
      <div class="sso-guide-head">
        <Button look="quiet" size="small" icon="back" onClick={() => sso.show(null)}>
          {words.back}
        </Button>
        <div class="sso-guide-title">
          <h2 class="cut">{provider.name}</h2>
          <span class="soft small">{ssoText.kinds[provider.kind]}</span>
          <ProviderState provider={provider} />
        </div>
      </div>
      <GuideStep number={1} title={words.ours.title} isDone={provider.isComplete}>
        <Ours provider={provider} />
      </GuideStep>
      <GuideStep number={2} title={words.theirs.title} isDone={provider.isComplete}>
        <SsoProviderForm desk={desk} provider={provider} />
      </GuideStep>
      <GuideStep number={3} title={words.joining.title} isDone={provider.isComplete}>
        <SsoJoining desk={desk} settings={settings} provider={provider} />
      </GuideStep>
      <GuideStep number={4} title={words.tryIt.title} isDone={provider.verifiedAt !== null}>
        <p class="soft small">{words.tryIt.lead}</p>
        {!provider.isComplete && <p class="sso-none">{words.tryIt.first}</p>}
        {provider.isComplete && !hasDomain && <p class="sso-none">{words.tryIt.noDomain}</p>}
        {provider.isOn && !provider.lastRun && <p class="sso-warn">{words.tryIt.changed}</p>}
        <div ref={result} tabIndex={-1} class="sso-result">
          {provider.lastRun && <SsoRun run={provider.lastRun} />}
        </div>
        <AwayProblem desk={desk} />
        <div class="form-actions">
          <Button
            look={provider.verifiedAt === null ? "primary" : "plain"}
            isBusy={sso.isBusy.value}
            isDisabled={!isReadyToTry}
            onClick={() => void sso.verify(provider.id)}
          >
            {words.tryIt.button}
          </Button>
        </div>
      </GuideStep>
      <GuideStep number={5} title={words.turn.title} isDone={provider.isOn}>
        <div class="sso-switch">
          <p class="soft small">
            {provider.verifiedAt === null
              ? words.turn.first
              : provider.isOn
                ? words.turn.on
                : words.turn.lead}
          </p>
          {provider.verifiedAt !== null && (
            <Switch
              label={words.turn.label}
              isOn={provider.isOn}
              isBusy={sso.isBusy.value}
              onChange={(isOn) => {
                if (!isLastWay) void turn(isOn);
                else notices.say(words.needed);
              }}
            />
          )}
        </div>
      </GuideStep>
      <div class="form-actions">
        <Button look="quiet" icon="trash" onClick={() => setRemoving(true)}>
          {words.remove}
        </Button>
      </div>
      {isRemoving && (
        <Dialog
          title={words.removeTitle}
          onClose={() => setRemoving(false)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setRemoving(false)}>
                {text.common.cancel}
              </Button>
              <Button
                look="danger"
                isBusy={sso.isBusy.value}
                isDisabled={isLastWay}
                onClick={() => void sso.remove(provider.id)}
              >
                {text.common.delete}
              </Button>
            </>
          }
        >
          {isLastWay ? (
            <p>{words.needed}</p>
          ) : (
            <div class="form">
              <p>{words.removeWords(provider.name)}</p>
              <p>{words.removePeople(provider.people, provider.onlyWayOf.length)}</p>
              {provider.people > 0 && <p>{words.removeSessions}</p>}
              {provider.onlyWayOf.includes(desk.session.value.member.id) && (
                <p class="sso-warn">{words.removeMine}</p>
              )}
            </div>
          )}
        </Dialog>
      )}
    </div>
  );
}

function Ours({ provider: { kind, ours } }: { provider: ProviderView }) {
  return (
    <>
      <p class="soft small">{kind === "oidc" ? words.ours.oidc : words.ours.saml}</p>
      {"redirectUrl" in ours ? (
        <CopyField label={words.ours.redirectUrl} value={ours.redirectUrl} />
      ) : (
        <>
          <CopyField label={words.ours.entityId} value={ours.entityId} />
          <CopyField label={words.ours.acsUrl} value={ours.acsUrl} />
          <CopyField label={words.ours.metadataUrl} value={ours.metadataUrl} />
          <a class="button button-plain button-small sso-download" href={ours.metadataUrl} download>
            {words.ours.download}
          </a>
        </>
      )}
    </>
  );
}

/** Before the way there has begun: the provider could not even be asked. */
function AwayProblem({ desk: { sso } }: { desk: Desk }) {
  const refusal = sso.refusal.value;
  if (refusal === null || refusal.code === "proof_needed" || refusal.code === "invalid_input") return null;
  if (refusal.code !== "unavailable") return <Problem code={refusal.code} />;
  const isOdd = refusal.field === "wrong_issuer";
  return (
    <div class="problem" role="alert">
      <p>{isOdd ? ssoText.runProblems.wrong_issuer : ssoText.runProblems.unreachable}</p>
    </div>
  );
}
