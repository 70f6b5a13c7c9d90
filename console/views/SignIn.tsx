import { useId, useRef, useState } from "preact/hooks";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Session } from "../models/session.ts";
import type { SsoEntry } from "../models/sso-entry.ts";
import { firstRunText } from "../text/first-run.ts";
import { passwordText } from "../text/passwords.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Mark } from "../ui/Mark.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { ForgottenForm } from "./ForgottenForm.tsx";
import { SsoEnd, SsoWays } from "./SsoEntry.tsx";

type SignInProps = {
  session: Session;
  entry: SsoEntry;
  /** Why one is asked to sign in, when it is not for the desk. */
  note: string | null;
};

export function SignIn({ session, entry, note }: SignInProps) {
  const state = session.state.value;
  const accounts = session.accounts.value;
  const problem = session.problem.value;
  const isBusy = session.isBusy.value;
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const problemId = useId();
  const [isForgotten, setForgotten] = useState(false);
  if (!session.isSetUp.value) {
    return (
      <DoorPage title={firstRunText.notYet.title} lead={firstRunText.notYet.lead}>
        <p class="door-actions">
          <Button size="large" onClick={() => void session.start()}>
            {firstRunText.notYet.again}
          </Button>
        </p>
      </DoorPage>
    );
  }
  if (isForgotten) {
    const words = passwordText.forgotten;
    const isSent = session.forgotten.sentTo.value !== null;
    return (
      <DoorPage title={isSent ? words.sentTitle : words.title} lead={isSent ? undefined : words.lead}>
        <ForgottenForm forgotten={session.forgotten} />
        <p class="sign-in-other">
          <button type="button" class="text-button" onClick={() => setForgotten(false)}>
            {words.back}
          </button>
        </p>
      </DoorPage>
    );
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void session.signIn(email.current?.value ?? "", password.current?.value ?? "");
  };
  return (
    <main class={accounts.length > 0 ? "sign-in sign-in-demo" : "sign-in"}>
      <section class="sign-in-box">
        <div class="sign-in-brand">
          <Mark size={34} />
          <span>{text.product}</span>
        </div>
        <h1>{text.signIn.title}</h1>
        <p class="soft">{text.signIn.lead}</p>
        {note && <p class="sign-in-ended">{note}</p>}
        {state.kind === "out" && state.because && (
          <p class="sign-in-ended" role="status">
            {state.because === "deactivated" ? text.signIn.deactivated : text.signIn.ended}
          </p>
        )}
        <SsoEnd entry={entry} />
        <form class="sign-in-form" onSubmit={submit} noValidate>
          <label class="field">
            <span>{text.signIn.email}</span>
            <input
              ref={email}
              type="email"
              name="email"
              autocomplete="username"
              aria-describedby={problem ? problemId : undefined}
              onInput={(event) => entry.type(event.currentTarget.value)}
            />
          </label>
          <SsoWays entry={entry} />
          <label class="field">
            <span>{text.signIn.password}</span>
            <input
              ref={password}
              type="password"
              name="password"
              autocomplete="current-password"
              aria-describedby={problem ? problemId : undefined}
            />
          </label>
          <p class="sign-in-problem" id={problemId} role="alert">
            {problem && wordsOf(session, problem)}
          </p>
          <Button look="primary" size="large" type="submit" isBusy={isBusy}>
            {isBusy ? text.signIn.submitting : text.signIn.submit}
          </Button>
        </form>
        <p class="sign-in-other">
          <button
            type="button"
            class="text-button"
            onClick={() => {
              session.forgotten.write(email.current?.value ?? "");
              session.forgotten.again();
              setForgotten(true);
            }}
          >
            {passwordText.forgotten.open}
          </button>
        </p>
      </section>
      {accounts.length > 0 && (
        <section class="sign-in-accounts" aria-labelledby="demo-title">
          <h2 id="demo-title">{text.signIn.demo}</h2>
          <ul>
            {accounts.map((account) => (
              <li key={account.email}>
                <AccountCard
                  account={account}
                  isDisabled={isBusy}
                  onPick={() => void session.signInAs(account)}
                />
              </li>
            ))}
          </ul>
          <p class="soft small">{text.signIn.demoHint}</p>
        </section>
      )}
    </main>
  );
}

function wordsOf(session: Session, problem: ErrorCode): string {
  if (problem === "unavailable") return text.signIn.unreachable;
  if (session.isCardOld.value) return text.signIn.cardOld;
  const waitMs = session.waitMs.value;
  if (problem === "too_many" && waitMs !== null) return text.signIn.tooMany(Math.ceil(waitMs / 60_000));
  return text.errors[problem];
}

type AccountCardProps = { account: DemoAccount; isDisabled: boolean; onPick: () => void };

function AccountCard({ account, isDisabled, onPick }: AccountCardProps) {
  const [firstName = "", ...rest] = account.name.split(" ");
  return (
    <button type="button" class="account" disabled={isDisabled} onClick={onPick}>
      <Avatar card={{ firstName, lastName: rest.join(" "), photoUrl: account.photoUrl }} size={44} />
      <span class="account-words">
        <span class="account-name">{account.name}</span>
        <span class="soft small">{account.jobTitle}</span>
      </span>
      <span class={`role role-${account.role}`}>{text.roles[account.role]}</span>
    </button>
  );
}
