import { createHash } from "node:crypto";
import type { Pool } from "pg";
import RateLimiterPostgres from "rate-limiter-flexible/lib/RateLimiterPostgres.js";
import { type RateLimit, type RateLimiter, tooMany } from "./rate-limit.ts";

/**
 * Counted in the database: one count for all processes, and a hundred calls at once are a hundred. For what somebody may
 * guess (passwords, codes) or make us send (mails); everything else is counted by each process. `name` keeps the counts of
 * different limits apart; keys are stored as hashes. Without the database it refuses: whoever can stop it must not gain
 * free tries. What has expired is cleared by the worker (`sweep`).
 */
export function createSharedLimiter(pool: Pool, name: string, { points, seconds }: RateLimit): RateLimiter {
  const limiter = new RateLimiterPostgres({
    storeClient: pool,
    storeType: "pool",
    tableName: "attempts",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: name,
    points,
    duration: seconds,
    // Whoever is over the limit costs this process nothing more until the window ends.
    inMemoryBlockOnConsumed: points + 1,
  });
  const hashed = (key: string) => createHash("sha256").update(key).digest("base64url");
  return {
    async take(key) {
      try {
        await limiter.consume(hashed(key));
      } catch (spent) {
        throw tooMany(spent, seconds);
      }
    },
    async giveBack(key) {
      await limiter.reward(hashed(key));
    },
    async forgive(key) {
      await limiter.delete(hashed(key));
    },
  };
}
