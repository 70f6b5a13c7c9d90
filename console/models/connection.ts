import { createModel, effect, signal } from "@preact/signals";
import type { Instant } from "../../shared/model/ids.ts";
import type { RepAsks, SessionEnd } from "../../shared/protocol/rep-events.ts";
import type { Chance, Clock, RepLink } from "../ports.ts";
import { retryDelayMs } from "./retry-delay.ts";

export type ConnectionState = "connecting" | "live" | "lost" | "outdated" | "ended";
export type Sync = RepAsks["console:sync"]["answer"];

/**
 * Only facts are numbered; all else is repaired by asking for everything again, after each connect and this often.
 * The question is the heartbeat of a console too: a link that leaves it without an answer renews itself.
 */
const SYNC_EVERY_MS = 20_000;

/** So long a first link may take without a word about it. */
const PATIENCE_MS = 4_000;

export type Connection = InstanceType<typeof ConnectionModel>;

/** The link, and the snapshot that every other model starts from again whenever `synced` changes. */
export const ConnectionModel = createModel((link: RepLink, clock: Clock, chance: Chance) => {
  const state = signal<ConnectionState>("connecting");
  /** Why it is `ended`, when the server said so; a refusal does not say. */
  const endedBecause = signal<SessionEnd | null>(null);
  const synced = signal<Sync | null>(null);
  /** Server time minus ours, for countdowns on a computer whose clock is wrong. */
  const skewMs = signal(0);
  let isUp = false;
  /** Counts connects, so that a late answer over an older link changes nothing. */
  let era = 0;
  let tries = 0;
  let cancelTimer = (): void => undefined;

  const later = (delayMs: number, run: () => void) => {
    cancelTimer();
    cancelTimer = clock.after(delayMs, run);
  };

  /** Neither over nor to be reloaded: a link may still come. */
  const isOpen = () => state.peek() !== "ended" && state.peek() !== "outdated";

  async function sync(): Promise<void> {
    const asked = era;
    const answer = await link.ask("console:sync", {});
    if (asked !== era || !isUp) return;
    if (answer.ok) {
      tries = 0;
      skewMs.value = answer.serverAt - clock.now();
      synced.value = answer;
      state.value = "live";
      later(SYNC_EVERY_MS, () => void sync());
    } else if (answer.code === "unauthenticated") end();
    else if (answer.code === "outdated") state.value = "outdated";
    else {
      if (isOpen()) state.value = "lost";
      later(retryDelayMs(tries++, chance.fraction()), () => void sync());
    }
  }

  function end(because: SessionEnd | null = null): void {
    endedBecause.value = because;
    state.value = "ended";
    link.close();
  }

  effect(() => {
    const stops = [
      link.onState((next) => {
        era += 1;
        isUp = next.kind === "up";
        cancelTimer();
        if (next.kind === "up") void sync();
        else if (next.kind === "refused" && next.code === "unauthenticated") end();
        else if (next.kind === "refused" && next.code === "outdated") state.value = "outdated";
        else if (isOpen()) state.value = "lost";
      }),
      link.onNews("session:ended", ({ because }) => end(because)),
    ];
    return () => {
      for (const stop of stops) stop();
      cancelTimer();
      link.close();
    };
  });

  return {
    state,
    endedBecause,
    synced,
    skewMs,
    open() {
      link.open();
      // A server that is not there must be told of, before the first link too.
      later(PATIENCE_MS, () => {
        if (state.value === "connecting") state.value = "lost";
      });
    },
    /** The person presses "try now". */
    retry: () => link.renew(),
    /** What the server's clock shows now. */
    serverNow: (): Instant => clock.now() + skewMs.value,
  };
});
