import { useEffect, useRef, useState } from "preact/hooks";
import type { ProviderAppView } from "../../shared/protocol/connection-routes.ts";
import type { Desk } from "../models/desk.ts";
import { integrationsText } from "../text/integrations.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { CopyField } from "../ui/CopyField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { GuideStep } from "../ui/GuideStep.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";
import { AppForm } from "./AppForm.tsx";
import { AppState } from "./AppState.tsx";

const words = integrationsText.guide;

/** One provider from nothing to "works", in four steps. */
export function IntegrationGuide({ desk, app }: { desk: Desk; app: ProviderAppView }) {
  const { integrations } = desk;
  const head = useRef<HTMLHeadingElement>(null);
  const [isRemoving, setRemoving] = useState(false);
  const { title, register, steps, after } = integrationsText.providers[app.provider];
  const isSaved = app.clientId !== null;
  useEffect(() => head.current?.focus(), []);
  return (
    <div class="settings">
      <div class="sso-guide-head">
        <Button look="quiet" size="small" icon="back" onClick={() => integrations.show(null)}>
          {words.back}
        </Button>
        <div class="sso-guide-title">
          <ProviderMark of={app.provider} size={34} />
          <h2 ref={head} tabIndex={-1} class="guide-name">
            {title}
          </h2>
          <AppState app={app} />
        </div>
      </div>
      <GuideStep number={1} title={words.steps.register} isDone={isSaved}>
        <ol class="guide-list">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <a
          class="button button-plain button-small sso-download"
          href={app.registerUrl}
          target="_blank"
          rel="noreferrer"
        >
          {register}
          <Icon name="source" size={15} />
        </a>
        <p class="sso-none">{after}</p>
      </GuideStep>
      <GuideStep number={2} title={words.steps.copy} isDone={isSaved}>
        <p class="soft small">{words.copyLead}</p>
        <CopyField label={words.redirectUrl} value={app.redirectUrl} />
        <CopyField label={words.scopes} value={app.scopes.join(" ")} />
        <p class="field-hint">{words.scopesHint}</p>
      </GuideStep>
      <GuideStep number={3} title={words.steps.paste} isDone={isSaved}>
        <AppForm desk={desk} app={app} />
      </GuideStep>
      <GuideStep
        number={4}
        title={words.steps.test}
        isDone={app.isVerified || integrations.check.value === "works"}
      >
        <AppTest desk={desk} app={app} />
      </GuideStep>
      {isSaved && (
        <div class="form-actions">
          <Button look="quiet" icon="trash" onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
        </div>
      )}
      {isRemoving && <RemoveDialog desk={desk} app={app} onClose={() => setRemoving(false)} />}
    </div>
  );
}

function ownSection({ provider }: ProviderAppView): "calendars" | "meeting-details" {
  return provider === "zoom" ? "meeting-details" : "calendars";
}

/** Asks the provider, without a person, and says what came of it in one sentence. */
function AppTest({ desk, app }: { desk: Desk; app: ProviderAppView }) {
  const { integrations, places } = desk;
  const [isTesting, setTesting] = useState(false);
  const check = integrations.check.value;
  const isSaved = app.clientId !== null;
  const refusal = integrations.refusal.value;
  const test = async () => {
    setTesting(true);
    await integrations.test(app.provider);
    setTesting(false);
  };
  const tone = check === "works" ? "sso-run-good" : "sso-run-bad";
  return (
    <>
      <p class="soft small">{words.testLead}</p>
      {!isSaved && <p class="sso-none">{words.testFirst}</p>}
      {app.isVerified && check === null && (
        <p class="guide-verified">
          <Icon name="check" size={16} /> {words.verified}
        </p>
      )}
      <div role="status">
        {check && (
          <p class={`sso-run ${tone}`}>
            <span class="sso-run-title">
              <Icon name={check === "works" ? "check" : "warning"} size={16} />
              <span>{integrationsText.checks[check]}</span>
            </span>
          </p>
        )}
      </div>
      {refusal && refusal.code !== "proof_needed" && refusal.code !== "invalid_input" && (
        <Problem code={refusal.code} />
      )}
      <div class="form-actions">
        <Button
          look={isSaved && !app.isVerified ? "primary" : "plain"}
          isBusy={isTesting}
          isDisabled={!isSaved}
          onClick={() => void test()}
        >
          {isTesting ? words.testing : words.test}
        </Button>
        {isSaved && (
          <Button
            look="quiet"
            onClick={() => places.go({ page: "me", conversationId: null, section: ownSection(app) })}
          >
            {words.mine}
          </Button>
        )}
      </div>
    </>
  );
}

type RemoveDialogProps = { desk: Desk; app: ProviderAppView; onClose: () => void };

function RemoveDialog({ desk, app, onClose }: RemoveDialogProps) {
  const { integrations, notices } = desk;
  const { title } = integrationsText.providers[app.provider];
  const remove = async () => {
    if (!(await integrations.remove(app.provider))) return;
    void desk.connections.load();
    notices.say(words.removed(title));
    onClose();
  };
  const refusal = integrations.refusal.value;
  return (
    <Dialog
      title={words.removeTitle(title)}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button look="danger" isBusy={integrations.isBusy.value} onClick={() => void remove()}>
            {words.remove}
          </Button>
        </>
      }
    >
      <ul class="follows">
        {words.removeWords(title).map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {refusal && refusal.code !== "proof_needed" && <Problem code={refusal.code} />}
    </Dialog>
  );
}
