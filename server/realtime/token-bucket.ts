/** Lets `burst` through at once and `perSecond` in the long run. `take` answers 0, or the milliseconds to wait. */
export type TokenBucket = { take(nowMs: number): number };

export function createTokenBucket(burst: number, perSecond: number): TokenBucket {
  let tokens = burst;
  let lastMs = 0;
  return {
    take(nowMs) {
      tokens = Math.min(burst, tokens + ((nowMs - lastMs) / 1_000) * perSecond);
      lastMs = nowMs;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.ceil(((1 - tokens) / perSecond) * 1_000);
    },
  };
}
