import { createHash, randomBytes } from "node:crypto";
import type { VisitorId } from "../../shared/model/ids.ts";

// A visitor's credential is `<visitor id>.<secret>`: 256 random bits made here, kept by the frame, stored as SHA-256 only.

export function mintSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

export function formatCredential(id: VisitorId, secret: string): string {
  return `${id}.${secret}`;
}

const shape = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** Null when the text cannot be a credential. */
export function parseCredential(text: string): { id: VisitorId; secret: string } | null {
  const match = shape.exec(text);
  if (match === null) return null;
  return { id: match[1] as VisitorId, secret: match[2] ?? "" }; // The pattern has just proved the shape.
}
