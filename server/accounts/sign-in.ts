import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { createRateLimiter } from "../web/rate-limit.ts";
import { isPassword } from "./password.ts";
import type { MemberAccess } from "./session.ts";
import { hashToken, mintToken, sessionDays } from "./session-cookie.ts";
import { insertSession, memberToSignIn } from "./store.ts";

export type SignedIn = { token: string } & Pick<MemberAccess, "memberId" | "workspaceId">;

/** Throws `unauthenticated` for a wrong address or password alike, `too_many` after too many wrong ones. */
export type SignIn = (attempt: { email: string; password: string; network: string }) => Promise<SignedIn>;

/**
 * Wrong passwords are counted three ways: from one network for one account strictly; for one account from everywhere
 * loosely, so that a stranger cannot easily lock somebody out; from one network for all accounts.
 */
export function createSignIn(db: Kysely<Database>): SignIn {
  const perPair = createRateLimiter({ points: 10, seconds: 900 });
  const perAccount = createRateLimiter({ points: 200, seconds: 3_600 });
  const perNetwork = createRateLimiter({ points: 100, seconds: 900 });

  return async ({ email, password, network }) => {
    const account = hashToken(email.trim().toLowerCase()).toString("base64");
    const pair = `${account} ${network}`;
    // Counted before the slow part, so that a hundred tries at once are a hundred tries.
    await perNetwork.take(network);
    await perAccount.take(account);
    await perPair.take(pair);
    const member = await memberToSignIn(db, email);
    const isRight = await isPassword(password, member?.password_hash ?? null);
    if (member === undefined || !isRight) throw new AppError("unauthenticated");
    await perPair.forgive(pair);
    await perAccount.giveBack(account);
    await perNetwork.giveBack(network);
    const token = mintToken();
    await insertSession(db, {
      tokenHash: hashToken(token),
      workspaceId: member.workspace_id,
      memberId: member.id,
      days: sessionDays,
    });
    return { token, memberId: member.id, workspaceId: member.workspace_id };
  };
}
