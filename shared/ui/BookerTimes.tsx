import type { Instant } from "../model/ids.ts";
import { DayStrip, inUtc, MonthGrid } from "./BookerDays.tsx";
import { daysAhead, firstFree, nearestTo, noonOf, partsOfDay, timesByDay } from "./booker-days.ts";
import type { BookerProps } from "./booker-props.ts";
import { useMedia } from "./use-media.ts";

type BookerTimesProps = BookerProps & { waitingFor: Instant | null };

/** The first free times, the days, the times of the chosen one, and the zone they are told in. */
export function BookerTimes(props: BookerTimesProps) {
  const { slots, zone, locale, words, waitingFor } = props;
  const isWide = useMedia("(min-width: 700px)");
  const days = timesByDay(slots, zone);
  const first = days[0];
  if (!first)
    return (
      <div class="fy-booker-wait">
        <p role="status">{words.noTimes[props.noTimes]}</p>
        {props.onWrite && (
          <button type="button" class="fy-button" onClick={props.onWrite}>
            {words.write}
          </button>
        )}
        <button type="button" class="fy-button fy-quiet" onClick={props.onRetry}>
          {words.lookAgain}
        </button>
      </div>
    );

  const chosen = props.day ?? first.day;
  const starts = days.find(({ day }) => day === chosen)?.starts ?? [];
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone });
  const whole = inUtc(locale, { weekday: "long", day: "numeric", month: "long" }).format(noonOf(chosen));
  const { onDay } = props;
  const dayProps = { days, chosen, locale, words, onDay };
  return (
    <>
      {days.length > 1 && <Shortcuts {...props} days={days} />}
      <div class={isWide ? "fy-wide" : "fy-narrow"}>
        {isWide ? <MonthGrid {...dayProps} /> : <DayStrip {...dayProps} />}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend */}
        <div class="fy-times" role="group" aria-label={whole} onKeyDown={walkTimes}>
          <p class={isWide ? "fy-times-day" : "fy-hidden"} role="status">
            {whole}
            <span class="fy-hidden">, {words.dayTimes(starts.length)}</span>
          </p>
          {partsOfDay(starts, zone).map((within, part) => {
            return within.length === 0 ? null : (
              <div key={words.parts[part]}>
                <h3>{words.parts[part]}</h3>
                <div class="fy-times-grid">
                  {within.map((start) => (
                    <button
                      key={start}
                      type="button"
                      class={start === waitingFor ? "fy-time fy-on" : "fy-time"}
                      tabIndex={start === starts[0] ? 0 : -1}
                      disabled={waitingFor !== null}
                      onClick={() => props.onTime(start)}
                    >
                      {time.format(start)}
                    </button>
                  ))}
                </div>
              </div>
            );
          })}
          {starts.length === 0 && <div class="fy-booker-wait">{words.dayTimes(0)}</div>}
        </div>
      </div>
      <ZonePicker {...props} />
    </>
  );
}

/** Arrows lead over all times of the day; the tabulator enters them once. */
function walkTimes(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const { currentTarget, key } = event;
  const all = [...currentTarget.querySelectorAll<HTMLElement>(".fy-time")];
  const at = all.indexOf(event.target as HTMLElement);
  const grid = all[at]?.parentElement;
  if (!grid) return;
  const style = getComputedStyle(grid);
  const ahead = style.direction === "rtl" ? -1 : 1;
  const row = style.gridTemplateColumns.split(" ").length;
  const by = { ArrowRight: ahead, ArrowLeft: -ahead, ArrowDown: row, ArrowUp: -row }[key];
  if (!by) return;
  event.preventDefault();
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

/** The soonest time of the next days; around a time that has just been taken, its nearest. */
function Shortcuts(props: BookerTimesProps & { days: ReturnType<typeof timesByDay> }) {
  const { slots, zone, locale, words, near, now, days } = props;
  const starts = near === null ? firstFree(days, 3) : nearestTo(slots, near, 3);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  const time = part({ hour: "numeric", minute: "2-digit" });
  const dayOf = (start: Instant) => {
    const ahead = daysAhead(now, start, zone);
    return ahead === 0
      ? words.today
      : ahead === 1
        ? words.tomorrow
        : part(ahead < 7 ? { weekday: "short" } : { day: "numeric", month: "short" }).format(start);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend
    <div class="fy-first" role="group" aria-label={near === null ? words.firstFree : words.nearest}>
      <span aria-hidden="true">{near === null ? words.firstFree : words.nearest}</span>
      {starts.map((start) => (
        <button
          key={start}
          type="button"
          class={start === props.waitingFor ? "fy-chip fy-on" : "fy-chip"}
          disabled={props.waitingFor !== null}
          onClick={() => props.onTime(start)}
        >
          {dayOf(start)} {time.format(start)}
        </button>
      ))}
    </div>
  );
}

function ZonePicker({ zone, zones, now, locale, words, onZone, slots }: BookerTimesProps) {
  const all = zones.includes(zone) ? zones : [zone, ...zones];
  // The offset at the times on offer, not today's: a clock change may lie between.
  const offset = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(slots[0] ?? now)
    .find((part) => part.type === "timeZoneName")?.value;
  return (
    <label class="fy-zone">
      {words.zoneLabel}
      <select value={zone} onChange={(event) => onZone(event.currentTarget.value)}>
        {all.map((name) => (
          <option key={name} value={name}>
            {name.replaceAll("_", " ")}
            {name === zone ? ` (${offset})` : ""}
          </option>
        ))}
      </select>
    </label>
  );
}
