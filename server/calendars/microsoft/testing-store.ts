import type { Event } from "@microsoft/microsoft-graph-types";
import type { OutsideEvent } from "../testing-counterpart.ts";
import { happeningsOf } from "../testing-series.ts";
import type { SimulatedAnswer } from "../testing-simulator-server.ts";
import { microsoftEvent, reducedEvent, timeOfEvent } from "./testing-event.ts";

// The calendars of the simulator, and what of them a reading consists of.

export type StoredEvent = {
  id: string;
  /** Put there from outside, and perhaps a series. */
  outside?: OutsideEvent;
  /** Written through the API. */
  resource?: Event;
  /** What was sent to create it. */
  sent?: string;
  meetingProperty?: { id: string; value: string };
  isRemoved: boolean;
  /** The change of the calendar that it last changed with. */
  version: number;
  /** The names under which it was told as a change, so that one that goes is told. */
  told: Set<string>;
  /** Readings until its room is there. */
  roomIsAfter?: number;
};

export type GraphCalendarState = {
  id: string;
  owner: string;
  name: string;
  isDefault: boolean;
  version: number;
  events: Map<string, StoredEvent>;
};

export function eventsIn(stored: StoredEvent, { owner }: GraphCalendarState, until = "2031-01-01"): Event[] {
  const { resource, outside, id, version, isRemoved } = stored;
  if (isRemoved) return [];
  if (resource) return [resource];
  if (!outside) return [];
  return happeningsOf(outside, until)
    .filter(({ isCancelled }) => !isCancelled)
    .map((each) => microsoftEvent(id, outside, each, { owner, version }));
}

export type View = { from: string; until: string; zone: string };

function shownIn(stored: StoredEvent, calendar: GraphCalendarState, { from, until, zone }: View): Event[] {
  return eventsIn(stored, calendar, until.slice(0, 10)).filter((each) => {
    const time = timeOfEvent(each, zone);
    return time.end > Date.parse(from) && time.start < Date.parse(until);
  });
}

export function viewOf(calendar: GraphCalendarState, view: View): Event[] {
  return [...calendar.events.values()].flatMap((stored) => shownIn(stored, calendar, view));
}

/** Since a version; a series is told by its first event whole, and its times without what they mean. */
export function changesOf(calendar: GraphCalendarState, since: number, view: View): unknown[] {
  return [...calendar.events.values()]
    .filter(({ version }) => version > since)
    .flatMap((stored) => {
      const shown = shownIn(stored, calendar, view);
      const ids = new Set(shown.map(({ id = "" }) => id));
      const gone = [...stored.told].filter((id) => !ids.has(id));
      stored.told = new Set([...stored.told, ...ids]);
      const [first] = shown;
      const master: Event[] =
        stored.outside?.repeats && first ? [{ ...first, id: stored.id, type: "seriesMaster" }] : [];
      return [
        ...master,
        ...shown.map((each) => (each.type === "occurrence" ? reducedEvent(each) : each)),
        ...gone.map((id) => ({ id, "@removed": { reason: "deleted" } })),
      ];
    });
}

/** How Graph says no. */
export function refusal(status: number, code: string): SimulatedAnswer {
  return { status, json: { error: { code, message: `Simulated: ${code}` } } };
}
