import { createZones } from "../../../shared/time/zone.ts";
import type { OutsideEvent } from "../testing-counterpart.ts";
import { happeningsOf } from "../testing-series.ts";
import { type GoogleResource, googleResource, timeOfResource } from "./testing-event.ts";

// The calendars of the simulator, and what of them a reading consists of.

export type StoredEvent = {
  id: string;
  /** Put there from outside, and perhaps a series. */
  outside?: OutsideEvent;
  /** Written through the API. */
  resource?: GoogleResource;
  isRemoved: boolean;
  /** The change of the calendar that it last changed with. */
  version: number;
  /** The names under which it was answered, so that one that goes is told. */
  told: Set<string>;
  /** Readings until its room is there. */
  roomIsAfter?: number;
};

export type GoogleCalendarState = {
  id: string;
  owner: string;
  name: string;
  zone: string;
  version: number;
  events: Map<string, StoredEvent>;
};

/** What is chosen by a reading, before it is cut into pages. */
export type Chosen = { items: unknown[]; from: string; until: string };

export function newCalendar(owner: string, id: string, name: string, zone: string): GoogleCalendarState {
  createZones()(zone); // Throws for a zone that is none.
  return { id, owner, name, zone, version: 1, events: new Map() };
}

export function resourcesOf(stored: StoredEvent, { owner }: GoogleCalendarState, until = "2031-01-01") {
  const { resource, outside, id, version, isRemoved } = stored;
  if (isRemoved) return [];
  if (resource) return [resource];
  if (!outside) return [];
  return happeningsOf(outside, until).map((each) => googleResource(id, outside, each, { owner, version }));
}

/** Everything of a window; or, since a version, what changed in the window that the token was made for. */
export function chooseEvents(
  calendar: GoogleCalendarState,
  since: { version: number } | null,
  from: string,
  until: string,
): Chosen {
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const items: unknown[] = [];
  for (const stored of calendar.events.values()) {
    if (since && stored.version <= since.version) continue;
    const shown = resourcesOf(stored, calendar, until.slice(0, 10)).filter((each) => {
      const time = timeOfResource(each, calendar.zone);
      return each.status !== "cancelled" && time.end > start && time.start < end;
    });
    items.push(...shown);
    if (since) {
      const gone = [...stored.told].filter((id) => !shown.some((each) => each.id === id));
      items.push(...gone.map(cancelledResource));
    }
    for (const { id } of shown) stored.told.add(id);
  }
  return { items, from, until };
}

export function cancelledResource(id: string) {
  return { kind: "calendar#event", etag: '"gone"', id, status: "cancelled" };
}

/** How Google says no. */
export function refusal(status: number, reason: string) {
  const message = `Simulated: ${reason}`;
  return {
    status,
    json: { error: { code: status, message, errors: [{ domain: "global", reason, message }] } },
  };
}
