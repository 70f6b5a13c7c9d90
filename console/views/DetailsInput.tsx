import type { DetailsField, MeetingDetailsState } from "../models/meeting-details.ts";
import { connectionsText } from "../text/connections.ts";

const words = connectionsText.details;

type DetailsInputProps = {
  details: MeetingDetailsState;
  name: Exclude<DetailsField, "video">;
  label: string;
  hint?: string;
  placeholder?: string;
  most: number;
  inputMode: "tel" | "url";
};

/** One field with what is wrong with it. */
export function DetailsInput(props: DetailsInputProps) {
  const { details, name, label, hint, placeholder, most, inputMode } = props;
  const refused = details.refused.value;
  const isWrong = refused?.field === name;
  const hintId = `details-${name}-hint`;
  const fallback = name === "phoneExtension" ? words.extensionProblem : words.fieldProblem;
  const problem = isWrong && (refused.reason ? words.problems[refused.reason] : fallback);
  return (
    <div class="field">
      <label for={`details-${name}`}>{label}</label>
      <input
        id={`details-${name}`}
        value={details.draft.value?.[name] ?? ""}
        maxLength={most}
        inputMode={inputMode}
        dir="auto"
        autocomplete={inputMode === "tel" && name === "phone" ? "tel" : "off"}
        spellcheck={false}
        placeholder={placeholder ?? ""}
        aria-invalid={isWrong}
        aria-describedby={problem || hint ? hintId : undefined}
        onInput={(event) => details.edit({ [name]: event.currentTarget.value })}
      />
      {(problem || hint) && (
        <span
          id={hintId}
          class={problem ? "field-problem" : "field-hint"}
          role={problem ? "alert" : undefined}
        >
          {problem || hint}
        </span>
      )}
    </div>
  );
}
