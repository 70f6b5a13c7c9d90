import { useId } from "preact/hooks";
import type { DaySpan } from "../../shared/model/meetings.ts";
import {
  clockOf,
  inOrder,
  isIncomplete,
  isOvernight,
  minutesOf,
  nextSpan,
  spanFromClock,
} from "../models/day-spans.ts";
import type { DayProblem } from "../models/hours.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

type SpanEditorProps = {
  day: string;
  spans: readonly DaySpan[];
  problem: DayProblem | null;
  /** What the day before runs into this one: until which minute, and the name of that day. */
  night?: { until: number; from: string } | undefined;
  onChange: (spans: DaySpan[]) => void;
  onCopy?: (() => void) | undefined;
};

/** The spans of one day. An end at or before its start is the next day's: a night shift needs no second row. */
export function SpanEditor({ day, spans, problem, night, onChange, onCopy }: SpanEditorProps) {
  // Rows keep their places while somebody types; they are put in order when they are saved.
  const change = (at: number, start: number, end: number) =>
    onChange(spans.map((span, index) => (index === at ? spanFromClock(start, end) : span)));
  const further = nextSpan(spans, night?.until);
  const problemId = useId();
  const isWrong = (minutes: number, span: DaySpan) =>
    Number.isNaN(minutes) || (problem === "same" && !isIncomplete(span) && span.end % 1_440 === span.start);
  const fieldOf = (minutes: number, span: DaySpan) => ({
    value: clockOf(minutes),
    "aria-invalid": isWrong(minutes, span) || undefined,
    "aria-describedby": isWrong(minutes, span) ? problemId : undefined,
  });
  return (
    <div class="spans">
      {spans.length === 0 && <span class="soft spans-none">{text.hours.dayOff}</span>}
      {spans.map((span, at) => (
        <div class="span" key={at}>
          <input
            type="time"
            {...fieldOf(span.start, span)}
            aria-label={text.hours.from(day)}
            onInput={(event) => change(at, minutesOf(event.currentTarget.value), span.end % 1_440)}
          />
          <span aria-hidden="true">–</span>
          <input
            type="time"
            {...fieldOf(span.end, span)}
            aria-label={text.hours.until(day)}
            onInput={(event) => change(at, span.start, minutesOf(event.currentTarget.value))}
          />
          <Button
            look="quiet"
            size="small"
            icon="close"
            label={text.hours.remove(`${day} ${clockOf(span.start)} - ${clockOf(span.end)}`)}
            onClick={() => onChange(spans.filter((_, index) => index !== at))}
          />
          {isOvernight(span) && <span class="tag">{text.hours.nextDay}</span>}
        </div>
      ))}
      <div class="spans-tools">
        {onCopy && !problem && (
          <Button look="quiet" size="small" icon="copy" label={text.hours.copyFor(day)} onClick={onCopy} />
        )}
        {further && (
          <Button
            look="quiet"
            size="small"
            icon="plus"
            label={text.hours.addFor(day)}
            onClick={() => onChange(inOrder([...spans, further]))}
          />
        )}
      </div>
      {problem && (
        <p class="problem-line" role="alert" id={problemId}>
          {problem === "night"
            ? text.hours.night(clockOf(night?.until ?? 0), night?.from ?? "")
            : text.hours[problem]}
        </p>
      )}
      {night && spans.length === 0 && (
        <p class="soft small spans-night">{text.hours.untilFrom(clockOf(night.until), night.from)}</p>
      )}
    </div>
  );
}
