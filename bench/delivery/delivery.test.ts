import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { simulate } from "./simulate.ts";

// The widget's link listens for "online" on its window; there is none here.
beforeAll(() => {
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("removeEventListener", () => undefined);
});
afterAll(() => void vi.unstubAllGlobals());

/** A thousand by default; RUNS=20000 for a long night, SEED to begin elsewhere. */
const runs = Number(process.env.RUNS ?? 1_000);
const firstSeed = Number(process.env.SEED ?? 1);

describe("delivery through a bad network", () => {
  it(`every acknowledged message is there once, in the same order for all, and everything sent arrives (${runs} runs)`, {
    timeout: 60_000 + runs * 100,
  }, async () => {
    let sent = 0;
    let kills = 0;
    const failed: { seed: number; problems: string[] }[] = [];
    for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
      const outcome = await simulate(seed);
      sent += outcome.sent;
      kills += outcome.kills;
      if (outcome.problems.length > 0) failed.push({ seed, problems: outcome.problems });
    }
    expect(failed.slice(0, 5)).toEqual([]);
    expect(sent).toBeGreaterThan(runs * 10);
    expect(kills).toBeGreaterThan(runs / 2);
  });
});

describe("once it failed, and does no more", () => {
  it.each([
    [431, "words sent into a conversation that ended stayed on the screen of the next"],
    [1_116, "words whose answer was lost were stored again in the next conversation"],
    [13_239, "a refusal that came late marked the next conversation as closed"],
    [1_896, "the words of two tabs changed places over a reload"],
  ])("seed %d: %s", async (seed) => {
    expect((await simulate(seed)).problems).toEqual([]);
  });
});

describe("the simulation finds", () => {
  it.each(["acks_before_it_stores", "stores_repeats", "numbers_with_holes"] as const)(
    "a server that %s, within fifty runs",
    async (flaw) => {
      let found = 0;
      for (let seed = 1; seed <= 50 && found === 0; seed++)
        found += (await simulate(seed, flaw)).problems.length;
      expect(found).toBeGreaterThan(0);
    },
  );
});
