import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Config } from "./config.ts";
import type { Log } from "./log.ts";

export type WorkerProcess = {
  /** Lets the jobs under way finish, within `limitMs`. */
  stop(limitMs: number): Promise<void>;
};

export type WorkerOptions = {
  /** The file to run: this program itself, told to be the worker. */
  program: string;
  config: Config;
  databaseUrl: string;
  log: Log;
};

/** Tells a process that it is our worker, and whose. */
export const parentVariable = "FOYER_PARENT";

/** The web role gives its first answers before the worker takes its share of the processor. */
const startAfterMs = 300;
const pauses = { firstMs: 200, longestMs: 10_000, healthyAfterMs: 60_000 };

/**
 * Jobs run in a process of their own, so that a killed web process stops no mail and a heavy job delays no chat. It is
 * started again when it dies, and ends by itself when we do (its channel to us closes).
 */
export function startWorkerProcess({ program, config, databaseUrl, log }: WorkerOptions): WorkerProcess {
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  const running = (async () => {
    let pauseMs = pauses.firstMs;
    await delay(startAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    const { fork } = await import("node:child_process");
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      child = fork(program, [], {
        env: { ...process.env, ...workerEnvironment(config, databaseUrl) },
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      });
      child.on("error", (err) => log.error({ err }, "the worker process had a problem"));
      const [status] = (await once(child, "exit").catch(() => [null])) as [number | null];
      if (stopping.signal.aborted) return;
      if (performance.now() - startedAt > pauses.healthyAfterMs) pauseMs = pauses.firstMs;
      log.warn({ status, pauseMs }, "the worker process ended and is started again");
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      pauseMs = Math.min(pauseMs * 2, pauses.longestMs);
    }
  })();
  return {
    async stop(limitMs) {
      stopping.abort();
      child?.kill("SIGTERM");
      const limit = new AbortController();
      const isLate = await Promise.race([
        running.then(() => false),
        delay(limitMs, true, { signal: limit.signal }).catch(() => false),
      ]);
      limit.abort();
      if (!isLate) return;
      log.warn("the worker process did not stop in time and is killed");
      child?.kill("SIGKILL");
      await running;
    },
  };
}

/** The worker reads its settings like any process; these are the ones it cannot find out by itself. */
function workerEnvironment(config: Config, databaseUrl: string): Record<string, string> {
  return {
    [parentVariable]: String(process.pid),
    ROLE: "worker",
    HOST: config.host,
    PORT: String(config.port),
    DEMO_PORT: String(config.demoPort),
    DATA_DIR: config.dataDir,
    PUBLIC_URL: config.publicUrl,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: config.secretKey,
    DEMO: config.isDemo ? "on" : "off",
  };
}
