import { computed, signal } from "@preact/signals";
import type { Instant, LocalDay, ZoneName } from "../shared/model/ids.ts";
import { DAY, HOUR, MINUTE } from "../shared/time/local-day.ts";

// Instants and durations as words: in the language the person has chosen for them, else in the browser's kind of English.

const browserLocale =
  typeof navigator !== "undefined" && navigator.language.startsWith("en") ? navigator.language : "en-GB";
const chosen = signal<string | null>(null);

/** Read while drawing: what is drawn with it is drawn again when the person chooses another. */
export const timeLocale = computed(() => chosen.value ?? browserLocale);

/** The profile's language; `en` leaves it to the browser. */
export function writeTimesIn(language: string): void {
  chosen.value = language === "en" ? null : language;
}

export const browserZone: ZoneName = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Making a formatter costs more than a hundred uses. */
const made = new Map<string, Intl.DateTimeFormat>();
function format(options: Intl.DateTimeFormatOptions, zone: ZoneName | undefined): Intl.DateTimeFormat {
  const locale = timeLocale.value;
  const key = JSON.stringify([locale, options, zone]);
  const known = made.get(key);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat(locale, zone ? { ...options, timeZone: zone } : options);
  made.set(key, fresh);
  return fresh;
}

export const clockTime = (at: Instant, zone?: ZoneName) =>
  format({ hour: "numeric", minute: "2-digit" }, zone).format(at);
export const clockRange = (from: Instant, to: Instant, zone?: ZoneName) =>
  format({ hour: "numeric", minute: "2-digit" }, zone).formatRange(from, to);
export const longDay = (at: Instant, zone?: ZoneName) =>
  format({ weekday: "long", day: "numeric", month: "long" }, zone).format(at);
/** With its year, for what lies far off: "3 November 2031". */
export const dayOfYear = (at: Instant) =>
  format({ day: "numeric", month: "long", year: "numeric" }, undefined).format(at);
export const shortDay = (at: Instant, zone?: ZoneName) =>
  format({ weekday: "short", day: "numeric", month: "short" }, zone).format(at);
export const monthOf = (at: Instant, zone?: ZoneName) => format({ month: "short" }, zone).format(at);
export const dayOfMonth = (at: Instant, zone?: ZoneName) => format({ day: "numeric" }, zone).format(at);
export const weekdayName = (at: Instant, zone?: ZoneName) => format({ weekday: "short" }, zone).format(at);
export const dayTime = (at: Instant, zone?: ZoneName) =>
  format(
    { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" },
    zone,
  ).format(at);

/** To the second and with its zone, for what may be argued about. */
export const exactTime = (at: Instant) =>
  format({ dateStyle: "full", timeStyle: "long" }, undefined).format(at);

/** The local day of an instant, as YYYY-MM-DD. */
export function dayIn(at: Instant, zone?: ZoneName): LocalDay {
  const parts = format(
    { year: "numeric", month: "2-digit", day: "2-digit", calendar: "iso8601", numberingSystem: "latn" },
    zone,
  ).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** The end of the name and the offset: "Lisbon, GMT+1". */
export function zoneText(zone: ZoneName, at: Instant): string {
  const city = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
  const parts = format({ timeZoneName: "shortOffset" }, zone).formatToParts(at);
  return `${city}, ${parts.find((part) => part.type === "timeZoneName")?.value ?? ""}`;
}

/** "under a minute", "12 min", "1 h 5 min", "3 d". */
export function durationText(ms: number): string {
  if (ms < MINUTE) return "<1 min";
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return `${Math.floor(ms / HOUR)} h${minutes ? ` ${minutes} min` : ""}`;
  }
  return `${Math.floor(ms / DAY)} d`;
}

/** How long ago, for a list: "now", "4 min", "14:05" today, "Tue" this week, "3 Nov" before. */
export function agoText(at: Instant, now: Instant): string {
  const past = now - at;
  if (past < MINUTE) return "now";
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min`;
  if (dayIn(at) === dayIn(now)) return clockTime(at);
  if (past < 6 * DAY) return weekdayName(at);
  return format({ day: "numeric", month: "short" }, undefined).format(at);
}

/** "Today", "Yesterday", "Tomorrow" or the day. */
export function dayWords(
  at: Instant,
  now: Instant,
  words: { today: string; tomorrow: string; yesterday: string },
) {
  const day = dayIn(at);
  if (day === dayIn(now)) return words.today;
  if (day === dayIn(now + DAY)) return words.tomorrow;
  if (day === dayIn(now - DAY)) return words.yesterday;
  return longDay(at);
}

/** A past instant within a sentence: "just now", "4 min ago", "at 14:05" today, "on Tue, 3 Nov, 14:05". */
export function whenText(at: Instant, now: Instant): string {
  const past = now - at;
  if (past < MINUTE) return "just now";
  if (past < HOUR) return `${Math.floor(past / MINUTE)} min ago`;
  return dayIn(at) === dayIn(now) ? `at ${clockTime(at)}` : `on ${dayTime(at)}`;
}

/** After "since": the time of day, with its day unless that is today. */
export function sinceText(at: Instant, now: Instant): string {
  return dayIn(at) === dayIn(now) ? clockTime(at) : dayTime(at);
}

/** The city that a zone is named after. */
export function zoneCity(zone: ZoneName): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}
