import { useEffect, useId, useRef } from "preact/hooks";
import { readOrigin } from "../../shared/protocol/site-origin.ts";
import { originText } from "../text/workspace.ts";

type OriginFieldProps = {
  value: string;
  onInput: (value: string) => void;
  label?: string;
  /** True once the person has tried to go on: then what is wrong is said. */
  isChecked: boolean;
  /** A problem besides the form of the address. */
  problem?: string | null;
  isFirst?: boolean;
};

/** The address of a website, with what we make of it and what is wrong with it in words. */
export function OriginField({ value, onInput, label, isChecked, problem, isFirst }: OriginFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  const read = readOrigin(value);
  const wrong = problem ?? (isChecked && !read.ok ? originText.problems[read.problem] : null);
  return (
    <div class="field">
      <label for={id}>{label ?? originText.label}</label>
      <input
        id={id}
        ref={input}
        value={value}
        inputMode="url"
        autocomplete="url"
        autocapitalize="none"
        spellcheck={false}
        maxLength={2_000}
        placeholder={originText.placeholder}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={`${id}-problem ${id}-hint`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p class="field-problem" id={`${id}-problem`} role="alert">
        {wrong}
      </p>
      <p class="field-hint" id={`${id}-hint`} aria-live="polite">
        {read.ok && read.changes.length > 0
          ? originText.changes[read.changes.at(-1) ?? "scheme_added"](read.origin)
          : originText.hint}
      </p>
    </div>
  );
}
