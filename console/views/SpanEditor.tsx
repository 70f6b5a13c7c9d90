import type { DaySpan } from "../../shared/model/meetings.ts";
import { clockOf, isOvernight, minutesOf, nextSpan, spanFromClock } from "../models/day-spans.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

type SpanEditorProps = {
  day: string;
  spans: readonly DaySpan[];
  problem: "order" | "overlap" | null;
  onChange: (spans: DaySpan[]) => void;
  onCopy?: (() => void) | undefined;
};

/** The spans of one day. An end at or before its start is the next day's: a night shift needs no second row. */
export function SpanEditor({ day, spans, problem, onChange, onCopy }: SpanEditorProps) {
  const change = (at: number, start: number | undefined, end: number | undefined) => {
    if (start === undefined || end === undefined) return;
    const next = spanFromClock(start, end);
    onChange(spans.map((span, index) => (index === at ? next : span)).sort((a, b) => a.start - b.start));
  };
  const further = nextSpan(spans);
  return (
    <div class="spans">
      {spans.length === 0 && <span class="soft spans-none">{text.hours.dayOff}</span>}
      {spans.map((span, at) => (
        <div class="span" key={at}>
          <input
            type="time"
            aria-label={text.hours.from(day)}
            value={clockOf(span.start)}
            onChange={(event) => change(at, minutesOf(event.currentTarget.value), span.end % 1_440)}
          />
          <span aria-hidden="true">–</span>
          <input
            type="time"
            aria-label={text.hours.until(day)}
            value={clockOf(span.end)}
            onChange={(event) => change(at, span.start, minutesOf(event.currentTarget.value))}
          />
          {isOvernight(span) && <span class="tag">{text.hours.nextDay}</span>}
          <Button
            look="quiet"
            size="small"
            icon="close"
            label={text.hours.remove(`${day} ${clockOf(span.start)} - ${clockOf(span.end)}`)}
            onClick={() => onChange(spans.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div class="spans-tools">
        {further && (
          <Button
            look="quiet"
            size="small"
            icon="plus"
            label={text.hours.addFor(day)}
            onClick={() => onChange([...spans, further])}
          />
        )}
        {onCopy && (
          <Button look="quiet" size="small" icon="copy" label={text.hours.copyFor(day)} onClick={onCopy} />
        )}
      </div>
      {problem && (
        <p class="problem-line" role="alert">
          {problem === "overlap" ? text.hours.overlap : text.hours.order}
        </p>
      )}
    </div>
  );
}
