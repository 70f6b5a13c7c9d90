import type { Kysely } from "kysely";
import type { MemberId, SessionId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Role, SessionKind } from "../../shared/model/people.ts";
import type { SessionView } from "../../shared/model/session.ts";
import type { SessionEnd } from "../../shared/protocol/rep-events.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { hasBearer, readBearerToken } from "../web/bearer.ts";
import { hashToken, readSessionToken, type SessionCookie } from "./session-cookie.ts";
import { isActive, memberOfSession, noteSessionSeen, sessionView } from "./session-store.ts";

/** What a session proves. Every permission starts from one of these. */
export type MemberAccess = {
  memberId: MemberId;
  workspaceId: WorkspaceId;
  role: Role;
  sessionId: SessionId;
  sessionKind: SessionKind;
};

/** What may say who sends a request. */
export type CallerHeaders = { cookie?: string | undefined; authorization?: string | undefined };

/** Sessions as HTTP and the socket handshake ask for them. */
export interface Sessions {
  memberOfToken(token: string): Promise<MemberAccess | null>;
  /** From a raw `Cookie` header: a browser's session, never an app's. */
  memberOfCookies(cookies: string | undefined): Promise<MemberAccess | null>;
  /** Of a request or a handshake: an app's by its bearer token, which alone counts where there is one; else by cookie. */
  memberOf(headers: CallerHeaders): Promise<MemberAccess | null>;
  /** The same, read anew: what a link that has just been opened is judged by. */
  memberOfNow(headers: CallerHeaders): Promise<MemberAccess | null>;
  /** After a sign-out: this process knows at once, the others within `cacheMs`. */
  forget(tokenHash: Buffer): void;
  /** After anything changed about a member, here or (told by the bus) elsewhere. */
  forgetMember(memberId: MemberId): void;
  forgetWorkspace(workspaceId: WorkspaceId): void;
}

/** So long may an ended session or an old role still count; the promise is 5 s. */
const cacheMs = 3_000;
const mostCached = 10_000;

type SessionsDeps = {
  db: Kysely<Database>;
  cookie: SessionCookie;
  now?: () => number;
  /** Told of what failed and keeps nobody out. */
  onProblem?: (error: unknown) => void;
};

export function createSessions({
  db,
  cookie,
  now = () => performance.now(),
  onProblem = () => undefined,
}: SessionsDeps): Sessions {
  const cache = new Map<string, { access: MemberAccess; until: number }>();

  async function memberOfToken(token: string): Promise<MemberAccess | null> {
    const tokenHash = hashToken(token);
    const key = tokenHash.toString("base64");
    const cached = cache.get(key);
    if (cached !== undefined && cached.until > now()) return cached.access;
    return read(tokenHash);
  }

  async function read(tokenHash: Buffer): Promise<MemberAccess | null> {
    const key = tokenHash.toString("base64");
    cache.delete(key);
    const row = await memberOfSession(db, tokenHash);
    if (row === undefined) return null;
    // Once a minute at most, whatever is asked; nobody waits for it.
    if (row.is_seen_stale) noteSessionSeen(db, row.session_id, row.id).catch(onProblem);
    const access: MemberAccess = {
      memberId: row.id,
      workspaceId: row.workspace_id,
      role: row.role,
      sessionId: row.session_id,
      sessionKind: row.kind,
    };
    if (cache.size >= mostCached) cache.clear();
    cache.set(key, { access, until: now() + cacheMs });
    return access;
  }

  // Each kind of token counts in its own place only: an app's in a cookie would get past what apps may not ask.
  async function memberBy(
    headers: CallerHeaders,
    look: (token: string) => Promise<MemberAccess | null>,
  ): Promise<MemberAccess | null> {
    const isApp = hasBearer(headers);
    const token = isApp ? readBearerToken(headers.authorization) : readSessionToken(cookie, headers.cookie);
    const access = token === null ? null : await look(token);
    return access !== null && (access.sessionKind === "app") === isApp ? access : null;
  }

  return {
    memberOfToken,
    memberOfCookies: (cookies) => memberBy({ cookie: cookies }, memberOfToken),
    memberOf: (headers) => memberBy(headers, memberOfToken),
    memberOfNow: (headers) => memberBy(headers, (token) => read(hashToken(token))),
    forget(tokenHash) {
      cache.delete(tokenHash.toString("base64"));
    },
    forgetMember(memberId) {
      for (const [key, { access }] of cache) if (access.memberId === memberId) cache.delete(key);
    },
    forgetWorkspace(workspaceId) {
      for (const [key, { access }] of cache) if (access.workspaceId === workspaceId) cache.delete(key);
    },
  };
}

/** Why a link that was opened as `then` is over; null: it is not. */
export async function endOfLink(
  { db, sessions }: { db: Kysely<Database>; sessions: Sessions },
  then: MemberAccess,
  headers: CallerHeaders,
): Promise<SessionEnd | null> {
  const access = await sessions.memberOfNow(headers);
  if (access !== null) return access.role === then.role ? null : "role_changed";
  return (await isActive(db, then.workspaceId, then.memberId)) ? "signed_out" : "deactivated";
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
