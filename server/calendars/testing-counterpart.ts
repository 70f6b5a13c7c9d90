import { expect } from "vitest";
import type { Instant, MeetingId, ZoneName } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import { type ProviderAccount, ProviderError, type ProviderErrorKind } from "../connections/port.ts";
import type { CalendarProviderName, EventKind } from "./meaning.ts";
import type { CalendarChanges, CalendarProvider, CalendarToRead, EventGuest, EventToWrite } from "./port.ts";
import type { FaultyAccount, TestAnswer } from "./testing-account.ts";

// What the suite of the calendar port is given of each provider, and the events it puts there.

/** An event as its owner puts it there with another program. */
export type OutsideEvent = {
  kind: EventKind;
  title: string;
  /** What the clock shows in `zone`, `2027-03-15T09:00`; or a day, `2027-03-15`, for whole days. */
  start: string;
  /** A day is the first after the event. */
  end: string;
  zone: ZoneName;
  repeats?: {
    /** As in iCalendar: `FREQ=WEEKLY;COUNT=5`. */
    rule: string;
    /** Starts of times that are left out. */
    except: readonly string[];
    /** Times that are elsewhere. */
    moved: readonly { from: string; start: string; end: string }[];
    /** Starts of times that were called off one by one. */
    cancelled: readonly string[];
  };
};

/** An event as it stands at the provider. */
export type SeenEvent = {
  uid: string;
  /** Null where the provider does not tell it. */
  sequence: number | null;
  title: string;
  start: Instant;
  end: Instant;
  location: string;
  description: string;
  /** Without the host. */
  attendees: readonly EventGuest[];
};

/** A provider to try, with one account and an empty calendar in it, whose zone is America/New_York. */
export type CalendarCounterpart = {
  name: CalendarProviderName;
  provider: CalendarProvider;
  account: ProviderAccount;
  calendar: CalendarToRead;
  /** One that was never there. */
  missing: CalendarToRead;
  /** Answers name; of a kind that the provider does not have, nothing is put. */
  putEvent(event: OutsideEvent): Promise<string>;
  changeEvent(name: string, event: OutsideEvent): Promise<void>;
  removeEvent(name: string): Promise<void>;
  /** Every event in the calendar that is not cancelled, read past the adapter. */
  events(): Promise<SeenEvent[]>;
  /** How this provider says these things. */
  answers: {
    /** A permission is missing; null where there are none to give. */
    scope: TestAnswer | null;
    /** The place in the changes is not known any more; null where it has no changes. */
    forgotten: TestAnswer | null;
    /** A good answer to a reading, cut off in its middle. */
    half: TestAnswer;
  };
  /** Events on one page of a reading; null where it has no pages. At most 5. */
  pageSize: number | null;
  close(): Promise<void>;
};

/** What a test is given: the counterpart, with an account that can be made to fail. */
export type Bench = CalendarCounterpart & {
  account: FaultyAccount;
  /** What `readBusy` says, as one set. */
  busyNow(window?: Interval): Promise<Interval[]>;
  /** Reads what changed and keeps it, as whoever stores it does. */
  follow(): Follower;
};

export type Follower = {
  read(): Promise<CalendarChanges>;
  /** What keeps the owner, from all that was read. */
  busy(): Interval[];
  ownMeetings(): MeetingId[];
};

export const zone = "America/New_York";
/** Holds the change of clocks in New York, on March 14. */
export const march: Interval = { start: Date.UTC(2027, 2, 1), end: Date.UTC(2027, 3, 1) };

/** An interval of UTC: `span("03-15T13:00", "03-15T14:00")`. */
export function span(start: string, end: string): Interval {
  return { start: Date.parse(`2027-${start}:00Z`), end: Date.parse(`2027-${end}:00Z`) };
}

export function outside(kind: EventKind, start: string, end: string, more: Partial<OutsideEvent> = {}) {
  return { kind, title: `An event, ${kind}`, start: `2027-${start}`, end: `2027-${end}`, zone, ...more };
}

export function meetingToWrite(more: Partial<EventToWrite> = {}): EventToWrite {
  return {
    meetingId: "3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b" as MeetingId,
    uid: "3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b@foyer.example",
    sequence: 0,
    startAt: Date.parse("2027-03-16T14:00:00Z"),
    endAt: Date.parse("2027-03-16T14:30:00Z"),
    zone,
    title: "Intro call with Ada Lovelace",
    description: "Booked on the pricing page.\nBudget: 5 < 10 & rising",
    location: "https://rooms.example/ada",
    url: "https://rooms.example/ada",
    host: { name: "Mara Lindqvist", email: "mara@northwind.example" },
    attendees: [{ name: "Ada Lovelace", email: "ada@engines.example" }],
    makesRoom: null,
    invites: true,
    ...more,
  };
}

/** What it throws, by its kind; fails when it throws nothing, or anything else. */
export async function problemOf(work: Promise<unknown>): Promise<ProviderError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ProviderError);
  return thrown as ProviderError; // Just expected.
}

export async function kindOf(work: Promise<unknown>): Promise<ProviderErrorKind> {
  return (await problemOf(work)).kind;
}
