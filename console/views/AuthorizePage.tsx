import { useEffect, useId, useRef } from "preact/hooks";
import type { SessionView } from "../../shared/model/session.ts";
import type { AskingApp } from "../../shared/protocol/apps-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { Authorize } from "../models/authorize.ts";
import { appsText } from "../text/apps.ts";
import { text } from "../text.ts";
import { clockTime } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Gate } from "./Gate.tsx";

type AuthorizePageProps = { authorize: Authorize; session: SessionView; onLeave: () => void };

/** An app asks to be let in: the person enters its code, sees who asks, and presses one of two buttons. */
export function AuthorizePage({ authorize, session, onLeave }: AuthorizePageProps) {
  useEffect(() => void authorize.arrive(), [authorize]);
  const step = authorize.step.value;
  const app = authorize.app.value;
  if (step === "code" || app === null) return <CodeForm authorize={authorize} />;
  if (step === "question") return <Question authorize={authorize} app={app} session={session} />;
  const isAllowed = step === "allowed";
  return (
    <Gate
      icon={isAllowed ? "check" : "close"}
      title={isAllowed ? appsText.doneTitle : appsText.deniedTitle}
      tone={isAllowed ? "good" : "plain"}
    >
      <p class="soft">{isAllowed ? appsText.doneWords : appsText.deniedWords}</p>
      <div class="gate-actions">
        <Button size="large" onClick={onLeave}>
          {appsText.toConsole}
        </Button>
      </div>
    </Gate>
  );
}

function CodeForm({ authorize }: { authorize: Authorize }) {
  const field = useRef<HTMLInputElement>(null);
  const problemId = useId();
  const problem = authorize.problem.value;
  const isBusy = authorize.isBusy.value;
  useEffect(() => field.current?.focus(), []);
  return (
    <Gate title={appsText.title}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void authorize.look();
        }}
      >
        <p class="soft">{appsText.lead}</p>
        <label class="field">
          <span>{appsText.code}</span>
          <input
            ref={field}
            class="code-field"
            value={authorize.code.value}
            placeholder={appsText.codePlaceholder}
            maxLength={9}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-invalid={problem !== null}
            aria-describedby={problemId}
            onInput={(event) => {
              authorize.type(event.currentTarget.value);
              event.currentTarget.value = authorize.code.value;
            }}
          />
        </label>
        <p class="field-problem" id={problemId} role="alert">
          {problem && wordsOf(problem)}
        </p>
        <Button
          look="primary"
          size="large"
          type="submit"
          isBusy={isBusy}
          isDisabled={authorize.code.value.length < 9}
        >
          {isBusy ? appsText.looking : appsText.next}
        </Button>
      </form>
    </Gate>
  );
}

type QuestionProps = { authorize: Authorize; app: AskingApp; session: SessionView };

function Question({ authorize, app, session }: QuestionProps) {
  const problem = authorize.problem.value;
  const isBusy = authorize.isBusy.value;
  const { member } = session;
  return (
    <Gate
      title={
        <>
          <bdi class="app-name">{app.appName}</bdi> {appsText.asks}
        </>
      }
    >
      <p class="soft small">{appsText.claimed}</p>
      <dl class="gate-facts">
        <div>
          <dt>{appsText.codeRow}</dt>
          <dd>
            <strong class="code">{authorize.code.value}</strong>
            <span class="soft small">{appsText.codeHint}</span>
          </dd>
        </div>
        <div>
          <dt>{appsText.from}</dt>
          <dd>
            <span>{app.device === "" ? appsText.unknownDevice : <bdi>{app.device}</bdi>}</span>
            <span class="soft small">{app.isSameNetwork ? appsText.sameNetwork : appsText.otherNetwork}</span>
          </dd>
        </div>
        <div>
          <dt>{appsText.asked}</dt>
          <dd>{clockTime(app.askedAt)}</dd>
        </div>
        <div>
          <dt>{appsText.account}</dt>
          <dd class="cut" title={member.email}>
            {member.email}
          </dd>
        </div>
      </dl>
      <div class="gate-may">
        <h2>{appsText.may}</h2>
        <ul>
          {appsText.mayList(member.role).map((line) => (
            <li key={line}>
              <Icon name="check" size={16} />
              {line}
            </li>
          ))}
        </ul>
        <p class="soft small">{appsText.mayNot}</p>
      </div>
      <p class={app.isSameNetwork ? "gate-warning" : "gate-warning gate-warning-strong"}>
        <Icon name="warning" size={17} />
        <span>{app.isSameNetwork ? appsText.warning : appsText.warningElsewhere}</span>
      </p>
      <p class="field-problem" role="alert">
        {problem && wordsOf(problem)}
      </p>
      <div class="gate-actions">
        <Button size="large" isDisabled={isBusy} onClick={() => void authorize.answer(false)}>
          {appsText.deny}
        </Button>
        <Button look="primary" size="large" isBusy={isBusy} onClick={() => void authorize.answer(true)}>
          {appsText.authorize}
        </Button>
      </div>
    </Gate>
  );
}

function wordsOf(problem: ErrorCode): string {
  if (problem === "not_found") return appsText.unknown;
  if (problem === "too_many") return appsText.tooMany;
  return text.errors[problem];
}
