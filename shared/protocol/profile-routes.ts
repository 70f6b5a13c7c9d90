import { z } from "zod";
import type { Instant, MemberId, ZoneName } from "../model/ids.ts";
import type { Role } from "../model/people.ts";
import type { SetUp } from "../model/set-up.ts";
import { setUpSteps } from "../model/set-up.ts";
import { lineField, optionalLineField, wordsField, zoneField } from "./fields.ts";
import { limits } from "./limits.ts";

// What a member tells of themselves, and what is left to set up.

/** The square to be kept, in pixels of the upright picture. */
export type PhotoCrop = { left: number; top: number; side: number };

/** Why a file does not become a photo. `too_large`: in bytes. */
export type PhotoProblem = "not_a_photo" | "too_large" | "too_many_pixels" | "animated" | "broken";

/**
 * `POST /api/me/photo` stands outside of the table: its body is the file itself (image/jpeg or image/png, at most
 * `limits.photoBytes`), its crop travels in the query. It answers as `POST /api/me/photo/remove`, or `photo_refused`.
 */
export const photoRoute = "/api/me/photo";

const pixel = z.coerce.number().int().min(0).max(100_000);
/** All three or none, as texts of a query. */
export const photoCropSchema = z.union([
  z.strictObject({ left: pixel, top: pixel, side: pixel.refine((side) => side > 0, "no side") }),
  z.strictObject({}).transform(() => null),
]);

/** A tag such as `en-GB`, in the form that `Intl` gives it. */
export const languageField = z
  .string()
  .max(35)
  .refine((value) => isLanguage(value), "not a language tag");

function isLanguage(value: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(value)[0] === value;
  } catch {
    return false;
  }
}

export const profileRouteSchemas = {
  "GET /api/me/profile": z.object({}),
  /** Saves, and confirms profile and zone. Refused with the field `phone` when it is no number. */
  "PUT /api/me/profile": z.object({
    firstName: lineField(limits.nameChars),
    lastName: optionalLineField(limits.nameChars),
    jobTitle: optionalLineField(limits.jobTitleChars),
    /** As people write it, or empty; read by the country of the zone when it has no `+`. */
    phone: wordsField(limits.phoneChars),
    phoneExtension: z
      .string()
      .trim()
      .max(limits.phoneExtensionChars)
      .regex(/^[0-9*#,]*$/),
    zone: zoneField,
    language: languageField,
    /** The meeting hours keep their clock times and move to the zone. */
    movesHours: z.boolean(),
  }),
  /** Back to initials. */
  "POST /api/me/photo/remove": z.object({}),
  "GET /api/me/set-up": z.object({}),
  /** Puts a step off, or takes it up again. */
  "POST /api/me/set-up/skip": z.object({ step: z.enum(setUpSteps), isSkipped: z.boolean() }),
} as const;

/** A member as they see themselves. */
export type MyProfile = {
  id: MemberId;
  email: string;
  role: Role;
  firstName: string;
  lastName: string;
  jobTitle: string;
  /** The large one. */
  photoUrl: string | null;
  /** As it is written in its country's way with the code in front; null when there is none. */
  phone: string | null;
  phoneExtension: string | null;
  zone: ZoneName;
  zoneConfirmedAt: Instant | null;
  language: string;
  profileConfirmedAt: Instant | null;
  /** Of the meeting hours, which may be another. */
  hoursZone: ZoneName;
};

export type ProfileRouteAnswers = {
  "GET /api/me/profile": { profile: MyProfile };
  "PUT /api/me/profile": { profile: MyProfile };
  "POST /api/me/photo/remove": { profile: MyProfile };
  "GET /api/me/set-up": SetUp;
  "POST /api/me/set-up/skip": SetUp;
};
