import type { Instant, MemberId } from "./ids.ts";

/** How the reps of a layer are asked: all at once (first claim wins) or one after the other. */
export type Strategy = "all" | "round_robin";

/** Times in seconds. */
export type RoutingSettings = {
  strategy: Strategy;
  /** How long an offer rings. */
  acceptSeconds: number;
  /** How many reps are asked one after the other before the fallback (round robin). */
  maxReps: number;
  /** How long a visitor waits at most, over all offers. */
  maxWaitSeconds: number;
};

export const defaultRouting: RoutingSettings = {
  strategy: "all",
  acceptSeconds: 30,
  maxReps: 3,
  maxWaitSeconds: 90,
};

/** Why a rep was not asked, or no longer is. */
export type ReasonCode =
  | "OFFLINE"
  | "AWAY"
  | "AT_CAPACITY"
  | "NO_PERMISSION"
  | "NOT_IN_TEAM"
  | "NOT_READY"
  | "DECLINED"
  | "EXPIRED"
  | "NOT_IN_LAYER";

/** What happened to a request, in order. */
export type DecisionStep =
  | "requested"
  | "offered"
  | "skipped"
  | "declined"
  | "expired"
  | "claimed"
  | "withdrawn"
  | "fell_back"
  | "left"
  | "vanished"
  | "stepped_out"
  | "handed_over"
  | "pounced"
  | "took";

/** One line of the decision log ("why me?"). */
export type DecisionLine = {
  at: Instant;
  step: DecisionStep;
  repId: MemberId | null;
  reason: ReasonCode | null;
};
