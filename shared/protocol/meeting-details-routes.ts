import { z } from "zod";
import type { MeetingDetails } from "../model/meetings.ts";
import { wordsField } from "./fields.ts";
import { limits } from "./limits.ts";

// How guests meet me: a member's own room, link or telephone.

export const meetingDetailsRouteSchemas = {
  "GET /api/me/meeting-details": z.object({}),
  /** Refused with the field that is wrong and a `reason`: see `DetailsProblem`. */
  "PUT /api/me/meeting-details": z.object({
    video: z.enum(["zoom", "teams", "meet", "link"]).nullable(),
    linkUrl: z.string().trim().max(limits.urlChars),
    phone: wordsField(limits.phoneChars),
    phoneExtension: z
      .string()
      .trim()
      .max(limits.phoneExtensionChars)
      .regex(/^[0-9*#,]*$/),
  }),
} as const;

/**
 * Why meeting details were refused, in `reason` of `invalid_input`. `scheduler`: the link is the page of another scheduler, on which the
 * guest would have to book once more.
 */
export type DetailsProblem = "scheduler" | "not_https" | "not_connected" | "no_phone" | "no_link";

export type MyMeetingDetails = {
  details: MeetingDetails;
  /** A Google calendar receives my meetings, so that Meet makes a room with each. */
  canMeet: boolean;
  /** Teams is connected, or a Microsoft calendar of a work account receives my meetings. */
  canTeams: boolean;
  canZoom: boolean;
};

export type MeetingDetailsRouteAnswers = {
  "GET /api/me/meeting-details": MyMeetingDetails;
  "PUT /api/me/meeting-details": MyMeetingDetails;
};
