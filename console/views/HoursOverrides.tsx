import { useState } from "preact/hooks";
import type { LocalDay } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import { DAY, dayNumber } from "../../shared/time/local-day.ts";
import { type Hours, nightReachOn } from "../models/hours.ts";
import { text } from "../text.ts";
import { dayIn, longDay } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { SpanEditor } from "./SpanEditor.tsx";

type HoursOverridesProps = { hours: Hours; draft: MeetingHours; now: number };

/** Days that differ from the week: off, or with hours of their own. */
export function HoursOverrides({ hours, draft, now }: HoursOverridesProps) {
  const [day, setDay] = useState<LocalDay>("");
  const today = dayIn(now, draft.zone);
  const name = (local: LocalDay) => longDay((dayNumber(local) ?? 0) * DAY, "UTC");
  const nightOf = (local: LocalDay) => {
    const until = nightReachOn(draft, local);
    return until > 0 ? { until, from: longDay(((dayNumber(local) ?? 0) - 1) * DAY, "UTC") } : undefined;
  };
  const add = () => {
    if (dayNumber(day) === undefined) return;
    hours.setOverride(day, []);
    setDay("");
  };
  return (
    <section class="card">
      <h2>{text.hours.overrides}</h2>
      <p class="soft small">{text.hours.overridesLead}</p>
      <ul class="hours-week">
        {draft.overrides.length === 0 && <li class="soft small">{text.hours.noOverrides}</li>}
        {draft.overrides.map((override) => (
          <li key={override.day} class={override.day < today ? "hours-day hours-over" : "hours-day"}>
            <span class="hours-day-name">
              {name(override.day)} <span class="soft small">{override.day.slice(0, 4)}</span>
            </span>
            <SpanEditor
              day={name(override.day)}
              spans={override.spans}
              problem={hours.spanProblems.value.get(override.day) ?? null}
              night={nightOf(override.day)}
              onChange={(spans) => hours.setOverride(override.day, spans)}
            />
            <Button
              look="quiet"
              size="small"
              icon="trash"
              label={text.hours.removeDay(name(override.day))}
              onClick={() => hours.dropOverride(override.day)}
            />
          </li>
        ))}
      </ul>
      <form
        class="hours-add"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          type="date"
          aria-label={text.hours.overrideDay}
          min={today}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <Button type="submit" isDisabled={day === ""}>
          {text.hours.addOverride}
        </Button>
      </form>
    </section>
  );
}
