import { z } from "zod";
import type { GuestMeetingType } from "../model/meeting-types.ts";
import type { RepCard } from "../model/people.ts";
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
import type { BookedAnswer, HoldAnswer, SlotsAnswer } from "./visitor-routes.ts";

// The public page of a meeting type: booking without a chat, and without a credential. `:token` is the type's slug. The first answer
// holds a signed word (`guest`) that stands for whoever opened the page, for a day; it is repeated with all that follows.

const guest = z.string().max(500);
const hostField = z.union([z.literal("any"), idField<"member">()]);

export const bookingPageRouteSchemas = {
  "POST /visitor/booking-pages/:token": z.object({}),
  "GET /visitor/booking-pages/:token/slots": z.object({
    guest,
    host: hostField,
    /** One of the type's; left out, its first. */
    duration: z.coerce.number().int().optional(),
  }),
  "POST /visitor/booking-pages/:token/holds": z.object({
    guest,
    host: hostField,
    startAt: instantField,
    offer: z.string().max(4_000),
  }),
  "POST /visitor/booking-pages/:token/holds/release": z.object({ guest, holdId: idField<"meeting">() }),
  /** A repeat with the same `key` (a UUID) is the same booking. */
  "POST /visitor/booking-pages/:token/meetings": z.object({
    guest,
    key: z.uuid(),
    holdId: idField<"meeting">(),
    name: lineField(limits.nameChars),
    email: emailField,
    note: z.union([z.literal(""), textField(limits.meetingNoteChars)]),
    zone: zoneField,
    answers: answersField,
  }),
} as const;

export type BookingPageRouteAnswers = {
  "POST /visitor/booking-pages/:token": {
    guest: string;
    company: Pick<SiteLook, "companyName" | "color"> & { logoUrl: string | null };
    type: GuestMeetingType;
    hosts: RepCard[];
  };
  "GET /visitor/booking-pages/:token/slots": SlotsAnswer;
  "POST /visitor/booking-pages/:token/holds": HoldAnswer;
  "POST /visitor/booking-pages/:token/holds/release": object;
  "POST /visitor/booking-pages/:token/meetings": BookedAnswer;
};
