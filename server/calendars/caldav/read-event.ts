import { DAY } from "../../../shared/time/local-day.ts";
import { type EventZone, utcZone, zoneByTzid } from "./event-zones.ts";
import { type Length, readLength, readTime, readTimes, type When } from "./ics-values.ts";
import { type IcsLine, type IcsPart, lineOf, linesOf, UnreadableEvent, wordOf } from "./read-ics.ts";

/** A VEVENT, placed on both axes: what its clock shows, and instants. */
export type ReadEvent = {
  uid: string;
  start: When;
  zone: EventZone;
  length: EventLength;
  /** Whether it keeps its owner. */
  isBusy: boolean;
  isCancelled: boolean;
  rules: string[];
  extraDates: { wall: number; length: EventLength }[];
  exceptDates: When[];
  /** Of an exception: the time that it stands for, and whether it stands for all later ones too. */
  replaces: { when: When; isOnward: boolean } | null;
  meetingId: string | null;
};

/** What is added to a start: days by the clock, the rest exactly. */
export type EventLength = Length;

/** Zones of a file, and that of the calendar, for whole days and times without a zone. */
export type ZoneFinder = (when: When) => EventZone;

/** Names the meeting that an event of ours stands for. */
export const meetingProperty = "X-FOYER-MEETING";

export function zoneFinder(described: readonly IcsPart[], calendarZone: EventZone): ZoneFinder {
  const known = new Map<string, EventZone>();
  return (when) => {
    if (when.kind === "utc") return utcZone;
    if (when.kind !== "zoned") return calendarZone;
    let zone = known.get(when.tzid);
    if (!zone) {
      zone = zoneByTzid(when.tzid, described);
      known.set(when.tzid, zone);
    }
    return zone;
  };
}

/** `own`: the owner's addresses, in small letters. */
export function readEvent(part: IcsPart, zoneOf: ZoneFinder, own: ReadonlySet<string>): ReadEvent {
  const startLine = lineOf(part, "DTSTART");
  if (!startLine) throw new UnreadableEvent();
  const [start] = readTimes(startLine);
  if (!start) throw new UnreadableEvent();
  try {
    const zone = zoneOf(start);
    const length = readEventLength(part, start, zone, zoneOf);
    const status = wordOf(part, "STATUS");
    const replaced = lineOf(part, "RECURRENCE-ID");
    return {
      uid: lineOf(part, "UID")?.value.trim() ?? "",
      start,
      zone,
      length,
      isBusy: status !== "CANCELLED" && !isShownAsFree(part) && !isDeclined(part, own),
      isCancelled: status === "CANCELLED",
      rules: linesOf(part, "RRULE").map(({ value }) => value),
      extraDates: linesOf(part, "RDATE").flatMap((line) => readExtraDates(line, start, zone, zoneOf, length)),
      exceptDates: linesOf(part, "EXDATE")
        .filter(({ value }) => value.trim() !== "")
        .flatMap(readTimes),
      replaces: replaced
        ? {
            when: readTime(replaced.value, replaced.parameters.get("TZID")),
            isOnward: replaced.parameters.get("RANGE")?.toUpperCase() === "THISANDFUTURE",
          }
        : null,
      meetingId: lineOf(part, meetingProperty)?.value.trim() ?? null,
    };
  } catch (error) {
    throw error instanceof UnreadableEvent ? new UnreadableEvent(dayOf(start)) : error;
  }
}

export function dayOf(when: When): string {
  return new Date(when.wall).toISOString().slice(0, 10);
}

function readEventLength(part: IcsPart, start: When, zone: EventZone, zoneOf: ZoneFinder): EventLength {
  const endLine = lineOf(part, "DTEND");
  if (endLine) {
    const [end] = readTimes(endLine);
    if (!end) throw new UnreadableEvent();
    return lengthBetween(start, zone, end, zoneOf(end));
  }
  const length = lineOf(part, "DURATION");
  if (length) return sensible(readLength(length.value), start);
  // A day without an end is that day; a time without one takes none.
  return { days: start.kind === "date" ? 1 : 0, exact: 0 };
}

function lengthBetween(start: When, zone: EventZone, end: When, endZone: EventZone): EventLength {
  if (start.kind === "date") {
    // Some write the day itself as its end, and some an hour of it.
    const days = Math.ceil((end.wall - start.wall) / DAY);
    if (days < 0) throw new UnreadableEvent();
    return { days: Math.max(1, days), exact: 0 };
  }
  // Its first instant is before anything of that day; its last, after.
  const exact = endZone.instantOf(end.wall) - zone.instantOf(start.wall);
  return sensible(
    { days: 0, exact: exact + (endZone.unsure.after && !zone.unsure.after ? endZone.unsure.after : 0) },
    start,
  );
}

/** An end before the start is somebody's slip, and the time between counts; more than a day is nothing that can be understood. */
function sensible(length: EventLength, start: When): EventLength {
  if (length.days * DAY + length.exact < -DAY) throw new UnreadableEvent();
  if (start.kind !== "date" || length.days > 0) return length;
  return { days: Math.max(1, Math.ceil(length.exact / DAY)), exact: 0 };
}

function readExtraDates(
  line: IcsLine,
  start: When,
  zone: EventZone,
  zoneOf: ZoneFinder,
  length: EventLength,
): { wall: number; length: EventLength }[] {
  const tzid = line.parameters.get("TZID");
  return line.value
    .split(",")
    .filter((value) => value.trim() !== "")
    .map((value) => {
      const [from = "", to] = value.split("/");
      const when = readTime(from, tzid);
      const wall = wallIn(zone, when, start, zoneOf);
      if (to === undefined) return { wall, length };
      if (/^[+-]?P/i.test(to.trim())) return { wall, length: sensible(readLength(to), start) };
      const end = readTime(to, tzid);
      return { wall, length: lengthBetween(when, zoneOf(when), end, zoneOf(end)) };
    });
}

/** What the event's clock shows then. A day alone is that day's time of the event. */
function wallIn(zone: EventZone, when: When, start: When, zoneOf: ZoneFinder): number {
  if (start.kind === "date") return Math.floor(when.wall / DAY) * DAY;
  if (when.kind === "date") return when.wall + (start.wall % DAY);
  if (when.kind === "floating") return when.wall;
  return zone.wallOf(zoneOf(when).instantOf(when.wall));
}

function isShownAsFree(part: IcsPart): boolean {
  const microsoft = wordOf(part, "X-MICROSOFT-CDO-BUSYSTATUS");
  return wordOf(part, "TRANSP") === "TRANSPARENT" || microsoft === "FREE" || microsoft === "WORKINGELSEWHERE";
}

/** The owner is asked, perhaps at several of their addresses, and has said no at all of them. */
function isDeclined(part: IcsPart, own: ReadonlySet<string>): boolean {
  const asked = linesOf(part, "ATTENDEE").filter(({ value }) => own.has(addressOf(value)));
  return (
    asked.length > 0 &&
    asked.every(({ parameters }) =>
      ["DECLINED", "DELEGATED"].includes(parameters.get("PARTSTAT")?.toUpperCase() ?? ""),
    )
  );
}

/** As addresses are compared: `mailto:` and capitals do not count. */
export function addressOf(value: string): string {
  return value
    .trim()
    .replace(/^mailto:/i, "")
    .toLowerCase();
}
