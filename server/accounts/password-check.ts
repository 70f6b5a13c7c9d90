import type { Pool } from "pg";
import type { MemberId, SessionId } from "../../shared/model/ids.ts";
import { widerNetworkOf } from "../web/networks.ts";
import type { RateLimiter } from "../web/rate-limit.ts";
import { createSharedLimiter } from "../web/shared-rate-limit.ts";
import { isPassword } from "./password.ts";

/** Who tries: somebody in a network, a browser that has got in before, or a member who is signed in. */
export type PasswordTrier =
  | { network: string }
  | { browser: string }
  | { sessionId: SessionId; memberId: MemberId };

export type PasswordTry = {
  email: string;
  /** Null: no such account, or one without a password. */
  passwordHash: string | null;
  password: string;
  by: PasswordTrier;
};

/** Throws `too_many` after too many wrong ones. */
export type PasswordCheck = (attempt: PasswordTry) => Promise<boolean>;

/** Wrong passwords for one account from one network; the strictest of the three limits. */
export const wrongPerPair = { points: 10, seconds: 900 };
const wrongPerNetwork = { points: 100, seconds: 900 };
const wrongPerAccount = { points: 200, seconds: 3_600 };
const wrongPerBrowser = { points: 10, seconds: 900 };
const wrongPerSession = { points: 10, seconds: 900 };
/** A thief of one session can open others from it, by a phone for instance. */
const wrongPerMember = { points: 40, seconds: 3_600 };

/** A right password forgets what was counted, or gives back only its own try where others count too. */
type Count = { limiter: RateLimiter; key: string; forgets: boolean };

/**
 * The one place where a password is compared. Wrong ones of strangers are counted three ways, over all processes: from one
 * network for one account strictly; from one network for all accounts; for one account from everywhere loosely. Whoever has
 * shown before that the account is theirs is counted apart, so that no stranger can keep them out: a browser that has got
 * in, and a member who is signed in.
 */
export function createPasswordCheck(pool: Pool): PasswordCheck {
  const perPair = createSharedLimiter(pool, "password-pair", wrongPerPair);
  const perNetwork = createSharedLimiter(pool, "password-network", wrongPerNetwork);
  const perAccount = createSharedLimiter(pool, "password-account", wrongPerAccount);
  const perBrowser = createSharedLimiter(pool, "password-browser", wrongPerBrowser);
  const perSession = createSharedLimiter(pool, "password-session", wrongPerSession);
  const perMember = createSharedLimiter(pool, "password-member", wrongPerMember);

  function countsOf({ email, by }: PasswordTry): Count[] {
    if ("browser" in by) return [{ limiter: perBrowser, key: by.browser, forgets: true }];
    if ("sessionId" in by)
      return [
        { limiter: perSession, key: by.sessionId, forgets: true },
        { limiter: perMember, key: by.memberId, forgets: false },
      ];
    const account = email.trim().toLowerCase();
    const network = widerNetworkOf(by.network);
    // In this order, so that whoever goes on after the strictest limit takes nothing from the account's own.
    return [
      { limiter: perPair, key: `${account} ${network}`, forgets: true },
      { limiter: perNetwork, key: network, forgets: false },
      { limiter: perAccount, key: account, forgets: false },
    ];
  }

  return async (attempt) => {
    const counts = countsOf(attempt);
    // Counted before the slow part, so that a hundred tries at once are a hundred tries.
    for (const { limiter, key } of counts) await limiter.take(key);
    if (!(await isPassword(attempt.password, attempt.passwordHash))) return false;
    await Promise.all(
      counts.map(({ limiter, key, forgets }) => (forgets ? limiter.forgive(key) : limiter.giveBack(key))),
    );
    return true;
  };
}
