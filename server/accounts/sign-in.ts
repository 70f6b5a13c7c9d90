import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import type { PasswordCheck } from "./password-check.ts";
import { memberToSignIn } from "./store.ts";

export type SignInDeps = { db: Kysely<Database>; checkPassword: PasswordCheck };

/** Throws `unauthenticated` for a wrong address or password alike, `too_many` after too many wrong ones. */
export async function signIn(
  { db, checkPassword }: SignInDeps,
  { email, password, network, label }: { email: string; password: string; network: string; label: string },
): Promise<OpenedSession> {
  const member = await memberToSignIn(db, email);
  const passwordHash = member?.password_hash ?? null;
  const isRight = await checkPassword({ email, passwordHash, password, network });
  if (member === undefined || !isRight) throw new AppError("unauthenticated");
  return openSession(db, {
    workspaceId: member.workspace_id,
    memberId: member.id,
    kind: "password",
    label,
  });
}
