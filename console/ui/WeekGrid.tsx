import type { ComponentChildren } from "preact";
import type { Instant, LocalDay, ZoneName } from "../../shared/model/ids.ts";
import { dayIn, dayOfMonth, longDay, weekdayName } from "../time-text.ts";
import { type DayPiece, hourRange, lanesOf, type Weeks } from "../week.ts";

export type WeekBlock = {
  key: string;
  startAt: Instant;
  endAt: Instant;
  /** A part of the style sheet's name: free, meeting, own, cancelled. */
  look: string;
  content?: ComponentChildren;
};

type WeekGridProps = {
  label: string;
  weeks: Weeks;
  days: readonly LocalDay[];
  zone: ZoneName;
  now: Instant;
  blocks: readonly WeekBlock[];
  /** Pixels of one hour. */
  hourHeight?: number;
  /** Said of a day without blocks. */
  none: string;
};

/** Seven days side by side, blocks where time is. Read as a list of days by assistive technology. */
export function WeekGrid({ label, weeks, days, zone, now, blocks, hourHeight = 40, none }: WeekGridProps) {
  const placed = blocks.flatMap((block) =>
    weeks.pieces(block.startAt, block.endAt, zone).map((piece) => ({ block, piece })),
  );
  const shown = placed.filter(({ piece }) => days.includes(piece.day));
  const { first, last } = hourRange(shown.map(({ piece }) => piece));
  const hours = Array.from({ length: last - first }, (_, at) => first + at);
  const today = dayIn(now, zone);
  const nowPiece = weeks.pieces(now, now + 1, zone)[0];
  const top = (minute: number) => `${((minute - first * 60) / 60) * hourHeight}px`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups fields, this groups days
    <div
      class="week"
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls on a phone must be reachable by keyboard
      tabIndex={0}
      style={{ "--hour": `${hourHeight}px` }}
    >
      <div class="week-hours" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour}>{`${String(hour).padStart(2, "0")}:00`}</span>
        ))}
      </div>
      <ol class="week-days">
        {days.map((day) => {
          const here = shown.filter(({ piece }) => piece.day === day);
          const lanes = lanesOf(here.map(({ piece }) => piece));
          const start = weeks.startOf(day, zone);
          return (
            <li key={day} class={day === today ? "week-day week-today" : "week-day"}>
              <div class="week-title">
                <span class="fy-hidden">{longDay(start, zone)}</span>
                <span aria-hidden="true">{weekdayName(start, zone)}</span>
                <b aria-hidden="true">{dayOfMonth(start, zone)}</b>
              </div>
              <div class="week-column" style={{ height: `${hours.length * hourHeight}px` }}>
                {here.map(({ block, piece }, at) => {
                  const lane = lanes[at] ?? { at: 0, of: 1 };
                  return (
                    <div
                      key={`${block.key} ${piece.from}`}
                      class={`week-block week-${block.look}`}
                      style={{
                        top: top(piece.from),
                        height: `${(heightOf(piece) / 60) * hourHeight - 2}px`,
                        insetInlineStart: `${(lane.at / lane.of) * 100}%`,
                        width: `calc(${100 / lane.of}% - 3px)`,
                      }}
                    >
                      {block.content}
                    </div>
                  );
                })}
                {here.length === 0 && <span class="fy-hidden">{none}</span>}
                {nowPiece?.day === day && nowPiece.from >= first * 60 && nowPiece.from <= last * 60 && (
                  <div class="week-now" style={{ top: top(nowPiece.from) }} aria-hidden="true" />
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** A quarter of an hour stays tall enough to be seen. */
function heightOf(piece: DayPiece): number {
  return Math.max(piece.to - piece.from, 15);
}
