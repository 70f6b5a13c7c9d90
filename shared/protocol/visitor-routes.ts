import { z } from "zod";
import type { Instant, MeetingId, MemberId } from "../model/ids.ts";
import type { GuestMeetingType } from "../model/meeting-types.ts";
import type { GuestMeeting } from "../model/meetings.ts";
import type { RepCard } from "../model/people.ts";
import { type BookingPageRouteAnswers, bookingPageRouteSchemas } from "./booking-page-routes.ts";
import {
  answersField,
  emailField,
  idField,
  instantField,
  lineField,
  textField,
  zoneField,
} from "./fields.ts";
import { limits } from "./limits.ts";
import type { SiteLook } from "./site-look.ts";

// HTTP for visitors, all JSON. The visitor is named by `Authorization: Visitor <credential>`, a mailed link by its token.
// Answers are `Answer<...>` of shared/protocol/errors.ts.

const memberId = idField<"member">();

/** Times that can be booked. `slots` is what `encodeSlots` of shared/time makes: UTC instants. */
export type SlotsAnswer = {
  durationMinutes: number;
  /** Hand it back with the booking; it proves which times were offered, to whom, and for how long. */
  offer: string;
  offerExpiresAt: Instant;
  slots: string;
  hosts: RepCard[];
  /** What is booked; null: the hosts' usual meeting. */
  type: GuestMeetingType | null;
  /** Why `slots` is empty, where it is not just that all times are taken. */
  noTimes?: NoTimes;
};

/** `nobody`: no host can be booked at all; `unread`: calendars cannot be read now, and unknown is not free. */
export type NoTimes = "nobody" | "unread";

/** `manageUrl`: where whoever booked may move or cancel the meeting, as the mailed link lets them. */
export type BookedAnswer = { meeting: GuestMeeting; manageUrl?: string };

export type HoldAnswer = {
  holdId: MeetingId;
  host: RepCard;
  startAt: Instant;
  endAt: Instant;
  expiresAt: Instant;
};

const hostField = z.union([z.literal("any"), memberId]);

/** Inputs by route. GET inputs travel in the query, the others as a JSON body; `:token` is a path segment. */
export const visitorRouteSchemas = {
  "GET /visitor/slots": z.object({
    host: hostField,
    /** One of the type's; left out, its first. */
    duration: z.coerce.number().int().optional(),
  }),
  "POST /visitor/holds": z.object({ host: hostField, startAt: instantField, offer: z.string().max(4_000) }),
  "POST /visitor/holds/release": z.object({ holdId: idField<"meeting">() }),
  /** A repeat with the same `key` (a UUID) is the same booking. */
  "POST /visitor/meetings": z.object({
    key: z.uuid(),
    holdId: idField<"meeting">(),
    name: lineField(limits.nameChars),
    email: emailField,
    note: z.union([z.literal(""), textField(limits.meetingNoteChars)]),
    zone: zoneField,
    /** To the questions of the type that the times were offered for. */
    answers: answersField.optional(),
  }),
  /** Exchanges the one from a mailed "continue the conversation" link for a credential. */
  "POST /visitor/resume": z.object({ token: z.string().max(500) }),
  "GET /visitor/meeting-links/:token": z.object({}),
  "GET /visitor/meeting-links/:token/slots": z.object({}),
  "POST /visitor/meeting-links/:token/cancel": z.object({}),
  "POST /visitor/meeting-links/:token/move": z.object({
    startAt: instantField,
    offer: z.string().max(4_000),
    zone: zoneField,
  }),
  ...bookingPageRouteSchemas,
} as const;

export type VisitorRoute = keyof typeof visitorRouteSchemas;
export type VisitorRouteInput<R extends VisitorRoute> = z.input<(typeof visitorRouteSchemas)[R]>;

export type VisitorRouteAnswers = BookingPageRouteAnswers & {
  "GET /visitor/slots": SlotsAnswer;
  "POST /visitor/holds": HoldAnswer;
  "POST /visitor/holds/release": object;
  "POST /visitor/meetings": BookedAnswer;
  "POST /visitor/resume": { credential: string; siteKey: string; look: SiteLook };
  "GET /visitor/meeting-links/:token": {
    meeting: GuestMeeting;
    company: Pick<SiteLook, "companyName" | "color">;
  };
  "GET /visitor/meeting-links/:token/slots": SlotsAnswer;
  "POST /visitor/meeting-links/:token/cancel": { meeting: GuestMeeting };
  "POST /visitor/meeting-links/:token/move": { meeting: GuestMeeting };
};

/** Which members a slot can be booked with is the server's to choose; the screen only asks for one host or any. */
export type HostChoice = "any" | MemberId;
