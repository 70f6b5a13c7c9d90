import type { PortraitName } from "../portraits/portraits.ts";

/** One thing that happens in a demo conversation. */
export type TalkStep =
  | { do: "visitor"; text: string }
  | { do: "rep"; text: string }
  | { do: "note"; text: string }
  /** Visitor asks, these reps ring, the current owner of the script takes it. */
  | { do: "join"; asked: readonly PortraitName[] }
  /** Nobody could: the booker, or a message. */
  | { do: "fallback"; to: "meeting" | "message" }
  | { do: "hand_over"; to: PortraitName; note: string }
  | { do: "identify" }
  | { do: "offer_meeting" }
  /** Books the appointment of that key (see appointments.ts). */
  | { do: "book"; appointment: string }
  | { do: "pause"; minutes: number }
  | { do: "close"; by: "visitor" | "rep" | "system" };

export type Talk = {
  guest: string;
  /** Who takes it; null: it stays with nobody. */
  rep: PortraitName | null;
  /** When it began, before the time of seeding: a number of the rep's working days, or of minutes for one of today. */
  began: { workdaysAgo: number; minute: number } | { minutesAgo: number };
  /** The rep wrote first. */
  isPounce?: boolean;
  steps: readonly TalkStep[];
};

export const v = (text: string): TalkStep => ({ do: "visitor", text });
export const r = (text: string): TalkStep => ({ do: "rep", text });
export const note = (text: string): TalkStep => ({ do: "note", text });
export const joined = (...asked: PortraitName[]): TalkStep => ({ do: "join", asked });
export const fellBack = (to: "meeting" | "message"): TalkStep => ({ do: "fallback", to });
export const handOver = (to: PortraitName, text: string): TalkStep => ({
  do: "hand_over",
  to,
  note: text,
});
export const identified: TalkStep = { do: "identify" };
export const meetingOffered: TalkStep = { do: "offer_meeting" };
export const booked = (appointment: string): TalkStep => ({ do: "book", appointment });
export const pause = (minutes: number): TalkStep => ({ do: "pause", minutes });
export const closedBy = (by: "visitor" | "rep" | "system"): TalkStep => ({ do: "close", by });
