import type { Kysely } from "kysely";
import type { Instant, VisitorId } from "../../shared/model/ids.ts";
import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";
import { formatCredential, hashSecret, mintSecret } from "./credential.ts";
import { saveResumeSecret, siteKeyOf, visitorById } from "./store.ts";

const daysGood = 14;

/** The link in a mailed reply that leads back into the conversation, on a page of ours. */
export function resumeUrl(
  { secretKey, publicUrl }: { secretKey: string; publicUrl: string },
  visitorId: VisitorId,
  now: Instant,
): string {
  const token = signToken(secretKey, "conversation_link", [visitorId], now + daysGood * 86_400_000);
  return `${publicUrl}${mailedPaths.conversation}${token}`;
}

/** Exchanges such a link for a credential. The browser that began the conversation keeps its own. */
export async function resumeVisitor(
  { db, secretKey, now }: { db: Kysely<Database>; secretKey: string; now(): Instant },
  token: string,
): Promise<{ credential: string; siteKey: string }> {
  const read = readToken(secretKey, "conversation_link", token, now());
  if (!read.ok) throw new AppError(read.code);
  const visitor = await visitorById(db, (read.fields[0] ?? "") as VisitorId); // We signed it.
  const siteKey = visitor === undefined ? null : await siteKeyOf(db, visitor.site_id);
  if (visitor === undefined || siteKey === null) throw new AppError("not_found");
  const secret = mintSecret();
  await saveResumeSecret(db, visitor.id, hashSecret(secret));
  return { credential: formatCredential(visitor.id, secret), siteKey };
}
