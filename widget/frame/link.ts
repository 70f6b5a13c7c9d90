import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ServerToVisitor, VisitorAsks, VisitorTells } from "../../shared/protocol/visitor-events.ts";

/** An answer, or why there is none. A question that was lost on the way counts as `unavailable`: it may be asked again. */
export type Asked<T> = ({ ok: true } & T) | { ok: false; code: ErrorCode; retryAfterMs?: number };

/** The visitor's line to the server, as the models see it. */
export interface VisitorLink {
  ask<E extends keyof VisitorAsks>(
    event: E,
    input: VisitorAsks[E]["input"],
  ): Promise<Asked<VisitorAsks[E]["answer"]>>;
  /** May be lost. */
  tell<E extends keyof VisitorTells>(event: E, input: VisitorTells[E]): void;
  listen(listeners: { [E in keyof ServerToVisitor]?: ServerToVisitor[E] }): void;
  /** Called with each change, and at once with the state now. */
  onState(listener: (isUp: boolean) => void): void;
  /** The line looks alive but answers nothing: begin anew. */
  reconnect(): void;
  close(): void;
}

/** Time, so that tests hold it in their hands. */
export interface Clock {
  now(): number;
  /** Returns what takes it back. */
  after(ms: number, act: () => void): () => void;
  /** 0 up to, not including, 1. */
  random(): number;
}

export const browserClock: Clock = {
  now: Date.now,
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};
