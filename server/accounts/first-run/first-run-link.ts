import type { Kysely } from "kysely";
import { firstRunPath } from "../../../shared/protocol/workspace-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { hashToken, mintToken } from "../session-cookie.ts";
import { hasWorkspace, isGood, lockFirstRun, replaceSecret } from "./store.ts";

/** How long the link that a start prints can be used; another start prints another. */
const hours = 24;

/**
 * The link behind which a database without any workspace gets its first; null where there is one. Each new link ends the
 * one before. The secret stands behind the `#`, which browsers do not send.
 */
export async function mintFirstRunLink(
  db: Kysely<Database>,
  { publicUrl }: { publicUrl: string },
): Promise<string | null> {
  if (await hasWorkspace(db)) return null;
  return db.transaction().execute(async (trx) => {
    await lockFirstRun(trx);
    if (await hasWorkspace(trx)) return null;
    const secret = mintToken();
    await replaceSecret(trx, hashToken(secret), hours);
    return `${publicUrl}${firstRunPath}#${secret}`;
  });
}

/** Whether anybody has set this up. */
export function isSetUp(db: Kysely<Database>): Promise<boolean> {
  return hasWorkspace(db);
}

/** Whether the link can still be used. Throws `expired`, whatever is wrong with it. */
export async function lookAtFirstRunLink(db: Kysely<Database>, secret: string): Promise<void> {
  if (!(await isGood(db, hashToken(secret))) || (await hasWorkspace(db))) throw new AppError("expired");
}
