import { useEffect, useId, useMemo } from "preact/hooks";
import type { DeadInvitation } from "../../shared/protocol/invitation-routes.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import { type Join, JoinModel } from "../models/join.ts";
import { fullName } from "../models/team.ts";
import type { ApiCall } from "../ports.ts";
import { joinText as words } from "../text/invitations.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { browserZone } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { NewPasswordField } from "../ui/PasswordField.tsx";
import { DoorPage } from "./DoorPage.tsx";

type JoinPageProps = { secret: string; call: ApiCall; onEntered: () => void };

const leadsToSignIn: readonly DeadInvitation[] = ["used", "member", "sso_only"];

/** The page behind "Join Now": whom one joins, or why the link leads nowhere and what to do. */
export function JoinPage({ secret, call, onEntered }: JoinPageProps) {
  const model = useMemo(() => new JoinModel(call, secret, browserZone), [call, secret]);
  useEffect(() => void model.look(), [model]);
  const view = model.view.value;
  if (view === null) {
    const problem = model.problem.value;
    if (problem === null) return <div class="app-wait" role="status" aria-label={words.loading} />;
    return (
      <DoorPage title={text.common.tryAgain} lead={text.errors[problem]}>
        <p class="join-actions">
          <Button size="large" onClick={() => void model.look()}>
            {text.common.tryAgain}
          </Button>
        </p>
      </DoorPage>
    );
  }
  if (view.state === "open") return <JoinForm model={model} onEntered={onEntered} />;
  const { state } = view;
  const dead = words.dead[state];
  return (
    <DoorPage title={dead.title} lead={dead.lead(view.company ?? words.noCompany)}>
      {leadsToSignIn.includes(state) && (
        <p class="join-actions">
          <a class="button button-primary button-large" href="/console">
            {words.toSignIn}
          </a>
        </p>
      )}
    </DoorPage>
  );
}

function JoinForm({ model, onEntered }: { model: Join; onEntered: () => void }) {
  const view = model.view.value;
  const form = model.form.value;
  const problem = model.problem.value;
  const problemId = useId();
  if (view?.state !== "open") return null;
  const { inviter, company, email, signedInAs } = view;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (await model.join()) onEntered();
  };
  return (
    <DoorPage title={words.title(company)}>
      <div class="join-card">
        <div class="join-inviter">
          <Avatar card={inviter} size={44} />
          <p class="stack">
            <span class="strong">{words.invitedBy(fullName(inviter))}</span>
            {inviter.jobTitle && (
              <span class="soft small" dir="auto">
                {inviter.jobTitle}
              </span>
            )}
          </p>
        </div>
        <dl class="join-facts">
          <div>
            <dt>{words.as}</dt>
            <dd>{words.roles[view.role]}</dd>
          </div>
          <div>
            <dt>{words.email}</dt>
            <dd class="join-email" dir="ltr">
              {email}
            </dd>
          </div>
        </dl>
      </div>
      <form class="sign-in-form" onSubmit={(event) => void submit(event)} noValidate>
        {/* Password managers keep the password under this address. */}
        <input
          class="fy-hidden"
          type="email"
          autocomplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <div class="join-names">
          <label class="field">
            <span>{words.firstName}</span>
            <input
              autocomplete="given-name"
              autofocus
              dir="auto"
              value={form.firstName}
              maxLength={limits.nameChars}
              onInput={(event) => model.edit({ firstName: event.currentTarget.value })}
            />
          </label>
          <label class="field">
            <span>{words.lastName}</span>
            <input
              autocomplete="family-name"
              dir="auto"
              value={form.lastName}
              maxLength={limits.nameChars}
              onInput={(event) => model.edit({ lastName: event.currentTarget.value })}
            />
          </label>
        </div>
        <NewPasswordField
          label={words.password}
          value={form.password}
          about={[email, form.firstName, form.lastName, company]}
          problem={model.passwordProblem.value}
          onInput={(password) => model.edit({ password })}
        />
        {signedInAs && <p class="join-note">{words.signedIn(signedInAs)}</p>}
        <p class="sign-in-problem" id={problemId} role="alert">
          {problem && (problem === "forbidden" ? ssoText.noPasswords : text.errors[problem])}
        </p>
        <Button
          look="primary"
          size="large"
          type="submit"
          isBusy={model.isBusy.value}
          isDisabled={!model.isFilled.value || form.password.length < limits.passwordLeastChars}
        >
          {model.isBusy.value ? words.submitting : words.submit}
        </Button>
        <p class="soft small">{words.next}</p>
      </form>
    </DoorPage>
  );
}
