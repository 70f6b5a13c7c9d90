import pg from "pg";
import { createLog } from "../log.ts";
import { startJobs } from "./run-jobs.ts";
import type { JobHandlers } from "./tasks.ts";

// A worker to be killed: it takes a mail and never finishes it. Bundled and run by jobs.db.test.ts as its own process.
const pool = new pg.Pool({ connectionString: process.env.TEST_DATABASE_URL, max: 3 });
pool.on("error", () => process.exit(1));
await startJobs({
  pool,
  log: createLog({ level: "silent", part: "worker" }),
  handlers: {
    "mail:send": () => {
      process.stdout.write("taken\n");
      return new Promise(() => undefined);
    },
    // Not sent to it.
    "reset:mail": () => Promise.resolve(),
    "meeting:follow": () => Promise.resolve(),
    "meeting:remind": () => Promise.resolve(),
    "connection:give_back": () => Promise.resolve(),
  } satisfies JobHandlers,
});
