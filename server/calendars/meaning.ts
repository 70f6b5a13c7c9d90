import type { ProviderName } from "../../shared/model/connections.ts";

// What an event of each kind means for its owner's time, by provider: what the adapters do, what their tests expect, and
// what the documentation shows.

export type CalendarProviderName = Extract<ProviderName, "google" | "microsoft" | "caldav">;

export type EventKind =
  | "timed"
  | "all_day"
  | "tentative"
  | "invited"
  | "declined"
  | "free"
  | "cancelled"
  | "out_of_office"
  | "focus_time"
  | "working_elsewhere";

/** `busy`: keeps its owner · `free`: does not · null: this provider has no such kind */
export type Meaning = "busy" | "free" | null;

export type KindMeaning = Readonly<Record<CalendarProviderName, Meaning>> & {
  /** How it is told by Google, by Microsoft and in iCalendar. */
  readonly words: string;
};

export const meanings = {
  timed: {
    google: "busy",
    microsoft: "busy",
    caldav: "busy",
    words: "An event with nothing special about it",
  },
  all_day: {
    google: "busy",
    microsoft: "busy",
    caldav: "busy",
    words: "Dates instead of times, shown as busy: the whole days, in the calendar's zone",
  },
  tentative: {
    google: "busy",
    microsoft: "busy",
    caldav: "busy",
    words: "`status: tentative`, or answered with maybe · `showAs: tentative` · `STATUS:TENTATIVE`",
  },
  invited: {
    google: "busy",
    microsoft: "busy",
    caldav: "busy",
    words: "An invitation without an answer: `needsAction` · `notResponded` · `PARTSTAT=NEEDS-ACTION`",
  },
  declined: {
    google: "free",
    microsoft: "free",
    caldav: "free",
    words: "The owner's own answer is no: `declined` · `responseStatus: declined` · `PARTSTAT=DECLINED`",
  },
  free: {
    google: "free",
    microsoft: "free",
    caldav: "free",
    words: "`transparency: transparent` · `showAs: free` · `TRANSP:TRANSPARENT`, timed or all day",
  },
  cancelled: {
    google: "free",
    microsoft: "free",
    caldav: "free",
    words: "`status: cancelled` · `isCancelled` · `STATUS:CANCELLED`",
  },
  out_of_office: {
    google: "busy",
    microsoft: "busy",
    caldav: null,
    words: "`eventType: outOfOffice` · `showAs: oof`",
  },
  focus_time: { google: "busy", microsoft: null, caldav: null, words: "`eventType: focusTime`" },
  working_elsewhere: {
    google: "free",
    microsoft: "free",
    caldav: null,
    words: "A place of work and no appointment: `eventType: workingLocation` · `showAs: workingElsewhere`",
  },
} as const satisfies Record<EventKind, KindMeaning>;

export const eventKinds = Object.keys(meanings) as EventKind[]; // The table's own keys.
