import { z } from "zod";
import type { Instant, MeetingTypeId, MemberId } from "../model/ids.ts";
import type { UnbookableReason } from "./connection-routes.ts";
import { idField, instantField } from "./fields.ts";

// "Why is this time not offered?" Admins ask about everybody, the others about themselves.

export const whyNotRouteSchemas = {
  /**
   * `memberId`: one host; left out: each host of the type, or of the chat where no type is named either. Refused with `not_found` for a host
   * one may not ask about.
   */
  "GET /api/meetings/why-not": z.object({
    memberId: idField<"member">().optional(),
    typeId: idField<"meeting_type">().optional(),
    startAt: z.coerce.number().pipe(instantField),
  }),
} as const;

/** Why a start is not offered; all that apply, in this order. `connection_problem`: `problem` says which. */
export type WhyNot =
  | "not_ready"
  | "no_hours"
  | "no_place"
  | "calendar_unread"
  | "connection_problem"
  | "in_the_past"
  | "too_soon"
  | "too_far"
  | "outside_hours"
  | "reserved"
  | "busy"
  | "day_full"
  | "not_a_slot";

export type WhyReason = {
  why: WhyNot;
  /** What is in the way, and the gap does not count: a meeting, or a time that a calendar holds. */
  from: Instant | null;
  to: Instant | null;
  /** Of `reserved`, a meeting's guest; null for one that is only held, and of `busy` always: calendars are private. */
  detail: string | null;
  problem: Exclude<UnbookableReason, "not_ready" | "no_hours" | "no_place" | "calendar_unread"> | null;
};

export type WhyLine = { memberId: MemberId; isOffered: boolean; reasons: WhyReason[] };

export type WhyNotRouteAnswers = {
  "GET /api/meetings/why-not": { lines: WhyLine[]; typeId: MeetingTypeId | null };
};
