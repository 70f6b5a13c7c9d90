import type { Kysely } from "kysely";
import type { Config } from "../config.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { demoSiteKey } from "./demo-ids.ts";
import { startPassersBy } from "./passers-by.ts";
import { seedDemo } from "./seed.ts";
import { startDemoShop } from "./shop-server.ts";

type DemoDeps = {
  config: Pick<Config, "publicUrl" | "secretKey" | "demoPort">;
  db: Kysely<Database>;
  log: Log;
};

/** The shop on its port, the workspace it talks to, and who looks around in it. Only in the demo, and in one process. */
export async function startDemo({
  config,
  db,
  log,
}: DemoDeps): Promise<{ shopUrl: string; close(): Promise<void> }> {
  const shop = await startDemoShop({ config, log, siteKey: demoSiteKey });
  try {
    await seedDemo({ db, log, now: Date.now, shopPort: Number(new URL(shop.url).port) });
    const passersBy = await startPassersBy({ config, db, log, shopUrl: shop.url });
    return {
      shopUrl: shop.url,
      async close() {
        passersBy.close();
        await shop.close();
      },
    };
  } catch (error) {
    await shop.close();
    throw error;
  }
}
