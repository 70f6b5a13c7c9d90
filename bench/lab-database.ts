import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pool } from "pg";
import { connectDatabase, type Db } from "../server/db/connect.ts";
import { startEmbeddedPostgres } from "../server/db/embedded/start-embedded-postgres.ts";
import { migrate } from "../server/db/migrate.ts";
import { migrations } from "../server/db/migrations/all.ts";
import { createLog } from "../server/log.ts";
import { parentOf } from "./cpu-time.ts";

export type LabDatabase = {
  url: string;
  pool: Pool;
  db: Db;
  /** A folder of our own, for whatever else the measurement keeps. */
  dataDir: string;
  postmasterPid: number;
  stop(): Promise<void>;
};

/** The built-in PostgreSQL with its real settings (it waits for the disk at each commit), migrated, and empty. */
export async function startLabDatabase(folder = tmpdir()): Promise<LabDatabase> {
  const log = createLog({ level: "error", part: "bench" });
  const dataDir = mkdtempSync(join(folder, "foyer-bench-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  const { pool, db, close } = connectDatabase({ url: postgres.url, log, poolSize: 4, name: "bench" });
  await migrate(pool, migrations, log);
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  return {
    url: postgres.url,
    pool,
    db,
    dataDir,
    postmasterPid: parentOf(rows[0]?.pid ?? 0),
    async stop() {
      await close();
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
