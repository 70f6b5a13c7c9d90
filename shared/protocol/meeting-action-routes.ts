import { z } from "zod";
import type { MemberId } from "../model/ids.ts";
import type { TeamMeeting } from "../model/meetings.ts";
import { instantField, textField } from "./fields.ts";
import { limits } from "./limits.ts";
import type { SlotsAnswer } from "./visitor-routes.ts";

// What a host does with a meeting, or an admin for them: asked by anybody else, all of them answer as if it were not there, or `forbidden`.

export const meetingActionRouteSchemas = {
  /** Times to which this meeting can be moved, of the same host. */
  "GET /api/meetings/:id/slots": z.object({}),
  /** Refused as `slot_taken` and `expired`. The guest is told. */
  "POST /api/meetings/:id/move": z.object({ startAt: instantField, offer: z.string().max(4_000) }),
  /** Colleagues who are free at its time. */
  "GET /api/meetings/:id/free-hosts": z.object({}),
  /** The guest did not come, or did after all. `expired` before the meeting has begun. */
  "POST /api/meetings/:id/no-show": z.object({ isNoShow: z.boolean() }),
  /** For the team only. */
  "PUT /api/meetings/:id/notes": z.object({
    notes: z.union([z.literal(""), textField(limits.hostNotesChars)]),
  }),
  /** Tries again what a provider refused: the room, the event. */
  "POST /api/meetings/:id/retry": z.object({}),
} as const;

export type MeetingActionRouteAnswers = {
  "GET /api/meetings/:id/slots": SlotsAnswer;
  "POST /api/meetings/:id/move": { meeting: TeamMeeting };
  "GET /api/meetings/:id/free-hosts": { hostIds: MemberId[] };
  "POST /api/meetings/:id/no-show": { meeting: TeamMeeting };
  "PUT /api/meetings/:id/notes": { meeting: TeamMeeting };
  "POST /api/meetings/:id/retry": { meeting: TeamMeeting };
};
