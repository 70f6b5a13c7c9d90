import type { Kysely } from "kysely";
import { limits } from "../../shared/protocol/limits.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { PasswordCheck } from "./password-check.ts";
import type { MemberAccess } from "./session.ts";
import { hasProof, noteProof, passwordOfMember } from "./session-store.ts";
import { mayUsePassword } from "./sso/may-use-password.ts";

type Session = Pick<MemberAccess, "workspaceId" | "sessionId">;

/**
 * Before what is hard to take back (single sign-on, export, deletion): the person of this session proved who they are
 * within the last `limits.proofMinutes`. Throws `proof_needed`.
 */
export async function requireProof(db: Kysely<Database>, { workspaceId, sessionId }: Session): Promise<void> {
  if (!(await hasProof(db, workspaceId, sessionId, limits.proofMinutes))) throw new AppError("proof_needed");
}

/**
 * By password. Throws `invalid_input` for a wrong one (the session itself goes on), `too_many` after too many: tries count
 * for this session and this member, not among those of strangers.
 */
export async function proveByPassword(
  { db, checkPassword }: { db: Kysely<Database>; checkPassword: PasswordCheck },
  member: MemberAccess,
  password: string,
): Promise<void> {
  const row = await passwordOfMember(db, member.workspaceId, member.memberId);
  if (row === undefined) throw new AppError("unauthenticated");
  // Where passwords are off, one that was set before proves nothing.
  const passwordHash = (await mayUsePassword(db, row.email)) ? row.password_hash : null;
  const { sessionId, memberId } = member;
  if (!(await checkPassword({ email: row.email, passwordHash, password, by: { sessionId, memberId } })))
    throw new AppError("invalid_input", { field: "password" });
  await noteProof(db, member.workspaceId, member.sessionId);
}

/** Whatever else has just proved it, such as the company's own sign-in. */
export async function noteProven(db: Kysely<Database>, { workspaceId, sessionId }: Session): Promise<void> {
  await noteProof(db, workspaceId, sessionId);
}
