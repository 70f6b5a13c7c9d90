import type { Instant, ZoneName } from "../model/ids.ts";

type CalendarLeafProps = {
  startAt: Instant;
  endAt: Instant;
  zone: ZoneName | undefined;
  locale?: string | undefined;
  /** Struck through: the meeting will not take place. */
  isOff?: boolean;
};

/** When a meeting is: a leaf with month and day, the weekday and the time beside it. */
export function CalendarLeaf({ startAt, endAt, zone, locale, isOff }: CalendarLeafProps) {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
  const whole = part({ weekday: "long", day: "numeric", month: "long" });
  const time = part({ hour: "numeric", minute: "2-digit" });
  return (
    <div class={isOff ? "fy-when fy-off" : "fy-when"}>
      <div class="fy-leaf" aria-hidden="true">
        <span class="fy-leaf-month">{part({ month: "short" }).format(startAt)}</span>
        <b class="fy-leaf-day">{part({ day: "numeric" }).format(startAt)}</b>
      </div>
      <div>
        <strong>{whole.format(startAt)}</strong>
        <div>
          {/* Over midnight a range would name both dates in figures. */}
          <bdi>
            {whole.format(startAt) === whole.format(endAt)
              ? time.formatRange(startAt, endAt)
              : `${time.format(startAt)} – ${time.format(endAt)}`}
          </bdi>
        </div>
        <div class="fy-soft">{zone?.replaceAll("_", " ")}</div>
      </div>
    </div>
  );
}
