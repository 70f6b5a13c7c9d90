import { DAY, HOUR, MINUTE } from "../../../shared/time/local-day.ts";
import { type IcsLine, UnreadableEvent } from "./read-ics.ts";

/**
 * A time as a calendar file writes it. `wall` is what the clock shows, as if it were UTC.
 *   - `date`: a whole day · `floating`: the same reading in every zone · `utc` · `zoned`: with the name of a zone
 */
export type When = { wall: number } & (
  | { kind: "date" | "floating" | "utc" }
  | { kind: "zoned"; tzid: string }
);

/** Whole days move with the clock, the rest is exact. */
export type Length = { days: number; exact: number };

const earliest = Date.UTC(1600, 0, 1);
const latest = Date.UTC(2500, 0, 1);

/** All times of a line: one, or for lists several, parted by commas. */
export function readTimes(line: IcsLine): When[] {
  return line.value.split(",").map((value) => readTime(value, line.parameters.get("TZID")));
}

export function readTime(text: string, tzid?: string): When {
  const value = text.trim();
  const found = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z)?)?$/i.exec(value);
  if (!found) throw new UnreadableEvent();
  const [, year, month, day, hour, minute, second, isUtc] = found;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isDay = new Date(midnight).getUTCMonth() === Number(month) - 1 && Number(day) > 0;
  if (!isDay || midnight < earliest || midnight > latest) throw new UnreadableEvent();
  if (hour === undefined) return { kind: "date", wall: midnight };
  // A leap second is the second after it; some write the end of a day as 24 o'clock.
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second ?? 0) > 60) throw new UnreadableEvent();
  const wall = midnight + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second ?? 0) * 1_000;
  if (isUtc !== undefined) return { kind: "utc", wall };
  return tzid === undefined || tzid === "" ? { kind: "floating", wall } : { kind: "zoned", wall, tzid };
}

export function readLength(text: string): Length {
  const found = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(text.trim());
  if (!found || /^[+-]?PT?$/i.test(text.trim())) throw new UnreadableEvent();
  const [, sign, weeks, days, hours, minutes, seconds] = found;
  const direction = sign === "-" ? -1 : 1;
  const length = {
    days: direction * (Number(weeks ?? 0) * 7 + Number(days ?? 0)),
    exact:
      direction * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE + Number(seconds ?? 0) * 1_000),
  };
  if (Math.abs(length.days) * DAY + Math.abs(length.exact) > latest - earliest) throw new UnreadableEvent();
  return length;
}
