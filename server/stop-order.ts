import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "./log.ts";

type Step = { what: string; close: () => Promise<void> };

/**
 * What was opened, closed in the reverse order; one part that fails or hangs does not keep the others open.
 */
export class StopOrder {
  readonly #steps: Step[] = [];
  readonly #log: Log;
  #stopped: Promise<void> | null = null;

  constructor(log: Log) {
    this.#log = log;
  }

  add(what: string, close: () => Promise<void>): void {
    this.#steps.push({ what, close });
  }

  /** Closes everything once, each part within `limitMs`. */
  stop(limitMs: number): Promise<void> {
    this.#stopped ??= this.#closeAll(limitMs);
    return this.#stopped;
  }

  async #closeAll(limitMs: number): Promise<void> {
    for (const { what, close } of this.#steps.toReversed()) {
      const limit = new AbortController();
      try {
        const isLate = await Promise.race([
          close().then(() => false),
          delay(limitMs, true, { signal: limit.signal }),
        ]);
        if (isLate) this.#log.warn({ what, limitMs }, "did not close in time");
      } catch (err) {
        this.#log.error({ err, what }, "did not close well");
      } finally {
        limit.abort();
      }
    }
  }
}
