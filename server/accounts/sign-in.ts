import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { NoteRefusedSignIn } from "./audit/note-refused-sign-in.ts";
import type { KnownBrowsers } from "./known-browsers.ts";
import { holdPassword, type OpenedSession, openSession } from "./open-session.ts";
import type { PasswordCheck } from "./password-check.ts";
import { memberToSignIn } from "./session-store.ts";
import { mayUsePassword } from "./sso/may-use-password.ts";

export type SignInDeps = {
  db: Kysely<Database>;
  checkPassword: PasswordCheck;
  knownBrowsers: KnownBrowsers;
  /** Told of a wrong password for an account that exists. */
  noteRefused: NoteRefusedSignIn;
};

/** `knownBrowser`: a `Set-Cookie` that tells this browser from strangers next time. */
export type SignedIn = OpenedSession & { knownBrowser: string };

type Attempt = {
  email: string;
  password: string;
  network: string;
  /** The raw `Cookie` header. */
  cookies: string | undefined;
  /** Names the browser in the list of sessions. */
  label: string;
};

/** Throws `unauthenticated` for a wrong address or password alike, `too_many` after too many wrong ones. */
export async function signIn(
  { db, checkPassword, knownBrowsers, noteRefused }: SignInDeps,
  { email, password, network, cookies, label }: Attempt,
): Promise<SignedIn> {
  const member = await memberToSignIn(db, email);
  // Asked for every address, so that the time taken tells nothing either.
  const mayUse = await mayUsePassword(db, email);
  const passwordHash = mayUse ? (member?.password_hash ?? null) : null;
  const account = member && passwordHash !== null ? { memberId: member.id, passwordHash } : null;
  const browser = account && knownBrowsers.markOf(cookies, account);
  const by = browser === null ? { network } : { browser };
  const isRight = await checkPassword({ email, passwordHash, password, by });
  if (member !== undefined && !isRight)
    noteRefused({ workspaceId: member.workspace_id, memberId: member.id });
  if (member === undefined || account === null || !isRight) throw new AppError("unauthenticated");
  const who = { workspaceId: member.workspace_id, memberId: member.id };
  const opened = await db.transaction().execute(async (trx) => {
    // The comparison took its time: meanwhile the password may have been changed, or be worth nothing any more.
    if (!(await holdPassword(trx, who, account.passwordHash))) throw new AppError("unauthenticated");
    return openSession(trx, { ...who, kind: "password", label });
  });
  return { ...opened, knownBrowser: knownBrowsers.cookieFor(account) };
}
