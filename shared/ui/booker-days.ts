import type { Instant, LocalDay, ZoneName } from "../model/ids.ts";

export type DayTimes = { day: LocalDay; starts: Instant[] };

const DAY = 86_400_000;

/** Instants by the day they fall on in `zone`, in order. */
export function timesByDay(slots: readonly Instant[], zone: ZoneName): DayTimes[] {
  const format = dayFormat(zone);
  const days: DayTimes[] = [];
  for (const start of slots) {
    const day = format.format(start);
    const last = days.at(-1);
    if (last?.day === day) last.starts.push(start);
    else days.push({ day, starts: [start] });
  }
  return days;
}

// en-CA writes days as YYYY-MM-DD; one formatter for all, because making one costs more than a hundred uses.
function dayFormat(zone: ZoneName): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
}

/** Noon UTC of a local day: a handle for `Intl` in UTC, which never slips to a neighbour. */
export function noonOf(day: LocalDay): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The day `count` days after `day`, or before it. */
export function dayAfter(day: LocalDay, count: number): LocalDay {
  return new Date(noonOf(day) + count * DAY).toISOString().slice(0, 10);
}

/** The seven days of the strip that holds `day`; the first strip begins with `first`. */
export function stripOf(day: LocalDay, first: LocalDay): LocalDay[] {
  const ahead = Math.floor((noonOf(day) - noonOf(first)) / DAY / 7) * 7;
  return Array.from({ length: 7 }, (_, at) => dayAfter(first, ahead + at));
}

/** The weeks of the month of `day`, null for days of its neighbours; `firstWeekday` is 1 for Monday ... 7 for Sunday. */
export function monthOf(day: LocalDay, firstWeekday: number): (LocalDay | null)[][] {
  const month = day.slice(0, 7);
  const first = `${month}-01`;
  const weekday = new Date(noonOf(first)).getUTCDay() || 7;
  const weeks: (LocalDay | null)[][] = [];
  for (let at = -((weekday - firstWeekday + 7) % 7); ; at += 7) {
    const week = Array.from({ length: 7 }, (_, of) => dayAfter(first, at + of));
    if (at > 0 && !week[0]?.startsWith(month)) return weeks;
    weeks.push(week.map((one) => (one.startsWith(month) ? one : null)));
  }
}

/** Of `days` in order, the one a key leads to: the next at least `by` days from `from` in that direction, else the outermost. */
export function dayFrom(days: readonly LocalDay[], from: LocalDay, by: number): LocalDay | undefined {
  const target = dayAfter(from, by);
  return by > 0
    ? (days.find((day) => day >= target) ?? days.at(-1))
    : (days.findLast((day) => day <= target) ?? days[0]);
}

/** The first free time of each of the first days. */
export function firstFree(days: readonly DayTimes[], count: number): Instant[] {
  return days.slice(0, count).flatMap(({ starts }) => starts.slice(0, 1));
}

/** The free times closest to `wanted`, in order. */
export function nearestTo(slots: readonly Instant[], wanted: Instant, count: number): Instant[] {
  return [...slots]
    .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
    .slice(0, count)
    .sort((a, b) => a - b);
}

/** How many midnights of `zone` lie between: 0 today, 1 tomorrow. */
export function daysAhead(now: Instant, start: Instant, zone: ZoneName): number {
  const format = dayFormat(zone);
  return Math.round((noonOf(format.format(start)) - noonOf(format.format(now))) / DAY);
}

/** The day a week starts on for a reader of `locale`; Monday where the browser does not tell. */
export function firstWeekday(locale: string | undefined): number {
  try {
    const of = new Intl.Locale(locale ?? navigator.language) as Intl.Locale & {
      getWeekInfo?: () => { firstDay: number };
      weekInfo?: { firstDay: number };
    };
    return (of.getWeekInfo?.() ?? of.weekInfo)?.firstDay ?? 1;
  } catch {
    return 1;
  }
}

/** The starts of a day in the morning, from noon, from 17:00. */
export function partsOfDay(starts: readonly Instant[], zone: ZoneName): Instant[][] {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", hourCycle: "h23" });
  const parts: [Instant[], Instant[], Instant[]] = [[], [], []];
  for (const start of starts) {
    const hour = Number(format.format(start));
    parts[hour < 12 ? 0 : hour < 17 ? 1 : 2].push(start);
  }
  return parts;
}
