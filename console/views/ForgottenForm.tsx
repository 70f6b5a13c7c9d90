import { useEffect, useId, useRef } from "preact/hooks";
import type { Forgotten } from "../models/forgotten.ts";
import { passwordText } from "../text/passwords.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

const words = passwordText.forgotten;

/** Asks for the address; then says where to look. */
export function ForgottenForm({ forgotten }: { forgotten: Forgotten }) {
  const sentTo = forgotten.sentTo.value;
  const problem = forgotten.problem.value;
  const isBusy = forgotten.isBusy.value;
  const input = useRef<HTMLInputElement>(null);
  const done = useRef<HTMLDivElement>(null);
  const problemId = useId();
  useEffect(() => {
    if (sentTo === null) input.current?.focus();
    else done.current?.focus();
  }, [sentTo]);
  if (sentTo !== null) {
    return (
      <div class="forgotten-sent" ref={done} tabIndex={-1}>
        <p class="forgotten-told">
          <Icon name="mail" size={20} />
          <span>{words.sent(sentTo)}</span>
        </p>
        <p class="soft small">{words.sentHint}</p>
        <Button onClick={forgotten.again}>{words.again}</Button>
      </div>
    );
  }
  const said =
    problem === "no_address"
      ? words.notAnAddress
      : problem === "too_many"
        ? words.tooMany
        : problem && text.errors[problem];
  return (
    <form
      class="sign-in-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void forgotten.ask();
      }}
    >
      <label class="field">
        <span>{words.email}</span>
        <input
          ref={input}
          type="email"
          name="email"
          autocomplete="username"
          value={forgotten.email.value}
          aria-invalid={problem === "no_address" || undefined}
          aria-describedby={problem ? problemId : undefined}
          onInput={(event) => forgotten.write(event.currentTarget.value)}
        />
      </label>
      <p class="sign-in-problem" id={problemId} role="alert">
        {said}
      </p>
      <Button look="primary" size="large" type="submit" isBusy={isBusy}>
        {isBusy ? words.submitting : words.submit}
      </Button>
    </form>
  );
}
