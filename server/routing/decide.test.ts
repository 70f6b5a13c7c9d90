import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { RoutingSettings } from "../../shared/model/routing.ts";
import { type Candidate, type Decision, decide, type LiveRequest, type PastOffer, whyNot } from "./decide.ts";

const repIds = ["a", "b", "c", "d", "e", "f"] as MemberId[]; // Ids of the tests.

const candidate = (id: MemberId): fc.Arbitrary<Candidate> =>
  fc.record({
    id: fc.constant(id),
    role: fc.constantFrom("admin", "rep", "meetings_only"),
    presence: fc.constantFrom("available", "available", "busy", "away", "offline"),
    isInTeam: fc.boolean(),
    isReady: fc.boolean(),
    hasDeclined: fc.boolean(),
    hasMissed: fc.boolean(),
    lastOfferedAt: fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: null }),
  });
/** Some of the team, each at most once. */
const team = fc.subarray(repIds).chain((ids) => fc.tuple(...ids.map(candidate)) as fc.Arbitrary<Candidate[]>);
const settings: fc.Arbitrary<RoutingSettings> = fc.record({
  strategy: fc.constantFrom("all", "round_robin"),
  acceptSeconds: fc.integer({ min: 1, max: 120 }),
  maxReps: fc.integer({ min: 1, max: 5 }),
  maxWaitSeconds: fc.integer({ min: 1, max: 600 }),
});
const rep = (id: MemberId, change: Partial<Candidate> = {}): Candidate => ({
  id,
  role: "rep",
  presence: "available",
  isInTeam: true,
  isReady: true,
  hasDeclined: false,
  hasMissed: false,
  lastOfferedAt: null,
  ...change,
});
const request = (routing: Partial<RoutingSettings> = {}, offers: PastOffer[] = []): LiveRequest => ({
  routing: { strategy: "all", acceptSeconds: 30, maxReps: 3, maxWaitSeconds: 90, ...routing },
  deadlineAt: 90_000,
  offers,
});

/** How one offer of a round ends, and how long after it was made. */
const reply = fc.record({
  end: fc.constantFrom("decline", "expire"),
  share: fc.integer({ min: 0, max: 100 }),
});

/** Plays a request to its end against teams that change at every look. Nobody ever claims: the worst case. */
function play(
  routing: RoutingSettings,
  teams: readonly Candidate[][],
  replies: readonly { end: "decline" | "expire"; share: number }[],
): {
  looks: { now: number; team: Candidate[]; offers: PastOffer[]; decision: Decision }[];
  endedAt: number | null;
} {
  const deadlineAt = routing.maxWaitSeconds * 1_000;
  const looks: { now: number; team: Candidate[]; offers: PastOffer[]; decision: Decision }[] = [];
  let offers: PastOffer[] = [];
  let now = 0;
  for (let look = 0; look < 100; look++) {
    offers = offers.map((offer) =>
      offer.state === "alerting" && offer.expiresAt <= now ? { ...offer, state: "expired" } : offer,
    );
    const members = teams[look % teams.length] ?? [];
    const decision = decide({ routing, deadlineAt, offers }, members, now, true);
    looks.push({ now, team: members, offers, decision });
    if (decision.kind === "fall_back") return { looks, endedAt: now };
    if (decision.kind === "offer") {
      const { to, expiresAt } = decision;
      offers = [...offers, ...to.map((memberId) => ({ memberId, state: "alerting" as const, expiresAt }))];
      continue;
    }
    const { end, share } = replies[look % replies.length] ?? { end: "expire", share: 100 };
    const ringing = offers.find((offer) => offer.state === "alerting");
    if (end === "decline" && ringing !== undefined) {
      now += Math.floor(((decision.until - now) * share) / 101);
      offers = offers.map((offer) => (offer === ringing ? { ...offer, state: "declined" } : offer));
    } else now = decision.until;
  }
  return { looks, endedAt: null };
}

const game = fc.record({
  routing: settings,
  teams: fc.array(team, { minLength: 1, maxLength: 6 }),
  replies: fc.array(reply, { minLength: 1, maxLength: 6 }),
});

describe("decide", () => {
  it("brings every request to an end by its deadline, whatever the team does", () => {
    fc.assert(
      fc.property(game, ({ routing, teams, replies }) => {
        const { endedAt } = play(routing, teams, replies);
        expect(endedAt).not.toBeNull();
        expect(endedAt).toBeLessThanOrEqual(routing.maxWaitSeconds * 1_000);
      }),
      { numRuns: 1_000 },
    );
  });

  it("asks only who is routable at that moment, nobody twice, and never past the deadline", () => {
    fc.assert(
      fc.property(game, ({ routing, teams, replies }) => {
        const asked = new Set<MemberId>();
        for (const { now, team, decision } of play(routing, teams, replies).looks) {
          if (decision.kind !== "offer") continue;
          expect(decision.to.length).toBeGreaterThan(0);
          expect(decision.expiresAt).toBeGreaterThan(now);
          expect(decision.expiresAt).toBeLessThanOrEqual(
            Math.min(now + routing.acceptSeconds * 1_000, routing.maxWaitSeconds * 1_000),
          );
          for (const id of decision.to) {
            const member = team.find((one) => one.id === id);
            expect(member).toMatchObject({
              presence: "available",
              isReady: true,
              isInTeam: true,
              hasDeclined: false,
            });
            expect(member?.role).not.toBe("meetings_only");
            expect(asked.has(id)).toBe(false);
            asked.add(id);
          }
        }
        if (routing.strategy === "round_robin") expect(asked.size).toBeLessThanOrEqual(routing.maxReps);
      }),
      { numRuns: 1_000 },
    );
  });

  it("says of everyone it does not ask why, and of nobody it asks", () => {
    fc.assert(
      fc.property(team, settings, (members, routing) => {
        const decision = decide({ routing, deadlineAt: 60_000, offers: [] }, members, 0, false);
        if (decision.kind === "wait") throw new Error("nobody rings yet");
        const skipped = new Set(decision.skipped.map((one) => one.id));
        for (const member of members) expect(skipped.has(member.id)).toBe(whyNot(member, []) !== null);
      }),
    );
  });

  it("falls back at once when nobody is routable: to the booker, or to a message where nobody can be booked", () => {
    const nobody = [
      rep(repIds[0]!, { presence: "away" }),
      rep(repIds[1]!, { presence: "offline" }),
      rep(repIds[2]!, { presence: "busy" }),
      rep(repIds[3]!, { isReady: false }),
      rep(repIds[4]!, { role: "meetings_only" }),
    ];
    const reasons = ["AWAY", "OFFLINE", "AT_CAPACITY", "NOT_READY", "NO_PERMISSION"];
    const skipped = nobody.map(({ id }, index) => ({ id, reason: reasons[index] }));
    expect(decide(request(), nobody, 0, true)).toEqual({ kind: "fall_back", to: "meeting", skipped });
    expect(decide(request(), nobody, 0, false)).toEqual({ kind: "fall_back", to: "message", skipped });
    expect(decide(request(), [], 0, true)).toMatchObject({ kind: "fall_back" });
  });

  it("asks all at once by default, and one after the other in round robin", () => {
    const three = repIds.slice(0, 3).map((id) => rep(id));
    expect(decide(request(), three, 0, true)).toMatchObject({ to: ["a", "b", "c"], expiresAt: 30_000 });
    const inTurn = request({ strategy: "round_robin" });
    expect(decide(inTurn, three, 0, true)).toMatchObject({ to: ["a"] });
    const first: PastOffer = { memberId: repIds[0]!, state: "declined", expiresAt: 30_000 };
    const second = decide({ ...inTurn, offers: [first] }, three, 5_000, true);
    expect(second).toMatchObject({
      to: ["b"],
      expiresAt: 35_000,
      skipped: [{ id: "a", reason: "DECLINED" }],
    });
  });

  it("an offer that ends in this very millisecond no longer rings, and one that ends in the next still does", () => {
    const offer: PastOffer = { memberId: repIds[0]!, state: "alerting", expiresAt: 30_000 };
    const both = [rep(repIds[0]!), rep(repIds[1]!)];
    expect(decide(request({}, [offer]), both, 29_999, true)).toEqual({ kind: "wait", until: 30_000 });
    expect(decide(request({}, [offer]), both, 30_000, true)).toMatchObject({ kind: "offer", to: ["b"] });
  });

  it("an offer still ringing at the deadline is not waited for", () => {
    const offer: PastOffer = { memberId: repIds[0]!, state: "alerting", expiresAt: 95_000 };
    expect(decide(request({}, [offer]), [rep(repIds[1]!)], 90_000, true)).toMatchObject({
      kind: "fall_back",
    });
  });

  it("in round robin gives a team that is always there the same number of offers, to one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 60 }), (size, rounds) => {
        const lastOffered = new Map<MemberId, number>();
        const counts = new Map<MemberId, number>();
        for (let round = 1; round <= rounds; round++) {
          const members = repIds
            .slice(0, size)
            .map((id) => rep(id, { lastOfferedAt: lastOffered.get(id) ?? null }));
          const decision = decide(request({ strategy: "round_robin" }), members, round, true);
          if (decision.kind !== "offer") throw new Error("everyone is routable");
          const [id] = decision.to;
          if (id === undefined) throw new Error("an offer is made to somebody");
          lastOffered.set(id, round);
          counts.set(id, (counts.get(id) ?? 0) + 1);
        }
        const all = repIds.slice(0, size).map((id) => counts.get(id) ?? 0);
        expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
