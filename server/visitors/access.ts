import { timingSafeEqual } from "node:crypto";
import type { Kysely } from "kysely";
import type { SiteId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { hashSecret, parseCredential } from "./credential.ts";
import { visitorById } from "./store.ts";

/** What a visitor's credential proves. */
export type VisitorAccess = { visitorId: VisitorId; workspaceId: WorkspaceId; siteId: SiteId };

/** Null for anything that is not the credential of a visitor we know, on a site that is still ours. */
export async function authenticateVisitor(
  db: Kysely<Database>,
  credential: string,
): Promise<VisitorAccess | null> {
  const parsed = parseCredential(credential);
  if (parsed === null) return null;
  const row = await visitorById(db, parsed.id);
  if (row === undefined || row.removed_at !== null) return null;
  const hash = hashSecret(parsed.secret);
  const isRight = [row.secret_hash, row.resume_secret_hash].some(
    (stored) => stored !== null && stored.length === hash.length && timingSafeEqual(stored, hash),
  );
  return isRight ? { visitorId: row.id, workspaceId: row.workspace_id, siteId: row.site_id } : null;
}
