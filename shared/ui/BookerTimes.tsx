import type { Instant, LocalDay } from "../model/ids.ts";
import { firstWeekday, noonOf, partsOfDay, timesByDay, weekOf } from "./booker-days.ts";
import type { BookerProps } from "./booker-props.ts";

type BookerTimesProps = BookerProps & { waitingFor: Instant | null };

/** A week of days, the times of the chosen one below, and the zone they are told in. */
export function BookerTimes(props: BookerTimesProps) {
  const { slots, zone, locale, words, waitingFor } = props;
  const days = timesByDay(slots, zone);
  const first = days[0];
  const final = days.at(-1);
  const zonePicker = <ZonePicker {...props} />;
  if (!first || !final)
    return (
      <>
        <div class="fy-booker-wait">{words.none}</div>
        {zonePicker}
      </>
    );

  const chosen = props.day ?? first.day;
  const week = weekOf(chosen, firstWeekday(locale));
  const starts = days.find((entry) => entry.day === chosen)?.starts ?? [];
  const turn = (by: number) => {
    // To the first free day of that week, else to its same weekday, so that the arrows never skip a week.
    const target = new Date(noonOf(chosen) + by * 7 * 86_400_000).toISOString().slice(0, 10);
    const span = weekOf(target, firstWeekday(locale));
    props.onDay(days.find((entry) => span.includes(entry.day))?.day ?? target);
  };
  const inUtc = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const weekday = inUtc({ weekday: "short" });
  const whole = inUtc({ weekday: "long", day: "numeric", month: "long" });
  const time = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone });

  return (
    <>
      <div class="fy-week-head">
        <strong aria-live="polite">{inUtc({ month: "long", year: "numeric" }).format(noonOf(chosen))}</strong>
        <Arrow
          label={words.earlierWeek}
          isBack
          disabled={(week[0] ?? "") <= first.day}
          onClick={() => turn(-1)}
        />
        <Arrow label={words.laterWeek} disabled={(week[6] ?? "") >= final.day} onClick={() => turn(1)} />
      </div>
      <div class="fy-week">
        {week.map((day) => {
          const count = days.find((entry) => entry.day === day)?.starts.length ?? 0;
          return (
            <button
              key={day}
              type="button"
              class="fy-week-day"
              disabled={count === 0}
              aria-pressed={day === chosen}
              onClick={() => props.onDay(day as LocalDay)}
            >
              <span aria-hidden="true">{weekday.format(noonOf(day))}</span>
              <b aria-hidden="true">{Number(day.slice(8))}</b>
              <i class="fy-hidden">{`${whole.format(noonOf(day))}, ${words.dayTimes(count)}`}</i>
            </button>
          );
        })}
      </div>
      <div class="fy-times">
        {partsOfDay(starts, zone).map((within, at) => {
          return within.length === 0 ? null : (
            <div key={words.parts[at]}>
              <h3>{words.parts[at]}</h3>
              <div class="fy-times-grid">
                {within.map((start) => (
                  <button
                    key={start}
                    type="button"
                    class={start === waitingFor ? "fy-time fy-on" : "fy-time"}
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
      {zonePicker}
    </>
  );
}

function ZonePicker({ zone, zones, now, locale, words, onZone, slots, durationMinutes }: BookerTimesProps) {
  const all = zones.includes(zone) ? zones : [zone, ...zones];
  // The offset at the times on offer, not today's: a clock change may lie between.
  const offset = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(slots[0] ?? now)
    .find((part) => part.type === "timeZoneName")?.value;
  return (
    <div class="fy-zone">
      <span>{words.length(durationMinutes)}</span>
      <label>
        <span class="fy-hidden">{words.zoneLabel}</span>
        <select value={zone} onChange={(event) => onZone(event.currentTarget.value)}>
          {all.map((name) => (
            <option key={name} value={name}>
              {name.replaceAll("_", " ")}
              {name === zone ? ` (${offset})` : ""}
            </option>
          ))}
        </select>
      </label>
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
