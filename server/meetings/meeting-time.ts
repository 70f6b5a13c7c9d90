import type { Instant, ZoneName } from "../../shared/model/ids.ts";

// Days and times as mails say them. Mails are in English; an English-speaking guest's own region decides about 3 PM or 15:00.

/** "Tuesday, 24 November 2026" */
export function meetingDay(instant: Instant, zone: ZoneName, language: string | null): string {
  return new Intl.DateTimeFormat(localeFor(language), {
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
  language: string | null,
): string {
  const clock = new Intl.DateTimeFormat(localeFor(language), {
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

function localeFor(language: string | null): string {
  return language !== null && /^en-[A-Z]{2}$/.test(language) ? language : "en-GB";
}
