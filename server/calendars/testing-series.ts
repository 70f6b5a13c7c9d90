import { MINUTE } from "../../shared/time/local-day.ts";
import { firstInstantAt, offsetAt, type Zones } from "../../shared/time/zone.ts";
import type { OutsideEvent } from "./testing-counterpart.ts";

// Expands what tests put into simulated calendars: every day or week, so often or without end.

/** One time at which an event happens; the texts are as in `OutsideEvent`. */
export type Happening = {
  /** Where the rule put it: what it is known by. */
  planned: string;
  start: string;
  end: string;
  isCancelled: boolean;
};

const steps: Record<string, number> = { DAILY: 1, WEEKLY: 7 };

/** Those that a rule puts before `until`, a day; an event without one happens once. */
export function happeningsOf({ start, end, repeats }: OutsideEvent, until: string): Happening[] {
  if (!repeats) return [{ planned: start, start, end, isCancelled: false }];
  const rule = Object.fromEntries(repeats.rule.split(";").map((part) => part.split("=")));
  const days = steps[rule.FREQ] ?? 0;
  if (days === 0 || Object.keys(rule).some((key) => !["FREQ", "COUNT"].includes(key)))
    throw new Error(`The simulators do not know ${repeats.rule}.`);
  const count = rule.COUNT === undefined ? Number.POSITIVE_INFINITY : Number(rule.COUNT);
  const all: Happening[] = [];
  for (let time = 0; time < count; time++) {
    const planned = daysLater(start, time * days);
    if (planned >= until) break;
    if (repeats.except.includes(planned)) continue;
    const moved = repeats.moved.find(({ from }) => from === planned);
    all.push({
      planned,
      start: moved?.start ?? planned,
      end: moved?.end ?? daysLater(end, time * days),
      isCancelled: repeats.cancelled.includes(planned),
    });
  }
  return all;
}

export function isDay(text: string): boolean {
  return !text.includes("T");
}

/** When the clock in the zone shows this; a day begins at its midnight. */
export function instantAt(text: string, zone: string, zones: Zones): number {
  const [day = "", time = "00:00"] = text.split("T");
  const [hours, minutes] = time.split(":");
  return firstInstantAt(zones(zone), day, Number(hours) * 60 + Number(minutes));
}

/** `2027-03-15T09:00:00-04:00` */
export function withOffset(instant: number, zone: string, zones: Zones): string {
  const offset = offsetAt(zones(zone), instant);
  const minutes = Math.abs(offset) / MINUTE;
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = new Date(instant + offset).toISOString().slice(0, 19);
  return `${clock}${offset < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
}

function daysLater(text: string, days: number): string {
  const length = text.length;
  const at = Date.parse(isDay(text) ? text : `${text}:00Z`) + days * 86_400_000;
  return new Date(at).toISOString().slice(0, length);
}
