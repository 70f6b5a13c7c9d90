import { createHash, randomBytes } from "node:crypto";

// The cookie holds 256 random bits and nothing else; the database holds their SHA-256.

export const sessionDays = 30;
/** Apps are signed in less often, from a screen of their own. */
export const appSessionDays = 90;

export function mintToken(): string {
  return randomBytes(32).toString("base64url");
}

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/**
 * Over HTTPS the `__Host-` prefix makes browsers refuse the cookie from a neighbouring host. On plain HTTP (this machine
 * only) they would refuse the prefix itself.
 */
export type SessionCookie = { name: string; isSecure: boolean };

export function sessionCookieFor(publicUrl: string): SessionCookie {
  const isSecure = new URL(publicUrl).protocol === "https:";
  return { name: isSecure ? "__Host-foyer" : "foyer", isSecure };
}

export function formatSessionCookie({ name, isSecure }: SessionCookie, token: string): string {
  return format(name, isSecure, token, sessionDays * 86_400);
}

/** Makes the browser forget the session. */
export function formatEndedCookie({ name, isSecure }: SessionCookie): string {
  return format(name, isSecure, "", 0);
}

function format(name: string, isSecure: boolean, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

/** The session's token from a raw `Cookie` header, of a request or a socket's handshake; null for anything else. */
export function readSessionToken({ name }: SessionCookie, header: string | undefined): string | null {
  for (const pair of header?.split(";") ?? []) {
    const equals = pair.indexOf("=");
    if (equals === -1 || pair.slice(0, equals).trim() !== name) continue;
    const value = pair.slice(equals + 1).trim();
    if (/^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  }
  return null;
}
