import type { Kysely } from "kysely";
import type { Instant } from "../../shared/model/ids.ts";
import { defaultRouting } from "../../shared/model/routing.ts";
import { hashPassword } from "../accounts/password.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { composeDemo } from "./compose-demo.ts";
import { demoSiteKey, demoWorkspaceId } from "./demo-ids.ts";
import { encodePortraits } from "./encode-portraits.ts";
import { shopOrigins } from "./shop-visitors.ts";
import { hasDemoWorkspace, insertDemoRows, insertDemoWorkspace, saveDemoOrigins } from "./store.ts";
import { demoColor, demoCompany, demoPassword } from "./team.ts";

export type SeedDeps = {
  db: Kysely<Database>;
  log: Log;
  now: () => Instant;
  /** Where the demo shop listens; the demo site allows its origins. */
  shopPort: number;
};

/**
 * Makes the demo workspace once, with a past that is recent whenever that is. At every start the demo site's origins are set to
 * where the shop now stands.
 */
export async function seedDemo({
  db,
  log,
  now,
  shopPort,
}: SeedDeps): Promise<{ siteKey: string; isNew: boolean }> {
  if (await hasDemoWorkspace(db)) {
    await saveDemoOrigins(db, shopOrigins(shopPort));
    return { siteKey: demoSiteKey, isNew: false };
  }
  const [passwordHash, faces] = await Promise.all([hashPassword(demoPassword), encodePortraits()]);
  const rows = composeDemo({ now: now(), shopPort, passwordHash, faces });
  const isNew = await db.transaction().execute(async (transaction) => {
    const isOurs = await insertDemoWorkspace(transaction, {
      id: demoWorkspaceId,
      name: demoCompany,
      color: demoColor,
      routing: JSON.stringify(defaultRouting),
      created_at: new Date(now() - 90 * 24 * 60 * 60_000),
    });
    if (isOurs) await insertDemoRows(transaction, rows);
    return isOurs;
  });
  if (isNew) log.info({ workspaceId: demoWorkspaceId }, "the demo workspace was made");
  return { siteKey: demoSiteKey, isNew };
}
