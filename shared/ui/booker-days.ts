import type { Instant, LocalDay, ZoneName } from "../model/ids.ts";

export type DayTimes = { day: LocalDay; starts: Instant[] };

/** Instants by the day they fall on in `zone`, in order. */
export function timesByDay(slots: readonly Instant[], zone: ZoneName): DayTimes[] {
  // en-CA writes days as YYYY-MM-DD; one formatter for all, because making one costs more than a hundred uses.
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const days: DayTimes[] = [];
  for (const start of slots) {
    const day = format.format(start);
    const last = days.at(-1);
    if (last?.day === day) last.starts.push(start);
    else days.push({ day, starts: [start] });
  }
  return days;
}

/** Noon UTC of a local day: a handle for `Intl` in UTC, which never slips to a neighbour. */
export function noonOf(day: LocalDay): number {
  return Date.parse(`${day}T12:00:00Z`);
}

/** The seven days of the week that holds `day`; `firstWeekday` is 1 for Monday ... 7 for Sunday. */
export function weekOf(day: LocalDay, firstWeekday: number): LocalDay[] {
  const noon = noonOf(day);
  const weekday = new Date(noon).getUTCDay() || 7;
  const back = (weekday - firstWeekday + 7) % 7;
  return Array.from({ length: 7 }, (_, at) =>
    new Date(noon + (at - back) * 86_400_000).toISOString().slice(0, 10),
  );
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
