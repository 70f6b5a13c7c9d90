import { startWeb } from "../app.ts";
import { readConfig } from "../config.ts";
import { connectDatabase } from "../db/connect.ts";
import { createLog, say } from "../log.ts";

// The web role as main.ts starts it, on a database of the tests, which main.ts would refuse: it does not wait for the disk.
// Bundled and run by two-servers.db.test.ts as processes of their own.
const config = readConfig(process.env);
const log = createLog({ level: config.logLevel, part: "web" });
const { pool, db } = connectDatabase({
  url: config.databaseUrl ?? "",
  log,
  poolSize: config.databasePoolSize,
  name: "web",
});
await startWeb({ config, log, pool, db });
process.on("SIGTERM", () => process.exit(0));
say("ready");
