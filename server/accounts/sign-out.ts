import type { Kysely } from "kysely";
import type { MemberId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { hasBearer, readBearerToken } from "../web/bearer.ts";
import type { CallerHeaders, Sessions } from "./session.ts";
import { hashToken, readSessionToken, type SessionCookie } from "./session-cookie.ts";
import { deleteSession } from "./session-store.ts";

export type SignOutDeps = {
  db: Kysely<Database>;
  sessions: Sessions;
  cookie: SessionCookie;
  /** Told after the session is gone, so that its sockets end. */
  announceEnd: (memberId: MemberId) => void;
};

/** Ends the session that the caller's bearer token or cookies hold, if there is one. */
export async function signOut(
  { db, sessions, cookie, announceEnd }: SignOutDeps,
  headers: CallerHeaders,
): Promise<void> {
  const token = hasBearer(headers)
    ? readBearerToken(headers.authorization)
    : readSessionToken(cookie, headers.cookie);
  if (token === null) return;
  const tokenHash = hashToken(token);
  const memberId = await deleteSession(db, tokenHash);
  sessions.forget(tokenHash);
  if (memberId !== null) announceEnd(memberId);
}
