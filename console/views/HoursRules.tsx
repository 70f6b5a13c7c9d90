import { useMemo } from "preact/hooks";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { Hours } from "../models/hours.ts";
import { text } from "../text.ts";

type HoursRulesProps = { hours: Hours; draft: MeetingHours };

const choices = {
  noticeMinutes: [0, 15, 30, 60, 120, 240, 480, 1_440, 2_880],
  bufferMinutes: [0, 5, 10, 15, 30, 60],
  horizonDays: [7, 14, 30, 60, 90, 180, 365],
  durationMinutes: [15, 20, 30, 45, 60, 90],
} as const;

const rows = [
  ["durationMinutes", text.hours.duration, text.hours.durationHint],
  ["noticeMinutes", text.hours.notice, text.hours.noticeHint],
  ["bufferMinutes", text.hours.buffer, text.hours.bufferHint],
  ["horizonDays", text.hours.horizon, text.hours.horizonHint],
] as const;

/** Zone, length, notice, buffer and horizon. */
export function HoursRules({ hours, draft }: HoursRulesProps) {
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone");
    return known.includes(draft.zone) ? known : [draft.zone, ...known];
  }, [draft.zone]);
  return (
    <section class="card">
      <h2>{text.hours.rules}</h2>
      <label class="rule">
        <span class="strong">{text.hours.zone}</span>
        <select value={draft.zone} onChange={(event) => hours.edit({ zone: event.currentTarget.value })}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone.replaceAll("_", " ")}
            </option>
          ))}
        </select>
      </label>
      {rows.map(([key, name, hint]) => (
        <label class="rule" key={key}>
          <span class="stack">
            <span class="strong">{name}</span>
            <span class="soft small">{hint}</span>
          </span>
          <select
            value={draft[key]}
            onChange={(event) => hours.edit({ [key]: Number(event.currentTarget.value) })}
          >
            {withCurrent(choices[key], draft[key]).map((value) => (
              <option key={value} value={value}>
                {key === "horizonDays" ? text.hours.days(value) : text.hours.minutes(value)}
              </option>
            ))}
          </select>
        </label>
      ))}
    </section>
  );
}

/** A value set elsewhere stays choosable. */
function withCurrent(values: readonly number[], current: number): number[] {
  return values.includes(current) ? [...values] : [...values, current].sort((a, b) => a - b);
}
