import type { Kysely } from "kysely";
import type { Instant, VisitorId } from "../../shared/model/ids.ts";
import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import type { SiteLook } from "../../shared/protocol/site-look.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { readToken, signToken } from "../signed-token.ts";
import { formatCredential, hashSecret, mintSecret } from "./credential.ts";
import { saveResumeSecret, siteById, visitorById } from "./store.ts";

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
): Promise<{ credential: string; siteKey: string; look: SiteLook }> {
  const read = readToken(secretKey, "conversation_link", token, now());
  if (!read.ok) throw new AppError(read.code);
  const visitor = await visitorById(db, (read.fields[0] ?? "") as VisitorId); // We signed it.
  const site = visitor === undefined ? undefined : await siteById(db, visitor.site_id);
  if (visitor === undefined || visitor.removed_at !== null || site === undefined)
    throw new AppError("not_found");
  const secret = mintSecret();
  await saveResumeSecret(db, visitor.id, hashSecret(secret));
  return { credential: formatCredential(visitor.id, secret), siteKey: site.public_key, look: site.look };
}
