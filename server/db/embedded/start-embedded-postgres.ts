import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { StartRefused } from "../../start-refused.ts";
import { prepareBinaries } from "./binaries.ts";
import { databaseName, ensureCluster, roleName, writeAccessFiles } from "./cluster.ts";
import { lockDataDir } from "./data-dir-lock.ts";
import { clearOrphans } from "./orphans.ts";
import { choosePlacement, prepareSocketDir } from "./placement.ts";
import { type PostgresProcess, spawnPostgres } from "./spawn-postgres.ts";

export type EmbeddedPostgres = {
  /** `postgresql://` URL over the Unix socket; good for DATABASE_URL of another process of the same user. */
  url: string;
  /** Stops PostgreSQL and gives the data directory free. Bounded; may be called twice. */
  stop(): Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  log: Log;
  /** PostgreSQL settings over ours; tests switch fsync off. */
  settings?: Readonly<Record<string, string>>;
};

const ourSettings: Readonly<Record<string, string>> = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: "60",
  shared_buffers: "96MB",
  max_wal_size: "512MB",
  // Short statements on one small machine: no compiler, no extra processes.
  jit: "off",
  io_method: "sync",
  max_logical_replication_workers: "0",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  // A statement or a row in a log would be somebody's words: errors reach us through the client instead.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_line_prefix: "",
  log_checkpoints: "off",
};

const longestRestartPauseMs = 5_000;

/**
 * Runs the PostgreSQL that npm brought, on a Unix socket under the data directory, for as long as this process
 * lives. Should PostgreSQL itself end, it is started again under the same address.
 */
export async function startEmbeddedPostgres({
  dataDir,
  log,
  settings = {},
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const unlock = lockDataDir(dataDir);
  try {
    const placement = choosePlacement(dataDir);
    const binaries = prepareBinaries(placement);
    await ensureCluster(placement, binaries);
    const access = writeAccessFiles(placement);
    const socketDir = prepareSocketDir(placement);
    const all: Record<string, string> = {
      ...ourSettings,
      cluster_name: placement.clusterName,
      unix_socket_directories: socketDir,
      hba_file: access.hba,
      ident_file: access.ident,
      ...settings,
    };
    let isStopping = false;
    let latest: PostgresProcess | null = null;
    const start = () =>
      startOnce({ placement, postgres: binaries.postgres, settings: all, log }, (spawned) => {
        latest = spawned;
        return !isStopping;
      });

    let current = await start();
    const supervision = (async () => {
      while (!isStopping) {
        const status = await current.ended;
        if (isStopping) return;
        log.warn({ status }, "PostgreSQL ended by itself and is started again");
        for (let pauseMs = 50; !isStopping; pauseMs = Math.min(pauseMs * 2, longestRestartPauseMs)) {
          try {
            current = await start();
            break;
          } catch (err) {
            if (isStopping) return;
            log.error({ err }, "PostgreSQL does not start");
            await delay(pauseMs);
          }
        }
      }
    })();

    let stopped: Promise<void> | null = null;
    const stop = async () => {
      isStopping = true;
      await latest?.stop();
      await supervision;
      await latest?.stop(); // One may have been spawned while we asked.
      unlock();
    };
    return {
      url: `postgresql://${roleName}@localhost/${databaseName}?host=${encodeURIComponent(socketDir)}`,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

type StartOptions = Parameters<typeof spawnPostgres>[0];

/**
 * Starts PostgreSQL once nothing of an earlier run is in the way (memory of a killed one goes a little later).
 * Hands over each process it spawns; `onSpawn` answers whether PostgreSQL is still wanted.
 */
async function startOnce(
  options: StartOptions,
  onSpawn: (spawned: PostgresProcess) => boolean,
): Promise<PostgresProcess> {
  const { placement, log } = options;
  const deadline = performance.now() + 30_000;
  if (existsSync(join(placement.cluster, "postmaster.pid"))) await clearOrphans(placement, log);
  for (;;) {
    const server = spawnPostgres(options);
    const isWanted = onSpawn(server);
    if (!isWanted) await server.stop();
    const outcome = await server.ready;
    if (outcome.isReady) return server;
    await server.stop();
    const isInTheWay = /pre-existing shared memory|lock file .* already exists|is another postmaster/i.test(
      outcome.reason,
    );
    if (!isWanted || !isInTheWay || performance.now() > deadline) {
      throw new StartRefused(
        `The built-in database in ${placement.cluster} does not start (${outcome.reason}): look at free space and memory, then start again.`,
      );
    }
    await clearOrphans(placement, log);
    await delay(100);
  }
}
