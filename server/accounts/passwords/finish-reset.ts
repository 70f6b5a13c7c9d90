import type { ResetView } from "../../../shared/protocol/password-routes.ts";
import { AppError } from "../../errors.ts";
import { requireGoodPassword } from "../new-password.ts";
import { type OpenedSession, openSession } from "../open-session.ts";
import { hashPassword } from "../password.ts";
import { hashToken } from "../session-cookie.ts";
import { type PasswordDeps, setPassword } from "./set-password.ts";
import { type FoundReset, markUsed, resetOfSecret } from "./store.ts";

/** What the holder of a secret sees: whose password it is, or why the link leads nowhere. */
export async function lookAtReset({ db }: Pick<PasswordDeps, "db">, secret: string): Promise<ResetView> {
  const found = await resetOfSecret(db, hashToken(secret), { lock: false });
  if (found === undefined) return { state: "unknown" };
  const dead = whyDead(found);
  if (dead !== null) return { state: dead };
  const { email, first_name: firstName, last_name: lastName, company } = found;
  return { state: "open", email, firstName, lastName, company };
}

/**
 * Sets the new password and signs in; every other session and reset link of this member ends, and a mail says so. Of two
 * tabs one does it. Throws `expired` when the link leads nowhere any more, `invalid_input` for a password that will not do.
 */
export async function finishReset(
  deps: PasswordDeps,
  { secret, password, label }: { secret: string; password: string; label: string },
): Promise<OpenedSession> {
  const tokenHash = hashToken(secret);
  const seen = await resetOfSecret(deps.db, tokenHash, { lock: false });
  if (seen === undefined || whyDead(seen) !== null) throw new AppError("expired");
  await requireGoodPassword(password, [seen.email, seen.first_name, seen.last_name, seen.company]);
  const passwordHash = await hashPassword(password);
  const opened = await deps.db.transaction().execute(async (trx) => {
    const found = await resetOfSecret(trx, tokenHash, { lock: true });
    if (found === undefined || whyDead(found) !== null) throw new AppError("expired");
    const member = { workspaceId: found.workspace_id, memberId: found.member_id };
    await markUsed(trx, tokenHash);
    await setPassword(trx, deps, member, { passwordHash, by: "reset", label, keptSession: null });
    return openSession(trx, { ...member, kind: "password", label });
  });
  deps.announceEnd(opened.memberId);
  return opened;
}

function whyDead(found: FoundReset): Exclude<ResetView["state"], "open" | "unknown"> | null {
  if (found.used_at !== null) return "used";
  if (found.is_sso_only) return "sso";
  if (found.replaced_at !== null) return "replaced";
  // Whoever was deactivated is told no more than that it is over.
  return found.is_expired || !found.is_active ? "expired" : null;
}
