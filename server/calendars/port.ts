import type { Instant, MeetingId, ZoneName } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import type { ProviderAccount } from "../connections/port.ts";

// What Foyer asks of a calendar. Every method throws ProviderError; what could not be read is unknown, never free.

/** A calendar as its provider tells of it. */
export type FoundCalendar = {
  /** What the provider calls it: an id, or a path. */
  ref: string;
  name: string;
  /** `#rrggbb` */
  color: string | null;
  /** Of its all-day events, as an IANA name; null when it does not say. */
  zone: ZoneName | null;
  isPrimary: boolean;
  isWritable: boolean;
};

/** `zone` reads all-day events: the calendar's, else the member's. */
export type CalendarToRead = { ref: string; zone: ZoneName };

/**
 * Something in a calendar, and when it keeps its owner: merged, within the window asked for, empty when it does not (free, declined, cancelled,
 * gone). A series may be one source with many intervals, or one source for each time it happens, as the provider tells it.
 */
export type CalendarItem = {
  /** The provider's own name for it; the same at every reading. */
  source: string;
  busy: readonly Interval[];
  /** One that we wrote for a meeting of ours. */
  ownMeetingId: MeetingId | null;
};

export type CalendarChanges = {
  /** Everything in the window: what is not named is gone. Else only what changed. */
  isWhole: boolean;
  items: CalendarItem[];
  /** To go on from; null where the provider knows no changes, so that the next reading is whole again. */
  cursor: string | null;
};

export type EventGuest = { name: string; email: string };

/** A meeting as it is to stand in a host's calendar. */
export type EventToWrite = {
  meetingId: MeetingId;
  /** The invitation's: the same for the meeting's whole life, and in our mails. */
  uid: string;
  /** Grows with each change. */
  sequence: number;
  startAt: Instant;
  endAt: Instant;
  /** The host's, in which their calendar shows it. */
  zone: ZoneName;
  title: string;
  /** Plain text. */
  description: string;
  /** What stands under "where": a link, or a phone number; empty for none. */
  location: string;
  url: string | null;
  host: EventGuest;
  /** The guest, and the other hosts. */
  attendees: readonly EventGuest[];
  /** Make a room with the event; its link is in the answer, or follows (`isRoomPending`). */
  makesRoom: "meet" | "teams" | null;
  /** Whether the provider shall invite the attendees, where it can. */
  invites: boolean;
};

/** An event as the provider knows it. */
export type WrittenEvent = {
  externalId: string;
  etag: string | null;
  joinUrl: string | null;
  /** A room was asked for and is not ready: read it again. */
  isRoomPending: boolean;
};

/** `url` gets the provider's calls; `secret` is repeated in each. */
export type WatchWish = { id: string; url: string; secret: string; until: Instant };
/** `ref` names it when it is stopped; `until` is what the provider granted. */
export type Watch = { ref: string; until: Instant };

export type CalendarCaps = {
  /** The provider mails invitations itself, so that ours carry no calendar part. */
  invites: boolean;
  /** The room it can make with an event. */
  room: "meet" | "teams" | null;
  /** Tells us of changes. */
  watches: boolean;
};

export interface CalendarProvider {
  readonly caps: CalendarCaps;
  listCalendars(account: ProviderAccount): Promise<FoundCalendar[]>;
  /** The mailbox's own time zone as an IANA name, where the provider tells it. */
  mailboxZone(account: ProviderAccount): Promise<ZoneName | null>;
  /** What keeps the owner within the window, read now. For the moment of a booking: a few seconds at most. */
  readBusy(
    account: ProviderAccount,
    calendar: CalendarToRead,
    window: Interval,
    signal?: AbortSignal,
  ): Promise<CalendarItem[]>;
  /**
   * What changed since `cursor`, which goes on with the window that it was made for, or everything of the window without one. A cursor that the provider has forgotten is not
   * an error: the answer is whole then. Half an answer is none: it throws.
   */
  readChanges(
    account: ProviderAccount,
    calendar: CalendarToRead,
    cursor: string | null,
    window: Interval,
  ): Promise<CalendarChanges>;
  /** Creates or changes the event; the same call twice is the same event. `known` is what the last write answered. */
  writeEvent(
    account: ProviderAccount,
    calendarRef: string,
    event: EventToWrite,
    known: WrittenEvent | null,
  ): Promise<WrittenEvent>;
  /** Gone already is fine. */
  removeEvent(
    account: ProviderAccount,
    calendarRef: string,
    known: WrittenEvent,
    options: { note: string; tells: boolean },
  ): Promise<void>;
  watch?(account: ProviderAccount, calendarRef: string, wish: WatchWish): Promise<Watch>;
  stopWatch?(account: ProviderAccount, watch: { id: string; ref: string }): Promise<void>;
}
