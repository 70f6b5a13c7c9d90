import type { Instant, LocalDay, MemberId, ZoneName } from "../model/ids.ts";
import type { RepCard } from "../model/people.ts";

// What the booker's parts are given. The strings are the program's own.

export type BookerDetails = { name: string; email: string; note: string };

export type BookerWords = {
  title: string;
  /** "30 minutes" */
  length: (minutes: number) => string;
  anyone: string;
  withWhom: string;
  zoneLabel: string;
  loading: string;
  none: string;
  failed: string;
  tryAgain: string;
  earlierWeek: string;
  laterWeek: string;
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
  | { kind: "loading" }
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
      name: string;
      email: string;
    }
  | { kind: "booked"; startAt: Instant; endAt: Instant; host: RepCard; email: string };

export type BookerProps = {
  step: BookerStep;
  problem: BookerProblem | null;
  hosts: readonly RepCard[];
  host: "any" | MemberId;
  /** False while moving a meeting: its host stays. */
  canChooseHost: boolean;
  slots: readonly Instant[];
  durationMinutes: number;
  /** The chosen day in `zone`; null for the first one that has times. */
  day: LocalDay | null;
  zone: ZoneName;
  zones: readonly ZoneName[];
  locale?: string | undefined;
  now: Instant;
  words: BookerWords;
  onHost: (host: "any" | MemberId) => void;
  onZone: (zone: ZoneName) => void;
  onDay: (day: LocalDay) => void;
  onTime: (startAt: Instant) => void;
  onBack: () => void;
  onBook: (details: BookerDetails) => void;
  onRetry: () => void;
};
