import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { TypeHost } from "../../shared/model/meeting-types.ts";
import { type Counted, fairness } from "./fairness.ts";

const id = (name: string | number) => `m${name}` as MemberId;
const host = (name: string | number, weight = 1, priority = 2): TypeHost => ({
  memberId: id(name),
  weight,
  priority,
});

/** Books so many, one after the other, each with the first of those who are free; answers what was counted. */
function book(
  hosts: readonly TypeHost[],
  times: number,
  counted: Counted[] = [],
  {
    there = hosts.map(({ memberId }) => memberId),
    isFree = () => true,
  }: { there?: readonly MemberId[]; isFree?: (id: MemberId, turn: number) => boolean } = {},
): Counted[] {
  const all = [...counted];
  for (let turn = 0; turn < times; turn++) {
    const next = fairness(hosts, all).find(
      ({ memberId }) => there.includes(memberId) && isFree(memberId, turn),
    );
    if (next) all.push({ hostId: next.memberId, turnOf: there, meetings: 1 });
  }
  return all;
}

const had = (counted: readonly Counted[], who: MemberId) =>
  counted.filter(({ hostId }) => hostId === who).reduce((total, { meetings }) => total + meetings, 0);

const someWeights = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 8 });

describe("the fairness ledger", () => {
  it("keeps everybody within one meeting of their share, at every moment, whatever the weights", () => {
    fc.assert(
      fc.property(someWeights, fc.integer({ min: 1, max: 90 }), (weights, times) => {
        const hosts = weights.map((weight, index) => host(index, weight));
        const all = weights.reduce((total, weight) => total + weight, 0);
        const counted = book(hosts, times);
        for (let turn = 1; turn <= times; turn++)
          for (const { memberId, weight } of hosts) {
            const share = (turn * weight) / all;
            const away = Math.abs(had(counted.slice(0, turn), memberId) - share);
            expect(away).toBeLessThan(1 + 1e-9);
          }
      }),
      { numRuns: 60 },
    );
  });

  it("asks the highest priority that is free, and shares among equals only", () => {
    const hosts = [host("a", 1, 3), host("b", 1, 3), host("c", 1, 1)];
    // c gets what neither of the others can take, and it takes nothing from them.
    const counted = book(hosts, 30, [], { isFree: (who, turn) => who === id("c") || turn % 3 !== 0 });
    expect([had(counted, id("a")), had(counted, id("b")), had(counted, id("c"))]).toEqual([10, 10, 10]);
    expect(fairness(hosts, counted).map(({ memberId }) => memberId)).toEqual([id("a"), id("b"), id("c")]);
  });

  it("lets nobody who was away catch up: after it they get their share again, not more than one beside it", () => {
    fc.assert(
      fc.property(
        someWeights.filter((weights) => weights.length > 1),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 1, max: 40 }),
        (weights, before, away, after) => {
          const hosts = weights.map((weight, index) => host(index, weight));
          const [back, ...others] = hosts;
          if (back === undefined) throw new Error("somebody is away");
          const start = book(hosts, before);
          const there = others.map(({ memberId }) => memberId);
          const meanwhile = book(hosts, away, start, { there });
          expect(had(meanwhile, back.memberId)).toBe(had(start, back.memberId));
          const end = book(hosts, after, meanwhile);
          const got = had(end, back.memberId) - had(meanwhile, back.memberId);
          const share = (after * back.weight) / weights.reduce((total, weight) => total + weight, 0);
          expect(Math.abs(got - share)).toBeLessThan(2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("starts a new host where the others are", () => {
    const old = [host("a"), host("b")];
    const counted = book(old, 40);
    const now = [...old, host("new")];
    expect(fairness(now, counted).find(({ memberId }) => memberId === id("new"))).toMatchObject({
      meetings: 0,
      calibration: 20,
      score: 20,
    });
    const end = book(now, 9, counted);
    expect(had(end, id("new"))).toBe(3);
  });

  it("gives a meeting that was cancelled or not kept back as a turn", () => {
    const hosts = [host("a"), host("b")];
    const counted = book(hosts, 4);
    const lost = counted.filter((_, index) => index !== 0);
    const [who] = counted;
    expect(fairness(hosts, lost)[0]?.memberId).toBe(who?.hostId);
  });

  it("counts a meeting for whoever has it now, also one that nobody took turns for", () => {
    const hosts = [host("a"), host("b"), host("c")];
    const given: Counted[] = [{ hostId: id("c"), turnOf: [id("a"), id("b")], meetings: 3 }];
    const lines = fairness(hosts, given);
    expect(lines.map(({ memberId, meetings }) => [memberId, meetings])).toEqual([
      [id("a"), 0],
      [id("b"), 0],
      [id("c"), 3],
    ]);
  });

  it("has nobody's meeting in it who is no host any more", () => {
    const lines = fairness([host("a"), host("b")], [{ hostId: id("gone"), turnOf: [id("a")], meetings: 9 }]);
    expect(lines.every(({ score }) => score === 0)).toBe(true);
  });
});
