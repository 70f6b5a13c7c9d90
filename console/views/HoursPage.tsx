import { useEffect } from "preact/hooks";
import type { Weekday } from "../../shared/model/meetings.ts";
import type { Desk } from "../models/desk.ts";
import { nightReach } from "../models/hours.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Problem } from "../ui/Problem.tsx";
import { HoursOverrides } from "./HoursOverrides.tsx";
import { HoursPreview } from "./HoursPreview.tsx";
import { HoursRules } from "./HoursRules.tsx";
import { LeaveDialog } from "./LeaveDialog.tsx";
import { SpanEditor } from "./SpanEditor.tsx";

const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** When I can be booked, with what that gives in the week beside it. */
export function HoursPage({ desk }: { desk: Desk }) {
  const { hours, places } = desk;
  useEffect(() => void hours.load(), [hours]);
  useEffect(() => places.guardWith(() => hours.isDirty.peek()), [hours, places]);
  const isDirty = hours.isDirty.value;
  // The browser asks for reloads and closed tabs; the places model for moves inside the console.
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isDirty]);
  const draft = hours.draft.value;
  // The checklist asks for a look: saving says that they are right, changed or not.
  const wantsLook = desk.setUp.open.value.some(({ name }) => name === "hours");
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{text.hours.title}</h1>
          <p class="soft small">{text.hours.lead}</p>
        </div>
        <div class="save-bar" role="status">
          {isDirty ? (
            <>
              {hours.isValid.value ? (
                <span class="small">{text.hours.unsaved}</span>
              ) : (
                <span class="small save-problem">{text.hours.mend}</span>
              )}
              <Button look="quiet" onClick={() => hours.undo()}>
                {text.hours.undo}
              </Button>
            </>
          ) : (
            hours.savedAt.value && <span class="small soft">{text.hours.saved}</span>
          )}
          <Button
            look="primary"
            isBusy={hours.isSaving.value}
            isDisabled={(!isDirty && !wantsLook) || !hours.isValid.value}
            onClick={() => void hours.save().then(() => desk.setUp.load())}
          >
            {wantsLook && !isDirty ? text.hours.confirm : text.hours.save}
          </Button>
        </div>
      </header>
      <div class="page-body hours">
        <Problem
          code={hours.problem.value}
          onRetry={draft ? () => void hours.save() : () => void hours.load()}
        />
        {!draft && !hours.problem.value && <div class="skeleton" aria-hidden="true" />}
        {draft && (
          <>
            <div class="hours-form">
              <section class="card">
                <h2>{text.hours.week}</h2>
                <ul class="hours-week">
                  {weekdays.map((weekday) => {
                    const day = text.hours.weekdays[weekday - 1] ?? "";
                    const spans = draft.weekly.find((each) => each.weekday === weekday)?.spans ?? [];
                    const reach = nightReach(draft, weekday);
                    const before = text.hours.weekdays[(weekday + 5) % 7] ?? "";
                    return (
                      <li key={weekday} class="hours-day">
                        <span class="hours-day-name">{day}</span>
                        <SpanEditor
                          day={day}
                          spans={spans}
                          problem={hours.spanProblems.value.get(String(weekday)) ?? null}
                          night={reach > 0 ? { until: reach, from: before } : undefined}
                          onChange={(next) => hours.setDay(weekday, next)}
                          onCopy={
                            weekday === 1 && spans.length > 0
                              ? () => {
                                  for (const other of [2, 3, 4, 5] as const) hours.setDay(other, spans);
                                }
                              : undefined
                          }
                        />
                      </li>
                    );
                  })}
                </ul>
              </section>
              <HoursOverrides hours={hours} draft={draft} now={desk.ticker.slowNow.value} />
              <HoursRules hours={hours} draft={draft} />
            </div>
            <HoursPreview desk={desk} hours={hours} draft={draft} />
          </>
        )}
      </div>
      <LeaveDialog places={places} words={text.hours.guard} onLeave={() => hours.undo()} />
    </div>
  );
}
