import type { Kysely } from "kysely";
import type { MemberId, SessionId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import type { SessionView } from "../../shared/protocol/console-routes.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { hashToken, readSessionToken, type SessionCookie } from "./session-cookie.ts";
import { memberOfSession, sessionView } from "./store.ts";

/** What a session proves. Every permission starts from one of these. */
export type MemberAccess = {
  memberId: MemberId;
  workspaceId: WorkspaceId;
  role: Role;
  sessionId: SessionId;
};

/** Sessions as HTTP and the socket handshake ask for them. */
export interface Sessions {
  memberOfToken(token: string): Promise<MemberAccess | null>;
  /** From a raw `Cookie` header. */
  memberOfCookies(cookies: string | undefined): Promise<MemberAccess | null>;
  /** After a sign-out: this process knows at once, the others within `cacheMs`. */
  forget(tokenHash: Buffer): void;
  /** After anything changed about a member, here or (told by the bus) elsewhere. */
  forgetMember(memberId: MemberId): void;
}

/** So long may an ended session or an old role still count; the promise is 5 s. */
const cacheMs = 3_000;
const mostCached = 10_000;

type SessionsDeps = { db: Kysely<Database>; cookie: SessionCookie; now?: () => number };

export function createSessions({ db, cookie, now = () => performance.now() }: SessionsDeps): Sessions {
  const cache = new Map<string, { access: MemberAccess; until: number }>();

  async function memberOfToken(token: string): Promise<MemberAccess | null> {
    const tokenHash = hashToken(token);
    const key = tokenHash.toString("base64");
    const cached = cache.get(key);
    if (cached !== undefined && cached.until > now()) return cached.access;
    cache.delete(key);
    const row = await memberOfSession(db, tokenHash);
    if (row === undefined) return null;
    const access: MemberAccess = {
      memberId: row.id,
      workspaceId: row.workspace_id,
      role: row.role,
      sessionId: row.session_id,
    };
    if (cache.size >= mostCached) cache.clear();
    cache.set(key, { access, until: now() + cacheMs });
    return access;
  }

  return {
    memberOfToken,
    async memberOfCookies(cookies) {
      const token = readSessionToken(cookie, cookies);
      return token === null ? null : memberOfToken(token);
    },
    forget(tokenHash) {
      cache.delete(tokenHash.toString("base64"));
    },
    forgetMember(memberId) {
      for (const [key, { access }] of cache) if (access.memberId === memberId) cache.delete(key);
    },
  };
}

type ViewDeps = { db: Kysely<Database>; hasMailbox: boolean };

/** What the console shows of the session. */
export async function showSession(
  { db, hasMailbox }: ViewDeps,
  { workspaceId, memberId }: Pick<MemberAccess, "workspaceId" | "memberId">,
): Promise<SessionView> {
  const row = await sessionView(db, workspaceId, memberId);
  if (row === undefined) throw new AppError("unauthenticated");
  return {
    member: {
      id: row.id,
      email: row.email,
      firstName: row.first_name,
      lastName: row.last_name,
      role: row.role,
    },
    workspace: { name: row.workspace_name },
    hasMailbox,
  };
}
