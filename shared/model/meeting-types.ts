import type { MeetingTypeId, MemberId, TeamId } from "./ids.ts";
import type { MeetingHours } from "./meetings.ts";

/** `one`: the one host named; `round_robin`: one of several, by turns; `collective`: all of them together. */
export type Hosting = "one" | "round_robin" | "collective";

/** Where a meeting of a type may be held. `any`: by video, else by phone, whichever its host has; `none`: needs no place. */
export type PlaceWish = "any" | "video" | "phone" | "none";

/** Asked of the guest in the form. `id` stays while the words change. */
export type Question = {
  id: string;
  label: string;
  kind: "line" | "text" | "choice";
  /** Of `choice`; else empty. */
  choices: string[];
  isRequired: boolean;
};

/** What a guest answered, with the words that were asked. */
export type QuestionAnswer = { id: string; label: string; answer: string };

/** A type's own working time; in the hosts' own zones when `zone` is null. */
export type TypeHours = Pick<MeetingHours, "weekly"> & { zone: string | null };

/** A host of a type. Of those free, the ones of the highest priority (3) are asked; a weight of 2 gets twice as many. */
export type TypeHost = { memberId: MemberId; weight: number; priority: number };

/** A kind of meeting, as the team sets it up. */
export type MeetingType = {
  id: MeetingTypeId;
  /** Its public page is `/m/<slug>`. */
  slug: string;
  name: string;
  description: string;
  /** Minutes; the first is offered first. */
  durations: number[];
  hosting: Hosting;
  /** Round robin over everybody of a team; null: over `hosts`. */
  teamId: TeamId | null;
  hosts: TypeHost[];
  place: PlaceWish;
  questions: Question[];
  /** Null: as each host has it. */
  noticeMinutes: number | null;
  bufferMinutes: number | null;
  horizonDays: number | null;
  hours: TypeHours | null;
  /** Minutes before the start. */
  reminders: number[];
  isPublic: boolean;
  /** What the chat books when nobody says otherwise. */
  isForChat: boolean;
};

/** A kind of meeting as guests see it. */
export type GuestMeetingType = Pick<
  MeetingType,
  "id" | "slug" | "name" | "description" | "durations" | "hosting" | "place" | "questions"
>;
