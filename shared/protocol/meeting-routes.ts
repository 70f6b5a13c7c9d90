import { z } from "zod";
import type { MemberId } from "../model/ids.ts";
import type { MeetingType } from "../model/meeting-types.ts";
import { idField, lineField, textField, zoneField } from "./fields.ts";
import { weeklyField } from "./hours-fields.ts";
import { limits } from "./limits.ts";

// What the team does with its meetings, and the kinds of meeting it sets up.

const questionSchema = z.object({
  /** Made by the screen; stays while the words change. */
  id: z.string().regex(/^[a-z0-9-]{1,36}$/),
  label: lineField(200),
  kind: z.enum(["line", "text", "choice"]),
  choices: z.array(lineField(100)).max(20),
  isRequired: z.boolean(),
});

const meetingTypeSchema = z.object({
  /** Lower case letters, digits and hyphens; `taken` when another public page of this Foyer has it. */
  slug: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/),
  name: lineField(limits.typeNameChars),
  description: z.union([z.literal(""), textField(limits.typeDescriptionChars)]),
  durations: z.array(z.number().int().min(5).max(480)).min(1).max(6),
  hosting: z.enum(["one", "round_robin", "collective"]),
  teamId: idField<"team">().nullable(),
  hosts: z
    .array(
      z.object({
        memberId: idField<"member">(),
        weight: z.number().int().min(1).max(10),
        priority: z.number().int().min(1).max(3),
      }),
    )
    .max(limits.typeHosts),
  place: z.enum(["any", "video", "phone", "none"]),
  questions: z.array(questionSchema).max(10),
  noticeMinutes: z.number().int().min(0).max(43_200).nullable(),
  bufferMinutes: z.number().int().min(0).max(240).nullable(),
  horizonDays: z.number().int().min(1).max(365).nullable(),
  hours: z
    .object({
      zone: zoneField.nullable(),
      weekly: weeklyField,
    })
    .nullable(),
  reminders: z.array(z.number().int().min(5).max(20_160)).max(4),
  isPublic: z.boolean(),
  isForChat: z.boolean(),
});

export const meetingRouteSchemas = {
  "GET /api/meeting-types": z.object({}),
  /** `taken`: another public page has this slug, whosever. `invalid_input` with the field that does not go with the others. */
  "POST /api/meeting-types": meetingTypeSchema,
  "PUT /api/meeting-types/:id": meetingTypeSchema,
  /** Its page is gone; its meetings stay. */
  "POST /api/meeting-types/:id/remove": z.object({}),
  /** Who gets the next one, and why. */
  "GET /api/meeting-types/:id/ledger": z.object({}),
  /** The workspace's "owner first". */
  "GET /api/meeting-settings": z.object({}),
  "PUT /api/meeting-settings": z.object({ ownerFirstDays: z.number().int().min(0).max(365) }),
  /** How many meetings may start on one day of my own clock; null: no limit. */
  "GET /api/me/meeting-limit": z.object({}),
  "PUT /api/me/meeting-limit": z.object({ perDay: z.number().int().min(1).max(50).nullable() }),
} as const;

/** A host's line of the fairness ledger. Lines stand in the order in which those who are free are asked. */
export type LedgerLine = {
  memberId: MemberId;
  weight: number;
  priority: number;
  /** Meetings held or ahead that count: neither cancelled nor no-shows. */
  meetings: number;
  /** What is added for the time the host was not there to be asked, so that nobody has to catch up. */
  calibration: number;
  /** Both together for each unit of weight: what is kept equal among hosts of one priority. */
  score: number;
};

export type MeetingRouteAnswers = {
  "GET /api/meeting-types": { types: MeetingType[] };
  "POST /api/meeting-types": { type: MeetingType };
  "PUT /api/meeting-types/:id": { type: MeetingType };
  "POST /api/meeting-types/:id/remove": object;
  "GET /api/meeting-types/:id/ledger": { lines: LedgerLine[] };
  "GET /api/meeting-settings": { ownerFirstDays: number };
  "PUT /api/meeting-settings": { ownerFirstDays: number };
  "GET /api/me/meeting-limit": { perDay: number | null };
  "PUT /api/me/meeting-limit": { perDay: number | null };
};
