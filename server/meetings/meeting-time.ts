import type { Instant, ZoneName } from "../../shared/model/ids.ts";

// Days and times as mails say them, in words of a locale: see the two below.

/** "Tuesday, 24 November 2026" */
export function meetingDay(instant: Instant, zone: ZoneName, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(instant);
}

/** "15:30 to 16:00, Berlin time (UTC+1)" */
export function meetingTime(
  { startAt, endAt }: { startAt: Instant; endAt: Instant },
  zone: ZoneName,
  locale: string,
): string {
  const clock = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    hour: "numeric",
    minute: "2-digit",
  });
  // Some locales put a narrow space before AM, which old mailboxes show as a box.
  const read = (instant: Instant) => clock.format(instant).replace(/\p{Zs}/gu, " ");
  return `${read(startAt)} to ${read(endAt)}, ${zoneLabel(startAt, zone)}`;
}

function zoneLabel(instant: Instant, zone: ZoneName): string {
  const offset = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "shortOffset" })
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName")
    ?.value.replace("GMT", "UTC");
  const place =
    zone.includes("/") && !zone.startsWith("Etc/") ? zone.split("/").at(-1)?.replaceAll("_", " ") : "";
  return place ? `${place} time (${offset})` : `${offset}`;
}

/** Mails are in English; an English-speaking guest's own region decides about 3 PM or 15:00. */
export function guestLocale(language: string | null): string {
  return language !== null && /^en-[A-Z]{2}$/.test(language) ? language : "en-GB";
}

/** A member has chosen how dates and times are written; bare `en` is no choice. */
export function memberLocale(language: string): string {
  return language === "en" ? "en-GB" : language;
}
