import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../shared/model/ids.ts";

/** Every kind of token says what it is for, so that none is accepted in place of another. */
export type TokenPurpose =
  | "slots_offer"
  | "meeting_link"
  | "conversation_link"
  | "known_browser"
  | "page_guest";

export type ReadToken =
  | { ok: true; fields: readonly string[] }
  | { ok: false; code: "bad_signature" | "expired" };

/**
 * A short text that we alone can have made: `<fields and expiry>.<HMAC-SHA-256>`, both base64url, fit for a URL. Its fields
 * are readable by whoever holds it.
 */
export function signToken(
  secretKey: string,
  purpose: TokenPurpose,
  fields: readonly string[],
  expiresAt: Instant,
): string {
  const body = Buffer.from(JSON.stringify([Math.floor(expiresAt / 1000), ...fields])).toString("base64url");
  return `${body}.${seal(secretKey, purpose, body).toString("base64url")}`;
}

/** The signature is judged before anything inside is looked at. */
export function readToken(secretKey: string, purpose: TokenPurpose, token: string, now: Instant): ReadToken {
  const [body = "", signature = "", ...more] = token.split(".");
  if (more.length > 0) return { ok: false, code: "bad_signature" };
  const given = Buffer.from(signature, "base64url");
  const right = seal(secretKey, purpose, body);
  if (given.length !== right.length || !timingSafeEqual(given, right))
    return { ok: false, code: "bad_signature" };
  const [expiresAt, ...fields] = JSON.parse(Buffer.from(body, "base64url").toString()) as [
    number,
    ...string[],
  ]; // We signed it.
  return now < expiresAt * 1000 ? { ok: true, fields } : { ok: false, code: "expired" };
}

function seal(secretKey: string, purpose: TokenPurpose, body: string): Buffer {
  return createHmac("sha256", secretKey).update(`${purpose}\n${body}`).digest();
}
