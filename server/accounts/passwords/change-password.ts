import { AppError } from "../../errors.ts";
import { requireGoodPassword } from "../new-password.ts";
import { holdPassword } from "../open-session.ts";
import { hashPassword } from "../password.ts";
import type { PasswordCheck } from "../password-check.ts";
import type { MemberAccess } from "../session.ts";
import { type PasswordDeps, setPassword } from "./set-password.ts";
import { lockMember, memberWithPassword } from "./store.ts";

/**
 * Another password for whoever knows the one there is; every other session ends; answers how many. Throws `invalid_input` for
 * `current` when it is not that (after too many tries in this session: `too_many`), and for `password` with a reason;
 * `forbidden` where passwords are off, but for the admins who keep one.
 */
export async function changePassword(
  deps: PasswordDeps & { checkPassword: PasswordCheck },
  member: MemberAccess,
  change: { current: string; password: string; label: string },
): Promise<number> {
  const row = await memberWithPassword(deps.db, member.workspaceId, member.memberId);
  if (row === undefined) throw new AppError("unauthenticated");
  if (row.is_sso_only) throw new AppError("forbidden");
  const isRight = await deps.checkPassword({
    email: row.email,
    passwordHash: row.password_hash,
    password: change.current,
    by: { sessionId: member.sessionId, memberId: member.memberId },
  });
  if (!isRight) throw new AppError("invalid_input", { field: "current" });
  await requireGoodPassword(change.password, [row.email, row.first_name, row.last_name, row.company]);
  const passwordHash = await hashPassword(change.password);
  const { label } = change;
  const ended = await deps.db.transaction().execute(async (trx) => {
    // Whoever has set another one meanwhile, by a reset for instance, keeps it.
    await lockMember(trx, member.workspaceId, member.memberId);
    if (row.password_hash === null || !(await holdPassword(trx, member, row.password_hash)))
      throw new AppError("invalid_input", { field: "current" });
    return setPassword(trx, deps, member, {
      passwordHash,
      by: "change",
      label,
      keptSession: member.sessionId,
    });
  });
  deps.announceEnd(member.memberId);
  return ended;
}
