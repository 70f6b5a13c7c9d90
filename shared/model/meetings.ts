import type { ConnectionProblem, ProviderName } from "./connections.ts";
import type {
  ConversationId,
  Instant,
  LocalDay,
  MeetingId,
  MeetingTypeId,
  MemberId,
  ZoneName,
} from "./ids.ts";
import type { QuestionAnswer } from "./meeting-types.ts";
import type { RepCard } from "./people.ts";

/** Wall-clock minutes since local midnight. `end` may pass 1440: the span then runs into the next day (at most 2880). */
export type DaySpan = { start: number; end: number };

/** ISO weekday of the local day on which a span starts: 1 = Monday ... 7 = Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** When a member can be booked. All wall-clock times are in `zone`. */
export type MeetingHours = {
  zone: ZoneName;
  weekly: { weekday: Weekday; spans: DaySpan[] }[];
  /** A day that differs from the week; no spans means a day off. */
  overrides: { day: LocalDay; spans: DaySpan[] }[];
  noticeMinutes: number;
  /** The gap kept free between a meeting and anything else, before and after. */
  bufferMinutes: number;
  horizonDays: number;
  durationMinutes: number;
};

/** Monday to Friday, 9:00 to 17:00. */
export function defaultHours(zone: ZoneName): MeetingHours {
  const spans = [{ start: 540, end: 1020 }];
  return {
    zone,
    weekly: ([1, 2, 3, 4, 5] as const).map((weekday) => ({ weekday, spans })),
    overrides: [],
    noticeMinutes: 30,
    bufferMinutes: 5,
    horizonDays: 60,
    durationMinutes: 30,
  };
}

export type MeetingState = "booked" | "cancelled";

/** How a member is met. `link`: one that is always the same. A phone number may stand beside a video. */
export type MeetingDetails = {
  video: "zoom" | "teams" | "meet" | "link" | null;
  /** With `link`. */
  linkUrl: string;
  /** E.164, or empty. */
  phone: string;
  phoneExtension: string;
};

export const noMeetingDetails: MeetingDetails = { video: null, linkUrl: "", phone: "", phoneExtension: "" };

/** Where one meeting is held. `pending`: the provider has not made the room yet; `failed`: it will not, somebody must act. */
export type MeetingPlace = {
  kind: "zoom" | "teams" | "meet" | "link" | "phone" | "none";
  state: "ready" | "pending" | "failed";
  joinUrl: string | null;
  passcode: string | null;
  phone: string | null;
  phoneExtension: string | null;
};

/** What of a meeting could not be done at a provider; a task for its host. */
export type MeetingTask = {
  kind: "room" | "event" | "conflict";
  provider: ProviderName | null;
  problem: ConnectionProblem | "busy_after_all";
};

/** A meeting as its guest sees it. */
export type GuestMeeting = {
  id: MeetingId;
  state: MeetingState;
  host: RepCard;
  startAt: Instant;
  endAt: Instant;
  guestName: string;
  guestEmail: string;
  note: string;
  zone: ZoneName;
  /** Null: the host's usual meeting. */
  typeName: string | null;
  /** Null: no place is known. */
  place: MeetingPlace | null;
  answers: QuestionAnswer[];
};

/** A meeting as the team sees it. */
export type TeamMeeting = Omit<GuestMeeting, "host"> & {
  hostId: MemberId;
  conversationId: ConversationId | null;
  createdAt: Instant;
  /** The guest's mails: null while none has failed, else what the mail server said, in one sentence. */
  mailProblem: string | null;
  typeId: MeetingTypeId | null;
  /** The other hosts of a meeting of several. */
  coHostIds: MemberId[];
  /** For the team only. */
  hostNotes: string;
  isNoShow: boolean;
  tasks: MeetingTask[];
};
