import { createModel, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Instant } from "../../shared/model/ids.ts";
import type { Clock } from "../ports.ts";

export type Ticker = InstanceType<typeof TickerModel>;

/** The present as a signal: `now` moves every second, `slowNow` every ten, for hundreds of rows. */
export const TickerModel = createModel((clock: Clock) => {
  const now = signal<Instant>(clock.now());
  const slowNow = signal<Instant>(clock.now());
  effect(() => {
    let cancel = (): void => undefined;
    const tick = () => {
      const next = clock.now();
      now.value = next;
      if (Math.abs(next - slowNow.peek()) >= 10_000) slowNow.value = next;
      cancel = clock.after(1_000 - (next % 1_000), tick);
    };
    cancel = clock.after(1_000, tick);
    return () => cancel();
  });
  return { now: now as ReadonlySignal<Instant>, slowNow: slowNow as ReadonlySignal<Instant> };
});
