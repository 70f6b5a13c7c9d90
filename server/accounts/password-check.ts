import { createRateLimiter } from "../web/rate-limit.ts";
import { isPassword } from "./password.ts";
import { hashToken } from "./session-cookie.ts";

export type PasswordTry = {
  email: string;
  /** Null: no such account, or one without a password. */
  passwordHash: string | null;
  password: string;
  network: string;
};

/** Throws `too_many` after too many wrong ones. */
export type PasswordCheck = (attempt: PasswordTry) => Promise<boolean>;

/**
 * The one place where a password is compared. Wrong ones are counted three ways: from one network for one account
 * strictly; for one account from everywhere loosely, so that a stranger cannot easily lock somebody out; from one network
 * for all accounts.
 */
export function createPasswordCheck(): PasswordCheck {
  const perPair = createRateLimiter({ points: 10, seconds: 900 });
  const perAccount = createRateLimiter({ points: 200, seconds: 3_600 });
  const perNetwork = createRateLimiter({ points: 100, seconds: 900 });

  return async ({ email, passwordHash, password, network }) => {
    const account = hashToken(email.trim().toLowerCase()).toString("base64");
    const pair = `${account} ${network}`;
    // Counted before the slow part, so that a hundred tries at once are a hundred tries.
    await perNetwork.take(network);
    await perAccount.take(account);
    await perPair.take(pair);
    if (!(await isPassword(password, passwordHash))) return false;
    await perPair.forgive(pair);
    await perAccount.giveBack(account);
    await perNetwork.giveBack(network);
    return true;
  };
}
