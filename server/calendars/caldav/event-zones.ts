import { findIana } from "windows-iana";
import { DAY, HOUR } from "../../../shared/time/local-day.ts";
import { createZones, type Zone, zoneName } from "../../../shared/time/zone.ts";
import { embeddedZone } from "./embedded-zone.ts";
import { type IcsPart, lineOf } from "./read-ics.ts";

/** How an event's readings become instants. */
export type EventZone = {
  /** The first instant at which the clock shows it; a reading that a change of the clock leaves out is read by the clock before the change. */
  instantOf(wall: number): number;
  wallOf(instant: number): number;
  /** How much earlier and later it may be, where the zone is not known. */
  unsure: { before: number; after: number };
};

const sure = { before: 0, after: 0 };

export const utcZone: EventZone = { instantOf: (wall) => wall, wallOf: (instant) => instant, unsure: sure };

/** The zone may be any on Earth: the event takes all the time in which it might be. */
const anyZone: EventZone = { ...utcZone, unsure: { before: 14 * HOUR, after: 12 * HOUR } };

const zones = createZones();
/** Zones' rules of earlier times are not asked for. */
const earliest = Date.UTC(1970, 0, 2);

export function ianaZone(name: string): EventZone {
  const zone = zones(name);
  const offsetAt = (instant: number) => offsetIn(zone, Math.max(instant, earliest));
  return {
    instantOf(wall) {
      if (wall < earliest) return wall - offsetAt(wall);
      // The clock before and after any change that can matter; most often the same.
      const before = offsetAt(wall - DAY);
      const after = offsetAt(wall + DAY);
      if (before === after) return wall - before;
      const byBefore = wall - before;
      if (offsetAt(byBefore) === before) return byBefore;
      const byAfter = wall - after;
      return offsetAt(byAfter) === after ? byAfter : byBefore;
    },
    wallOf: (instant) => instant + offsetAt(instant),
    unsure: sure,
  };
}

function offsetIn(zone: Zone, instant: number): number {
  const stretches = zone.stretches(instant - DAY, instant + DAY);
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.end ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return stretches[low]?.offset ?? 0;
}

/**
 * The zone that a file calls by this name: one of the world's, by its own name, Microsoft's or that of a maker's list; else as
 * the file itself describes it; else nobody knows.
 */
export function zoneByTzid(tzid: string, described: readonly IcsPart[]): EventZone {
  const part = described.find((each) => lineOf(each, "TZID")?.value.trim() === tzid);
  const name = worldName(tzid) ?? worldName((part && lineOf(part, "X-LIC-LOCATION")?.value.trim()) ?? "");
  if (name !== null) return ianaZone(name);
  return part ? embeddedZone(part) : anyZone;
}

function worldName(tzid: string): string | null {
  if (tzid === "") return null;
  if (/^(utc|gmt|z|tzone:\/\/microsoft\/utc)$/i.test(tzid)) return "UTC";
  // As "/freeassociation.sourceforge.net/Europe/Berlin"; three parts for America/Argentina/Salta.
  const segments = tzid.split("/").filter((each) => each !== "");
  const tails = tzid.startsWith("/") ? [3, 2].map((length) => segments.slice(-length).join("/")) : [tzid];
  for (const each of tails) {
    // Abbreviations such as EST are told apart by their own description, if there is one.
    const found = each.includes("/") || /^(utc|gmt)$/i.test(each) ? zoneName(each) : undefined;
    if (found !== undefined) return found;
  }
  const [windows] = findIana(tzid);
  return windows === undefined ? null : (zoneName(windows) ?? null);
}
