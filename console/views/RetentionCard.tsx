import { useId, useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import type { Old } from "../models/workspace.ts";
import { settingsText } from "../text/workspace.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";

const words = settingsText.retention;
const offered = [30, 90, 180, 365, 730] as const;
type Choice = "keep" | "custom" | `${number}`;

/** How long closed conversations are kept; says what would go before anything does. */
export function RetentionCard({ desk, days }: { desk: Desk; days: number | null }) {
  const model = desk.workspace;
  const saved: Choice = days === null ? "keep" : offered.some((each) => each === days) ? `${days}` : "custom";
  const [choice, setChoice] = useState<Choice | null>(null);
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<{ days: number; old: Old } | null>(null);
  const selectId = useId();
  const current = choice ?? saved;
  const shownDays = choice === null && saved === "custom" ? String(days) : typed;
  const wanted = current === "keep" ? null : Number(current === "custom" ? shownDays : current);
  const isBad = wanted !== null && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= 3_650);
  const isDirty = !isBad && wanted !== days;
  const apply = async (value: number | null) => {
    const isDone = await model.setRetention(value);
    setAsked(null);
    if (!isDone) return;
    setChoice(null);
    desk.notices.say(settingsText.saved);
  };
  const submit = async () => {
    if (!isDirty) return;
    if (wanted === null) return apply(null);
    const old = await model.countOld(wanted);
    if (old) setAsked({ days: wanted, old });
  };
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p class="soft small">{words.lead}</p>
      <form
        class="form settings-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div class="retention-row">
          <label class="fy-hidden" for={selectId}>
            {words.title}
          </label>
          <select
            id={selectId}
            class="select"
            value={current}
            onChange={(event) => {
              const next = event.currentTarget.value;
              setTyped(days === null ? "60" : String(days));
              setChoice(next as Choice); // One of the options below.
            }}
          >
            <option value="keep">{words.keep}</option>
            {offered.map((each) => (
              <option key={each} value={String(each)}>
                {words.days(each)}
              </option>
            ))}
            <option value="custom">{words.custom}</option>
          </select>
          {current === "custom" && (
            <label class="retention-days">
              <input
                class="select"
                inputMode="numeric"
                value={shownDays}
                aria-invalid={isBad || undefined}
                onInput={(event) => {
                  setChoice("custom");
                  setTyped(event.currentTarget.value.trim());
                }}
              />
              <span>{words.customLabel}</span>
            </label>
          )}
        </div>
        <p class="field-problem" role="alert">
          {isBad && words.badDays}
        </p>
        <Problem code={model.problem.value} />
        <div class="form-actions">
          <Button type="submit" isBusy={model.isSaving.value} isDisabled={!isDirty}>
            {words.save}
          </Button>
          {isDirty && (
            <Button look="quiet" onClick={() => setChoice(null)}>
              {settingsText.undo}
            </Button>
          )}
        </div>
      </form>
      {asked && (
        <Dialog
          title={words.confirmTitle(asked.days)}
          onClose={() => setAsked(null)}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={() => setAsked(null)}>
                {text.common.cancel}
              </Button>
              <Button
                look={isNothing(asked.old) ? "primary" : "danger"}
                isBusy={model.isSaving.value}
                onClick={() => void apply(asked.days)}
              >
                {words.confirm}
              </Button>
            </>
          }
        >
          <p>{isNothing(asked.old) ? words.willRemoveNone : words.willRemove(listOf(asked.old))}</p>
        </Dialog>
      )}
    </section>
  );
}

function isNothing({ conversations, meetings, visitors }: Old): boolean {
  return conversations + meetings + visitors === 0;
}

function listOf({ conversations, meetings, visitors }: Old): string {
  const parts = [
    conversations > 0 ? words.conversations(conversations) : null,
    meetings > 0 ? words.meetings(meetings) : null,
    visitors > 0 ? words.visitors(visitors) : null,
  ].filter((part) => part !== null);
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
}
