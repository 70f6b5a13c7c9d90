import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { NoteRefusedSignIn } from "./audit/note-refused-sign-in.ts";
import { holdPassword, type OpenedSession, openSession } from "./open-session.ts";
import type { PasswordCheck } from "./password-check.ts";
import { memberToSignIn } from "./session-store.ts";
import { mayUsePassword } from "./sso/may-use-password.ts";

export type SignInDeps = {
  db: Kysely<Database>;
  checkPassword: PasswordCheck;
  /** Told of a wrong password for an account that exists. */
  noteRefused: NoteRefusedSignIn;
};

/** Throws `unauthenticated` for a wrong address or password alike, `too_many` after too many wrong ones. */
export async function signIn(
  { db, checkPassword, noteRefused }: SignInDeps,
  { email, password, network, label }: { email: string; password: string; network: string; label: string },
): Promise<OpenedSession> {
  const member = await memberToSignIn(db, email);
  // Asked for every address, so that the time taken tells nothing either.
  const mayUse = await mayUsePassword(db, email);
  const passwordHash = mayUse ? (member?.password_hash ?? null) : null;
  const isRight = await checkPassword({ email, passwordHash, password, network });
  if (member !== undefined && !isRight)
    noteRefused({ workspaceId: member.workspace_id, memberId: member.id });
  if (member === undefined || passwordHash === null || !isRight) throw new AppError("unauthenticated");
  const who = { workspaceId: member.workspace_id, memberId: member.id };
  return db.transaction().execute(async (trx) => {
    // The comparison took its time: meanwhile the password may have been changed, or be worth nothing any more.
    if (!(await holdPassword(trx, who, passwordHash))) throw new AppError("unauthenticated");
    return openSession(trx, { ...who, kind: "password", label });
  });
}
