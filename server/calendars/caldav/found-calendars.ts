import { zoneName } from "../../../shared/time/zone.ts";
import type { FoundCalendar } from "../port.ts";
import { hrefPath } from "./paths.ts";
import { lineOf, readIcs, UnreadableEvent } from "./read-ics.ts";
import {
  childrenOf,
  type DavResponse,
  isNamed,
  type Multistatus,
  namespaces,
  property,
  propertyText,
} from "./read-multistatus.ts";

/** What is asked of a calendar home to find its calendars. */
export const calendarProperties = [
  "D:resourcetype",
  "D:displayname",
  "D:current-user-privilege-set",
  "C:supported-calendar-component-set",
  "C:calendar-timezone",
  "A:calendar-color",
];

/** Names that servers give to the calendar they make first. */
const firstNames = new Set(["default", "personal", "calendar", "home"]);

/** Calendars that hold events; `home` is the address that was asked. */
export function foundCalendars({ responses }: Multistatus, home: string): FoundCalendar[] {
  const found = responses.filter(isCalendar).flatMap((response) => {
    const ref = hrefPath(response.href, home);
    return ref === null ? [] : [toCalendar(response, ref)];
  });
  const first = found.find(({ ref }) => firstNames.has(lastName(ref).toLowerCase()));
  const primary = first ?? found.find(({ isWritable }) => isWritable);
  return found.map((calendar) => ({ ...calendar, isPrimary: calendar === primary }));
}

function toCalendar(response: DavResponse, ref: string): FoundCalendar {
  return {
    ref,
    name: propertyText(response, "D", "displayname") ?? lastName(ref),
    color: colorOf(propertyText(response, "A", "calendar-color")),
    zone: zoneOf(propertyText(response, "C", "calendar-timezone")),
    isPrimary: false,
    isWritable: mayWrite(response),
  };
}

function isCalendar(response: DavResponse): boolean {
  const type = property(response, "D", "resourcetype");
  if (!type || !childrenOf(type).some((each) => isNamed(each, namespaces.C, "calendar"))) return false;
  const kinds = property(response, "C", "supported-calendar-component-set");
  // Where a server does not say, everything goes.
  return !kinds || childrenOf(kinds).some((each) => each.getAttribute("name")?.toUpperCase() === "VEVENT");
}

function mayWrite(response: DavResponse): boolean {
  const set = property(response, "D", "current-user-privilege-set");
  if (!set) return true;
  const writing = ["all", "write", "write-content", "bind"];
  return childrenOf(set, "privilege").some((privilege) =>
    childrenOf(privilege).some((each) => writing.some((name) => isNamed(each, namespaces.D, name))),
  );
}

/** Apple adds how opaque it is. */
function colorOf(text: string | null): string | null {
  return /^#[0-9a-f]{6}/i.exec(text ?? "")?.[0].toLowerCase() ?? null;
}

function zoneOf(ics: string | null): string | null {
  if (ics === null) return null;
  try {
    const [calendar] = readIcs(ics);
    const part = calendar?.parts.find(({ name }) => name === "VTIMEZONE");
    const tzid = part && lineOf(part, "TZID")?.value.trim();
    return tzid ? (zoneName(tzid) ?? null) : null;
  } catch (error) {
    if (error instanceof UnreadableEvent) return null;
    throw error;
  }
}

function lastName(ref: string): string {
  const segment = ref.split("/").findLast((each) => each !== "") ?? "";
  return decodeURIComponent(segment);
}
