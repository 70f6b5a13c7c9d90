import { useEffect, useId, useRef, useState } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import type { FirstRun } from "../models/first-run.ts";
import { firstRunText } from "../text/first-run.ts";
import { settingsText } from "../text/workspace.ts";
import { Button } from "../ui/Button.tsx";
import { ColorField } from "../ui/ColorField.tsx";
import { NewPasswordField } from "../ui/PasswordField.tsx";
import { DoorPage } from "./DoorPage.tsx";
import { StepMark } from "./StepMark.tsx";

/** About the company and its first admin. */
export function FirstRunCompany({ model }: { model: FirstRun }) {
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const fields = model.fields.value;
  const words = firstRunText.company;
  const isEmail = /^\S+@\S+\.\S+$/.test(fields.email.trim());
  const missing = {
    companyName: fields.companyName.trim() === "",
    firstName: fields.firstName.trim() === "",
    lastName: fields.lastName.trim() === "",
    email: !isEmail || model.isEmailBad.value,
  };
  const isPasswordShort = fields.password.length < limits.passwordLeastChars;
  const isAnyMissing = Object.values(missing).some(Boolean) || isPasswordShort;
  const isServerProblem = model.passwordProblem.value !== null || model.isEmailBad.value;
  useEffect(() => {
    if (isServerProblem) setChecked(true);
    if (isServerProblem) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [isServerProblem]);
  const submit = () => {
    setChecked(true);
    if (!isAnyMissing && model.passwordProblem.value === null) return model.toSite();
    // After the marks are drawn.
    requestAnimationFrame(() => {
      const first = form.current?.querySelector<HTMLElement>("[aria-invalid], input[type='password']");
      first?.focus();
    });
  };
  const field = (name: keyof typeof missing, label: string, more: FieldMore = {}) => (
    <TextField
      label={label}
      value={fields[name]}
      problem={isChecked && missing[name] ? firstRunText.missing[name] : null}
      onInput={(value) => model.set({ [name]: value })}
      {...more}
    />
  );
  return (
    <DoorPage
      title={words.title}
      lead={
        <>
          <StepMark at={1} /> {words.lead}
        </>
      }
    >
      <form
        ref={form}
        class="form first-run-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {field("companyName", words.companyName, {
          autocomplete: "organization",
          placeholder: words.companyPlaceholder,
          isFirst: true,
        })}
        <ColorField
          label={words.color}
          ownLabel={settingsText.colorOwn}
          value={fields.color}
          onChange={(color) => model.set({ color })}
        />
        <div class="form-pair">
          {field("firstName", words.firstName, { autocomplete: "given-name" })}
          {field("lastName", words.lastName, { autocomplete: "family-name" })}
        </div>
        {field("email", words.email, { autocomplete: "username", type: "email", hint: words.emailHint })}
        <NewPasswordField
          label={words.password}
          value={fields.password}
          about={[fields.email, fields.firstName, fields.lastName, fields.companyName]}
          problem={model.passwordProblem.value ?? (isChecked && isPasswordShort ? "too_short" : null)}
          onInput={(password) => model.set({ password })}
        />
        <div class="first-run-actions">
          <Button look="primary" size="large" type="submit">
            {words.next}
          </Button>
        </div>
      </form>
    </DoorPage>
  );
}

type FieldMore = {
  autocomplete?: "organization" | "given-name" | "family-name" | "username";
  type?: "email";
  placeholder?: string;
  hint?: string;
  isFirst?: boolean;
};
type TextFieldProps = FieldMore & {
  label: string;
  value: string;
  problem: string | null;
  onInput: (value: string) => void;
};

function TextField(props: TextFieldProps) {
  const { label, value, problem, onInput, isFirst, hint, type = "text", placeholder, autocomplete } = props;
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) box.current?.focus();
  }, [isFirst]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={box}
        value={value}
        {...(type === "email" ? { type: "email" as const } : { type: "text" as const })}
        placeholder={placeholder}
        autocomplete={autocomplete}
        maxLength={type === "email" ? limits.emailChars : limits.nameChars}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-problem ${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class="field-problem" id={`${id}-problem`} role="alert">
        {problem}
      </p>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
