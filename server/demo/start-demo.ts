import type { Kysely } from "kysely";
import type { Config } from "../config.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { demoSiteKey } from "./demo-ids.ts";
import { seedDemo } from "./seed.ts";
import { startDemoShop } from "./shop-server.ts";

type DemoDeps = { config: Pick<Config, "publicUrl" | "demoPort">; db: Kysely<Database>; log: Log };

/** The shop on its port, and the workspace it talks to. Only in the demo, and in one process. */
export async function startDemo({
  config,
  db,
  log,
}: DemoDeps): Promise<{ shopUrl: string; close(): Promise<void> }> {
  const shop = await startDemoShop({ config, log, siteKey: demoSiteKey });
  try {
    await seedDemo({ db, log, now: Date.now, shopPort: Number(new URL(shop.url).port) });
  } catch (error) {
    await shop.close();
    throw error;
  }
  return { shopUrl: shop.url, close: shop.close };
}
