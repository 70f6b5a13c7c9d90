import type { ComponentChildren } from "preact";
import type { Instant, LocalDay, MemberId, ZoneName } from "../model/ids.ts";
import type { GuestMeetingType } from "../model/meeting-types.ts";
import type { GuestMeeting } from "../model/meetings.ts";
import type { RepCard } from "../model/people.ts";
import type { NoTimes } from "../protocol/visitor-routes.ts";

// What the booker's parts are given. The strings are the program's own.

export type BookerDetails = {
  name: string;
  email: string;
  note: string;
  answers: { id: string; answer: string }[];
};

/** Where a meeting is held and how it gets into a calendar, in words. */
export type MeetingWords = {
  /** By what the room is made with; `link` is any other. */
  join: Record<"zoom" | "teams" | "meet" | "link", string>;
  passcode: (passcode: string) => string;
  call: string;
  extension: (extension: string) => string;
  roomPending: string;
  roomFailed: string;
  toCalendar: string;
  calendarFile: string;
  /** "Meeting with Ada Obi", where the meeting has no name of its own. */
  meetingWith: (name: string) => string;
  manage: string;
};

export type BookerWords = {
  meeting: MeetingWords;
  title: string;
  /** "30 minutes" */
  length: (minutes: number) => string;
  howLong: string;
  anyone: string;
  withWhom: string;
  zoneLabel: string;
  loading: string;
  slow: string;
  failed: string;
  tryAgain: string;
  /** One sentence for each reason why there is nothing to choose; `full`: all times are taken. */
  noTimes: Record<NoTimes | "full", string>;
  lookAgain: string;
  write: string;
  firstFree: string;
  nearest: string;
  today: string;
  tomorrow: string;
  days: string;
  earlierDays: string;
  laterDays: string;
  month: string;
  earlierMonth: string;
  laterMonth: string;
  close: string;
  /** "3 times" or "no times", read after the day. */
  dayTimes: (count: number) => string;
  parts: readonly [morning: string, afternoon: string, evening: string];
  back: string;
  heldFor: (left: string) => string;
  holdOver: string;
  name: string;
  email: string;
  note: string;
  notePlaceholder: string;
  emailWrong: string;
  nameMissing: string;
  answerMissing: string;
  book: string;
  booking: string;
  booked: string;
  /** "An invitation is on its way to ..." */
  mailed: (email: string) => string;
  /** One sentence for each way a booking can be refused. */
  problems: Record<BookerProblem, string>;
};

export type BookerProblem = "slot_taken" | "expired" | "too_many_meetings" | "invalid_input" | "unavailable";

/** One step of a booking, as the screen needs it. */
export type BookerStep =
  /** `isSlow`: it takes so long that the reader may want to ask again. */
  | { kind: "loading"; isSlow: boolean }
  | { kind: "failed" }
  | { kind: "times" }
  /** A time was pressed; the server is asked to keep it. */
  | { kind: "holding"; startAt: Instant }
  | {
      kind: "details";
      startAt: Instant;
      endAt: Instant;
      host: RepCard;
      /** Whole seconds until the hold ends; 0 when it is over. */
      secondsLeft: number;
      isBooking: boolean;
      /** What is known of the guest, or was written before the time had to be chosen again. */
      draft: BookerDetails;
    }
  | { kind: "booked"; meeting: GuestMeeting; manageUrl: string | null };

export type BookerProps = {
  step: BookerStep;
  problem: BookerProblem | null;
  hosts: readonly RepCard[];
  host: "any" | MemberId;
  /** False where the host is settled: while a meeting is moved, or when its type names who hosts it. */
  canChooseHost: boolean;
  /** What is booked; null: a usual meeting. */
  type: GuestMeetingType | null;
  slots: readonly Instant[];
  /** Why there are none. */
  noTimes: NoTimes | "full";
  /** The time that was wanted and is gone: those around it come first. */
  near: Instant | null;
  durationMinutes: number;
  /** The chosen day in `zone`; null for the first one that has times. */
  day: LocalDay | null;
  zone: ZoneName;
  zones: readonly ZoneName[];
  locale?: string | undefined;
  now: Instant;
  words: BookerWords;
  onHost: (host: "any" | MemberId) => void;
  onDuration: (minutes: number) => void;
  onZone: (zone: ZoneName) => void;
  onDay: (day: LocalDay) => void;
  onTime: (startAt: Instant) => void;
  onBack: () => void;
  /** Tells what is being written, so that it is there again after another time was chosen. */
  onDraft: (details: BookerDetails) => void;
  onBook: (details: BookerDetails) => void;
  onRetry: () => void;
  /** Where a message can be left instead. */
  onWrite?: (() => void) | undefined;
  /** Stands on the confirmation. */
  children?: ComponentChildren;
};
