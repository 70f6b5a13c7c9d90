import { useEffect, useState } from "preact/hooks";
import type { ResetView as View } from "../../shared/protocol/password-routes.ts";
import { ForgottenModel } from "../models/forgotten.ts";
import { type Reset, ResetModel } from "../models/reset.ts";
import type { ApiCall } from "../ports.ts";
import { passwordText } from "../text/passwords.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { NewPasswordField } from "../ui/PasswordField.tsx";
import { Problem } from "../ui/Problem.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { ForgottenForm } from "./ForgottenForm.tsx";

type ResetViewProps = { secret: string; call: ApiCall; onEntered: () => void };

const words = passwordText.reset;

/** Behind a mailed link: a new password, or why the link leads nowhere and how to get one that does. */
export function ResetView({ secret, call, onEntered }: ResetViewProps) {
  const [reset] = useState(() => new ResetModel(call, secret, onEntered));
  useEffect(() => {
    void reset.look();
    return () => reset[Symbol.dispose]();
  }, [reset]);
  const view = reset.view.value;
  if (view === null) {
    return (
      <DoorPage title={words.title}>
        {reset.failure.value ? (
          <Problem code={reset.failure.value} onRetry={() => void reset.look()} />
        ) : (
          <p class="soft" role="status">
            {words.looking}
          </p>
        )}
      </DoorPage>
    );
  }
  return view.state === "open" ? (
    <OpenView reset={reset} view={view} />
  ) : (
    <DeadView state={view.state} call={call} />
  );
}

function OpenView({ reset, view }: { reset: Reset; view: Extract<View, { state: "open" }> }) {
  const isBusy = reset.isBusy.value;
  const failure = reset.failure.value;
  return (
    <DoorPage title={words.title} lead={words.lead(view.company)}>
      <form
        class="sign-in-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void reset.finish();
        }}
      >
        <label class="field">
          <span>{passwordText.forgotten.email}</span>
          {/* Read only, and there for the browser's own store of passwords. */}
          <input type="email" name="email" autocomplete="username" value={view.email} readOnly />
        </label>
        <NewPasswordField
          label={words.password}
          value={reset.password.value}
          onInput={reset.write}
          about={[view.email, view.firstName, view.lastName, view.company]}
          problem={reset.problem.value}
          isFirst
        />
        <p class="sign-in-problem" role="alert">
          {failure && text.errors[failure]}
        </p>
        <Button look="primary" size="large" type="submit" isBusy={isBusy}>
          {isBusy ? words.submitting : words.submit}
        </Button>
        <p class="soft small">{words.hint}</p>
      </form>
    </DoorPage>
  );
}

type DeadState = Exclude<View["state"], "open">;

function DeadView({ state, call }: { state: DeadState; call: ApiCall }) {
  const [forgotten] = useState(() => new ForgottenModel(call));
  useEffect(() => () => forgotten[Symbol.dispose](), [forgotten]);
  const { title, words: why } = words.dead[state];
  return (
    <DoorPage title={title} lead={why}>
      {state !== "sso" && <ForgottenForm forgotten={forgotten} />}
      <p class="sign-in-other">
        <a href="/console">{passwordText.forgotten.back}</a>
      </p>
    </DoorPage>
  );
}
