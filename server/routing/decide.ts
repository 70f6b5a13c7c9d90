import type { Instant, MemberId } from "../../shared/model/ids.ts";
import type { Presence, Role } from "../../shared/model/people.ts";
import type { ReasonCode, RoutingSettings } from "../../shared/model/routing.ts";

/** A member as routing sees one. */
export type Candidate = {
  id: MemberId;
  role: Role;
  presence: Presence;
  /** Has a name, and has confirmed profile and zone: see `readiness`. */
  /** Of the team that answers on the visitor's site; everybody, where the site has none. */
  isInTeam: boolean;
  isReady: boolean;
  /** Declined this very conversation a few minutes ago, in whichever request of it: not rung for it again so soon. */
  hasDeclined: boolean;
  /** Let an offer of this conversation run out since the visitor last wrote. */
  hasMissed: boolean;
  lastOfferedAt: Instant | null;
};

export type PastOffer = {
  memberId: MemberId;
  state: "alerting" | "claimed" | "declined" | "expired" | "withdrawn";
  expiresAt: Instant;
};

export type LiveRequest = {
  routing: RoutingSettings;
  deadlineAt: Instant;
  offers: readonly PastOffer[];
};

export type Skipped = { id: MemberId; reason: ReasonCode };

export type Decision =
  /** Ask these now, all at once. */
  | { kind: "offer"; to: MemberId[]; expiresAt: Instant; skipped: Skipped[] }
  /** Somebody is being asked: look again then. */
  | { kind: "wait"; until: Instant }
  /** Nobody is left to be asked, or the visitor has waited long enough. */
  | { kind: "fall_back"; to: "meeting" | "message"; skipped: Skipped[] };

/**
 * Whom to ask now. Every request ends: each round asks only members who were not asked before, an offer never outlives
 * the deadline, and nobody routable means the fallback at once.
 */
export function decide(
  request: LiveRequest,
  candidates: readonly Candidate[],
  now: Instant,
  canBook: boolean,
): Decision {
  const ringing = request.offers.filter((offer) => offer.state === "alerting" && offer.expiresAt > now);
  if (ringing.length > 0 && now < request.deadlineAt) {
    return { kind: "wait", until: Math.min(request.deadlineAt, ...ringing.map((offer) => offer.expiresAt)) };
  }
  const to = canBook ? "meeting" : "message";
  const skipped: Skipped[] = [];
  const routable: Candidate[] = [];
  for (const candidate of candidates) {
    const reason = whyNot(candidate, request.offers);
    if (reason === null) routable.push(candidate);
    else skipped.push({ id: candidate.id, reason });
  }
  const { strategy, acceptSeconds, maxReps } = request.routing;
  const asked = new Set(request.offers.map((offer) => offer.memberId)).size;
  const isOver = now >= request.deadlineAt || (strategy === "round_robin" && asked >= maxReps);
  if (isOver || routable.length === 0) return { kind: "fall_back", to, skipped };

  const ordered = [...routable].sort(leastRecentlyOffered);
  const chosen = strategy === "all" ? ordered : ordered.slice(0, 1);
  const expiresAt = Math.min(now + acceptSeconds * 1_000, request.deadlineAt);
  return { kind: "offer", to: chosen.map((candidate) => candidate.id), expiresAt, skipped };
}

/** Null: routable. Else the first reason that stands in the way. */
export function whyNot(candidate: Candidate, offers: readonly PastOffer[]): ReasonCode | null {
  if (candidate.role === "meetings_only") return "NO_PERMISSION";
  if (!candidate.isInTeam) return "NOT_IN_TEAM";
  const before = offers.filter((offer) => offer.memberId === candidate.id);
  if (candidate.hasDeclined || before.some((offer) => offer.state === "declined")) return "DECLINED";
  if (before.length > 0) return "EXPIRED";
  if (!candidate.isReady) return "NOT_READY";
  if (candidate.presence === "offline") return "OFFLINE";
  if (candidate.presence === "away") return "AWAY";
  if (candidate.presence === "busy") return "AT_CAPACITY";
  return null;
}

function leastRecentlyOffered(a: Candidate, b: Candidate): number {
  const difference = (a.lastOfferedAt ?? 0) - (b.lastOfferedAt ?? 0);
  if (difference !== 0) return difference;
  return a.id < b.id ? -1 : 1;
}
