import { useEffect, useRef } from "preact/hooks";
import type { LocalDay } from "../model/ids.ts";
import { type DayTimes, dayAfter, dayFrom, firstWeekday, monthOf, noonOf, stripOf } from "./booker-days.ts";
import type { BookerWords } from "./booker-props.ts";

export type BookerDaysProps = {
  /** Those with times, in order; there is at least one. */
  days: readonly DayTimes[];
  chosen: LocalDay;
  locale?: string | undefined;
  words: BookerWords;
  onDay: (day: LocalDay) => void;
};

/** Formats of days, in UTC: see `noonOf`. */
export function inUtc(locale: string | undefined, options: Intl.DateTimeFormatOptions) {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
}

/** Seven days from the first free one on, by whole weeks; the month behind its name. */
export function DayStrip(props: BookerDaysProps) {
  const { days, chosen, locale, words, onDay } = props;
  const sheet = useRef<HTMLDialogElement>(null);
  const first = days[0]?.day ?? chosen;
  const strip = stripOf(chosen, first);
  const turn = (by: number) => {
    // To the first free day there, else to its first day, so that the arrows never skip a week.
    const target = dayAfter(strip[0] ?? chosen, by * 7);
    const span = stripOf(target, first);
    onDay(days.find(({ day }) => span.includes(day))?.day ?? target);
  };
  const openSheet = () => {
    sheet.current?.showModal();
    sheet.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
  };
  const weekday = inUtc(locale, { weekday: "short" });
  return (
    <>
      <div class="fy-month-head">
        <button type="button" class="fy-month-name" onClick={openSheet}>
          <strong>{inUtc(locale, { month: "long", year: "numeric" }).format(noonOf(chosen))}</strong>
          <i class="fy-hidden">, {words.month}</i>
        </button>
        <Arrow
          label={words.earlierDays}
          isBack
          disabled={(strip[0] ?? "") <= first}
          onClick={() => turn(-1)}
        />
        <Arrow
          label={words.laterDays}
          disabled={(strip[6] ?? "") >= (days.at(-1)?.day ?? "")}
          onClick={() => turn(1)}
        />
      </div>
      <DayButtons {...props} class="fy-strip" rowDays={1}>
        {(button) =>
          strip.map((day) => button(day, <span aria-hidden="true">{weekday.format(noonOf(day))}</span>))
        }
      </DayButtons>
      {/* The panel around must not take the Escape that closes the sheet for its own. */}
      <dialog
        ref={sheet}
        class="fy-sheet"
        aria-label={words.month}
        onKeyDown={(event) => event.key === "Escape" && event.stopPropagation()}
        onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
      >
        <div>
          <MonthGrid {...props} onDay={onDay} onPicked={() => sheet.current?.close()} />
          <button type="button" class="fy-button fy-quiet" onClick={() => sheet.current?.close()}>
            {words.close}
          </button>
        </div>
      </dialog>
    </>
  );
}

/** A month of days. */
export function MonthGrid(props: BookerDaysProps & { onPicked?: () => void }) {
  const { days, chosen, locale, words, onDay, onPicked } = props;
  const month = chosen.slice(0, 7);
  const weeks = monthOf(chosen, firstWeekday(locale));
  const weekday = inUtc(locale, { weekday: "short" });
  // Any week tells the names of the weekdays.
  const named = (weeks[1] ?? []) as LocalDay[];
  const next = days.find(({ day }) => day.slice(0, 7) > month);
  const before = days.findLast(({ day }) => day.slice(0, 7) < month);
  // Back to the first day there, not to the last.
  const earlier = before && days.find(({ day }) => day.startsWith(before.day.slice(0, 7)));
  return (
    <div class="fy-month">
      <div class="fy-month-head">
        <strong>{inUtc(locale, { month: "long", year: "numeric" }).format(noonOf(chosen))}</strong>
        <Arrow
          label={words.earlierMonth}
          isBack
          disabled={!earlier}
          onClick={() => earlier && onDay(earlier.day)}
        />
        <Arrow label={words.laterMonth} disabled={!next} onClick={() => next && onDay(next.day)} />
      </div>
      <DayButtons {...props} class="fy-grid" rowDays={7} onPicked={onPicked}>
        {(button) => (
          <>
            {named.map((day) => (
              <span key={day} aria-hidden="true">
                {weekday.format(noonOf(day))}
              </span>
            ))}
            {weeks.flat().map((day, at) => (day ? button(day) : <span key={at} />))}
          </>
        )}
      </DayButtons>
    </div>
  );
}

type DayButton = (day: LocalDay, above?: preact.ComponentChildren) => preact.ComponentChildren;
type DayButtonsProps = BookerDaysProps & {
  class: string;
  /** How far the keys up and down lead. */
  rowDays: number;
  onPicked?: (() => void) | undefined;
  children: (button: DayButton) => preact.ComponentChildren;
};

/** Days as one stop of the keyboard: arrows lead from free day to free day and choose it at once. */
function DayButtons({ days, chosen, locale, words, onDay, ...more }: DayButtonsProps) {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(false);
  useEffect(() => {
    if (follows.current) box.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    follows.current = false;
  }, [chosen]);
  const whole = inUtc(locale, { weekday: "long", day: "numeric", month: "long" });
  const free = days.map(({ day }) => day);
  const onKeyDown = (event: KeyboardEvent) => {
    const ahead = box.current && getComputedStyle(box.current).direction === "rtl" ? -1 : 1;
    const steps: Record<string, number> = {
      ArrowRight: ahead,
      ArrowLeft: -ahead,
      ArrowDown: more.rowDays,
      ArrowUp: -more.rowDays,
      PageDown: 28,
      PageUp: -28,
      Home: -1_000,
      End: 1_000,
    };
    const by = steps[event.key];
    const next = by && dayFrom(free, chosen, by);
    if (!next) return;
    event.preventDefault();
    follows.current = next !== chosen;
    onDay(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend
    <div ref={box} class={more.class} role="group" aria-label={words.days} onKeyDown={onKeyDown}>
      {more.children((day, above) => {
        const count = days.find((entry) => entry.day === day)?.starts.length ?? 0;
        return (
          <button
            key={day}
            type="button"
            class="fy-day-button"
            disabled={count === 0}
            aria-pressed={day === chosen}
            // A chosen day without times takes no focus; then the first one with some does.
            tabIndex={day === chosen || !free.includes(chosen) ? 0 : -1}
            onClick={() => {
              onDay(day);
              more.onPicked?.();
            }}
          >
            {above}
            <b aria-hidden="true">{Number(day.slice(8))}</b>
            <i class="fy-hidden">{`${whole.format(noonOf(day))}, ${words.dayTimes(count)}`}</i>
          </button>
        );
      })}
    </div>
  );
}

// The signs mirror themselves in right-to-left text.
type ArrowProps = { label: string; isBack?: boolean; disabled: boolean; onClick: () => void };

function Arrow({ label, isBack, disabled, onClick }: ArrowProps) {
  return (
    <button type="button" class="fy-arrow" aria-label={label} disabled={disabled} onClick={onClick}>
      {isBack ? "‹" : "›"}
    </button>
  );
}
