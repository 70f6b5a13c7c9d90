import type { Instant } from "../../shared/model/ids.ts";
import type { Clock } from "../ports.ts";

/** A clock that stands still until it is moved; for tests. */
export type FakeClock = Clock & { advance(ms: number): Promise<void> };

export function createFakeClock(start: Instant): FakeClock {
  let now = start;
  let timers: { at: Instant; run: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs, run) {
      const timer = { at: now + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    async advance(ms) {
      const until = now + ms;
      for (;;) {
        await settle();
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((timer) => timer !== next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = until;
      await settle();
    },
  };
}

/** Lets everything that only waits for promises go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
