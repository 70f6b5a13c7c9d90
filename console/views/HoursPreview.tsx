import { useEffect, useMemo } from "preact/hooks";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import { DAY, HOUR } from "../../shared/time/local-day.ts";
import type { Desk } from "../models/desk.ts";
import type { Hours } from "../models/hours.ts";
import { text } from "../text.ts";
import { shortDay, zoneText } from "../time-text.ts";
import { Problem } from "../ui/Problem.tsx";
import { WeekGrid } from "../ui/WeekGrid.tsx";
import { WeekTurner } from "../ui/WeekTurner.tsx";
import { createWeeks } from "../week.ts";

type HoursPreviewProps = { desk: Desk; hours: Hours; draft: MeetingHours };

/** What the draft would offer in one week; it follows every change before anything is saved. */
export function HoursPreview({ desk, hours, draft }: HoursPreviewProps) {
  const weeks = useMemo(() => createWeeks(), []);
  const { zone } = draft;
  const now = desk.ticker.slowNow.value;
  const days = weeks.daysOf(hours.from.value, zone);
  const start = weeks.startOf(days[0] ?? "", zone);
  // The server is asked for seven days from Monday, midnight.
  useEffect(() => {
    if (hours.from.peek() !== start) hours.look(start);
  }, [hours, start]);
  const free = hours.free.value;
  const total = (free ?? []).reduce((sum, span) => sum + span.endAt - span.startAt, 0) / HOUR;
  return (
    <section class="card hours-preview" aria-labelledby="preview-title">
      <h2 id="preview-title">{text.hours.preview}</h2>
      <p class="soft small" aria-live="polite">
        {!hours.isValid.value
          ? text.hours.previewWait
          : free && (free.length === 0 ? text.hours.previewNone : text.hours.previewCount(hoursText(total)))}
        {hours.isValid.value ? free && " · " : " "}
        {zoneText(zone, now)}
      </p>
      <Problem code={hours.previewProblem.value} />
      <WeekTurner
        title={`${shortDay(start, zone)} - ${shortDay(start + 6.5 * DAY, zone)}`}
        onTurn={(by) => hours.look(weeks.turn(hours.from.value, by, zone))}
        onToday={() => hours.look(weeks.turn(now, 0, zone))}
      />
      <WeekGrid
        label={text.hours.preview}
        weeks={weeks}
        days={days}
        zone={zone}
        now={now}
        none={text.meetings.none}
        hourHeight={34}
        blocks={(free ?? []).map((span) => ({
          key: String(span.startAt),
          startAt: span.startAt,
          endAt: span.endAt,
          look: "free",
        }))}
      />
      <p class="soft small">{text.hours.previewHint}</p>
    </section>
  );
}

function hoursText(hours: number): string {
  return text.hours.hoursWord(String(Math.round(hours * 10) / 10));
}
