import RateLimiterMemory from "rate-limiter-flexible/lib/RateLimiterMemory.js";
import { AppError } from "../errors.ts";

/** So many calls within so many seconds, for each caller; counted by this process. */
export type RateLimit = { points: number; seconds: number };

export interface RateLimiter {
  /** Counts one call. Throws `too_many` with the time to wait once there are too many. */
  take(key: string): Promise<void>;
  /** Takes one call out of the count again. */
  giveBack(key: string): Promise<void>;
  /** Forgets what was counted. */
  forgive(key: string): Promise<void>;
}

export function createRateLimiter({ points, seconds }: RateLimit): RateLimiter {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
      } catch (spent) {
        throw tooMany(spent, seconds);
      }
    },
    async giveBack(key) {
      await limiter.reward(key);
    },
    async forgive(key) {
      await limiter.delete(key);
    },
  };
}

/** The limiter rejects with its state instead of an Error; an Error is the database's. */
export function tooMany(state: unknown, seconds: number): unknown {
  if (state instanceof Error) return state;
  const { msBeforeNext } = state as { msBeforeNext?: number }; // What the limiter documents as its rejection.
  return new AppError("too_many", { retryAfterMs: Math.max(1, Math.ceil(msBeforeNext ?? seconds * 1_000)) });
}
