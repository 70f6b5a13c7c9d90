import type { Pool } from "pg";
import { createSharedLimiter } from "../web/shared-rate-limit.ts";
import { isPassword } from "./password.ts";

export type PasswordTry = {
  email: string;
  /** Null: no such account, or one without a password. */
  passwordHash: string | null;
  password: string;
  network: string;
};

/** Throws `too_many` after too many wrong ones. */
export type PasswordCheck = (attempt: PasswordTry) => Promise<boolean>;

/** Wrong passwords for one account from one network; the strictest of the three limits. */
export const wrongPerPair = { points: 10, seconds: 900 };
const wrongPerNetwork = { points: 100, seconds: 900 };
const wrongPerAccount = { points: 200, seconds: 3_600 };

/**
 * The one place where a password is compared. Wrong ones are counted three ways, over all processes: from one network for
 * one account strictly; from one network for all accounts; for one account from everywhere loosely, so that a stranger
 * cannot easily lock somebody out.
 */
export function createPasswordCheck(pool: Pool): PasswordCheck {
  const perPair = createSharedLimiter(pool, "password-pair", wrongPerPair);
  const perNetwork = createSharedLimiter(pool, "password-network", wrongPerNetwork);
  const perAccount = createSharedLimiter(pool, "password-account", wrongPerAccount);

  return async ({ email, passwordHash, password, network }) => {
    const account = email.trim().toLowerCase();
    const pair = `${account} ${network}`;
    // Counted before the slow part, so that a hundred tries at once are a hundred tries; in this order, so that whoever goes
    // on after the strictest limit takes nothing from the account's own.
    await perPair.take(pair);
    await perNetwork.take(network);
    await perAccount.take(account);
    if (!(await isPassword(password, passwordHash))) return false;
    await Promise.all([perPair.forgive(pair), perNetwork.giveBack(network), perAccount.giveBack(account)]);
    return true;
  };
}
