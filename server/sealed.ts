import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

// What outside services trusted us with rests in the database as AES-256-GCM. The key is not in the database: it is made
// from the instance's secret by HKDF. What the secret belongs to is bound in: moved to another row, it no longer opens.

/** The workspace, the provider and the row (and whoever else) a secret belongs to; the same words open it again. */
export type SealedFor = readonly [workspace: string, ...more: [string, string, ...string[]]];
/** The instance's secret, and the one before it, by which what was sealed before the change still opens. */
export type SealingKeys = { secretKey: string; previousSecretKey: string | null };

const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const headBytes = 1 + ivBytes + tagBytes;

export function seal(secretKey: string, belongsTo: SealedFor, secret: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", keyOf(secretKey), iv, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(belongsTo));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), sealed]);
}

/** Null: altered, moved from elsewhere, or sealed by an instance with another secret. */
export function unseal(secretKey: string, belongsTo: SealedFor, sealed: Buffer): string | null {
  if (sealed.length < headBytes || sealed[0] !== version) return null;
  const iv = sealed.subarray(1, 1 + ivBytes);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(secretKey), iv, { authTagLength: tagBytes });
  decipher.setAAD(boundTo(belongsTo));
  decipher.setAuthTag(sealed.subarray(1 + ivBytes, headBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** As `unseal`, with the key of before too. */
export function unsealWith(keys: SealingKeys, belongsTo: SealedFor, sealed: Buffer): string | null {
  const { secretKey, previousSecretKey } = keys;
  const secret = unseal(secretKey, belongsTo, sealed);
  return secret === null && previousSecretKey !== null
    ? unseal(previousSecretKey, belongsTo, sealed)
    : secret;
}

function keyOf(secretKey: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secretKey, "", "foyer: sealed outside secrets, 1", 32));
}

/** As JSON, so that no two lists of words read the same. */
function boundTo(words: SealedFor): Buffer {
  return Buffer.from(JSON.stringify(words));
}
