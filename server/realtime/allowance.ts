import { AppError } from "../errors.ts";

/** So many turns for each key within so many seconds. */
export type Allowance = {
  /** Takes one turn. Throws `too_many` with the time to wait once there are none left. */
  take(key: string): void;
};

/** All windows begin together, so that counting costs one number a key, and nothing between two windows. */
export function createAllowance(
  { points, seconds }: { points: number; seconds: number },
  nowMs: () => number,
): Allowance {
  const windowMs = seconds * 1_000;
  const taken = new Map<string, number>();
  let window = 0;
  return {
    take(key) {
      const now = nowMs();
      const current = Math.floor(now / windowMs);
      if (current !== window) {
        window = current;
        taken.clear();
      }
      const count = (taken.get(key) ?? 0) + 1;
      if (count > points) throw new AppError("too_many", { retryAfterMs: (current + 1) * windowMs - now });
      taken.set(key, count);
    },
  };
}
