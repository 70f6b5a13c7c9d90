import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { type PasswordProblem, passwordStrength } from "../../shared/model/new-password.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { passwordText } from "../text/passwords.ts";

type FieldProps = {
  label: string;
  value: string;
  onInput: (value: string) => void;
  /** What is wrong with it, in words. */
  problem?: string | null;
  /** True where it is the first thing to fill in. */
  isFirst?: boolean;
};

/** The password somebody has. */
export function PasswordField(props: FieldProps) {
  return <Field {...props} autocomplete="current-password" />;
}

type NewPasswordFieldProps = Omit<FieldProps, "problem"> & {
  /** Address, names, company: what a good password is not made of. */
  about: readonly string[];
  /** The rule that the server found broken. */
  problem: PasswordProblem | null;
};

/** A password to be, with how good it is so far. The server decides; it knows the commonest ones. */
export function NewPasswordField({ about, problem, ...field }: NewPasswordFieldProps) {
  const { value } = field;
  const strength = passwordStrength(value, { leastChars: limits.passwordLeastChars, about });
  const words =
    strength === "too_short"
      ? passwordText.missing(limits.passwordLeastChars - value.length)
      : passwordText.strengths[strength];
  return (
    <Field
      {...field}
      problem={problem && passwordText.problems[problem]}
      autocomplete="new-password"
      hint={
        problem ? null : value === "" ? (
          passwordText.rule(limits.passwordLeastChars)
        ) : (
          <span class={`strength strength-${strength}`}>
            <span class="strength-bars" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
            {words}
          </span>
        )
      }
    />
  );
}

type AnyFieldProps = FieldProps & {
  autocomplete: "current-password" | "new-password";
  hint?: ComponentChildren;
};

function Field({ label, value, onInput, problem, isFirst, autocomplete, hint }: AnyFieldProps) {
  const [isShown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const id = useId();
  const hintId = useId();
  const problemId = useId();
  const about = [hint ? hintId : "", problem ? problemId : ""].filter(Boolean).join(" ");
  return (
    <div class="field password-field">
      <label for={id}>{label}</label>
      <div class="password-input">
        <input
          id={id}
          {...(isShown ? { type: "text" as const } : { type: "password" as const })}
          ref={input}
          value={value}
          maxLength={limits.passwordChars}
          autocomplete={autocomplete}
          autocapitalize="none"
          spellcheck={false}
          aria-invalid={problem ? true : undefined}
          aria-describedby={about || undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="password-show"
          aria-pressed={isShown}
          aria-label={passwordText.showLabel}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? passwordText.hide : passwordText.show}
        </button>
      </div>
      <p class="field-problem" id={problemId} role="alert">
        {problem}
      </p>
      {hint && (
        <p class="field-hint" id={hintId} aria-live="polite">
          {hint}
        </p>
      )}
    </div>
  );
}
