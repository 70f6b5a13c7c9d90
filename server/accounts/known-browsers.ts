import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { readToken, signToken } from "../signed-token.ts";
import { hashToken, type SessionCookie } from "./session-cookie.ts";
import { passwordOfMember } from "./session-store.ts";

// Strangers who guess at an account are counted, and could keep its owner out by that. A browser in which the owner has
// signed in before says so with a cookie of its own, and is counted by itself. The cookie opens nothing, and is worth
// something for one account and its present password only: whoever knew the one before gains no tries at the next.

/** The account, and the hash of its password. */
type Account = { memberId: MemberId; passwordHash: string };

export interface KnownBrowsers {
  /** The `Set-Cookie` of a browser in which this account has just signed in. */
  cookieFor(account: Account): string;
  /** What this browser is counted by when it tries at this account; null for one that never got in. */
  markOf(cookies: string | undefined, account: Account): string | null;
}

/** The `Set-Cookie` for a browser in which this member has just chosen a password; none for whoever has none. */
export async function knownBrowserOf(
  { db, knownBrowsers }: { db: Kysely<Database>; knownBrowsers: KnownBrowsers },
  { workspaceId, memberId }: { workspaceId: WorkspaceId; memberId: MemberId },
): Promise<string[]> {
  const row = await passwordOfMember(db, workspaceId, memberId);
  return row?.password_hash ? [knownBrowsers.cookieFor({ memberId, passwordHash: row.password_hash })] : [];
}

const days = 365;

export function createKnownBrowsers({
  secretKey,
  cookie,
  now = Date.now,
}: {
  secretKey: string;
  cookie: SessionCookie;
  now?: () => number;
}): KnownBrowsers {
  const name = `${cookie.name}-known`;
  return {
    cookieFor({ memberId, passwordHash }) {
      const fields = [randomBytes(16).toString("base64url"), memberId, markOfPassword(passwordHash)];
      const token = signToken(secretKey, "known_browser", fields, now() + days * 86_400_000);
      const secure = cookie.isSecure ? "; Secure" : "";
      return `${name}=${token}; Path=/; Max-Age=${days * 86_400}; HttpOnly; SameSite=Lax${secure}`;
    },
    markOf(cookies, { memberId, passwordHash }) {
      const token = readValue(name, cookies);
      if (token === null) return null;
      const read = readToken(secretKey, "known_browser", token, now());
      if (!read.ok) return null;
      const [mark = "", of, password] = read.fields;
      return of === memberId && password === markOfPassword(passwordHash) ? mark : null;
    },
  };
}

/** Of the salted hash, which it tells nothing about. */
function markOfPassword(passwordHash: string): string {
  return hashToken(passwordHash).toString("base64url").slice(0, 22);
}

function readValue(name: string, header: string | undefined): string | null {
  for (const pair of header?.split(";") ?? []) {
    const equals = pair.indexOf("=");
    if (equals === -1 || pair.slice(0, equals).trim() !== name) continue;
    const value = pair.slice(equals + 1).trim();
    if (value.length <= 400 && /^[\w-]+\.[\w-]{43}$/.test(value)) return value;
  }
  return null;
}
