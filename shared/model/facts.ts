import type { ClientId, Instant, MeetingId, MemberId, RequestId } from "./ids.ts";

/** Who caused a fact. A visitor is always the visitor of that conversation. */
export type Author = { kind: "visitor" } | { kind: "rep"; id: MemberId } | { kind: "system" };

/** Why a rep became the owner. */
export type JoinReason = "claimed" | "pounced" | "handed_over" | "took";
/** Why a rep stopped being the owner. */
export type LeaveReason = "handed_over" | "vanished" | "away";

/** What both sides may see. Each kind is one thing that happened; the body holds all a screen needs to tell it. */
export type SharedFactBody =
  | { kind: "message"; text: string }
  | { kind: "rep_requested"; requestId: RequestId }
  | { kind: "request_fell_back"; requestId: RequestId; to: "meeting" | "message" }
  | { kind: "rep_joined"; repId: MemberId; how: JoinReason; epoch: number }
  | { kind: "rep_left"; repId: MemberId; why: LeaveReason; epoch: number }
  | { kind: "meeting_offered"; hostId: MemberId | null }
  | { kind: "meeting_booked"; meetingId: MeetingId; hostId: MemberId; startAt: Instant; endAt: Instant }
  | {
      kind: "meeting_moved";
      meetingId: MeetingId;
      hostId: MemberId;
      startAt: Instant;
      endAt: Instant;
      /** Only of a meeting that a colleague had before, at the same time. */
      formerHostId?: MemberId;
    }
  | { kind: "meeting_cancelled"; meetingId: MeetingId; startAt: Instant; by: "visitor" | "rep" }
  | { kind: "visitor_identified"; name: string | null; email: string | null }
  | { kind: "closed"; by: "visitor" | "rep" | "system" };

/** What only reps see. */
export type NoteBody = { kind: "note"; text: string };

/** The place of a fact that this side may not see: it keeps the numbering without holes and says nothing else. */
export type HiddenBody = { kind: "hidden" };

type Numbered<Body> = {
  /** 1, 2, 3, ... within the conversation, without holes. */
  seq: number;
  at: Instant;
  by: Author;
  /** The sender's own id of a message or note; lets the sender's outbox drop its copy. */
  clientId?: ClientId;
  body: Body;
};

export type Fact = Numbered<SharedFactBody | NoteBody>;
export type VisitorFact = Numbered<SharedFactBody | HiddenBody>;
export type FactKind = Fact["body"]["kind"];

/** How far each side has received and looked at the conversation: the highest `seq`. */
export type Marks = {
  visitorDelivered: number;
  visitorSeen: number;
  repDelivered: number;
  repSeen: number;
};
