import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import { cleanEnvironment } from "./cluster.ts";
import type { Placement } from "./placement.ts";
import { clusterProcesses, signalProcess } from "./processes.ts";
import { watchdogScript } from "./watchdog.ts";

export type PostgresProcess = {
  ready: Promise<{ isReady: true } | { isReady: false; reason: string }>;
  /** Resolves with the exit status when PostgreSQL is gone; never rejects. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
};

type SpawnOptions = {
  placement: Placement;
  postgres: string;
  settings: Readonly<Record<string, string>>;
  log: Log;
};

const patienceSeconds = { int: 8, quit: 4 };
const stopLimitMs = (patienceSeconds.int + patienceSeconds.quit + 3) * 1000;
/** Recovery after a power cut replays at most max_wal_size; a slow disk may take minutes over that. */
const readyLimitMs = 600_000;

export function spawnPostgres({ placement, postgres, settings, log }: SpawnOptions): PostgresProcess {
  const { cluster, clusterName, runAs } = placement;
  const given = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const patience = [String(patienceSeconds.int), String(patienceSeconds.quit)];
  const child = spawn(
    "/bin/sh",
    ["-c", watchdogScript, "foyer-watchdog", ...patience, postgres, "-D", cluster, ...given],
    {
      cwd: cluster,
      env: cleanEnvironment,
      // A session of its own: Ctrl-C at the terminal is for us, who stop PostgreSQL last.
      detached: true,
      stdio: ["pipe", "ignore", "pipe"],
      ...runAs,
    },
  );
  let isStopping = false;
  let hasEnded = false;
  let lastComplaint = "";
  child.stdin.on("error", (err) => log.debug({ err }, "the pipe to PostgreSQL closed"));
  createInterface({ input: child.stderr }).on("line", (line) => {
    const [, level = "", text = ""] = /^(LOG|FATAL|PANIC): {2}(.*)$/.exec(line) ?? [];
    if (level === "FATAL" || level === "PANIC" || (level === "" && lastComplaint === ""))
      lastComplaint = text || line;
    if (level === "PANIC" || (level === "FATAL" && !isStopping)) log.warn({ severity: level }, text);
    else log.debug({ severity: level }, text || line);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on("error", (err) => {
      log.error({ err }, "PostgreSQL cannot be spawned");
      hasEnded = true;
      resolve(null);
    });
    child.on("exit", (code) => {
      hasEnded = true;
      resolve(code);
    });
  });

  const ready = (async () => {
    const deadline = performance.now() + readyLimitMs;
    while (!hasEnded && performance.now() < deadline) {
      if (saysReady(cluster)) return { isReady: true } as const;
      await delay(5);
    }
    // The complaint may still be in the pipe when the exit is known.
    for (let turn = 0; turn < 20 && lastComplaint === ""; turn++) await delay(10);
    return { isReady: false, reason: lastComplaint || "no reason given" } as const;
  })();

  const stop = async () => {
    isStopping = true;
    child.stdin.end();
    if (await settledWithin(ended, stopLimitMs)) return;
    log.warn("PostgreSQL did not stop and is killed");
    const { postmaster, children } = clusterProcesses(cluster, clusterName);
    for (const pid of [...postmaster, ...children]) signalProcess(pid, "SIGKILL");
    if (!(await settledWithin(ended, 2_000))) child.kill("SIGKILL");
  };
  return { ready, ended, stop };
}

/** PostgreSQL writes its state into line 8 of its pid file. The caller removed an older file before. */
function saysReady(cluster: string): boolean {
  try {
    return readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[7]?.trim() === "ready";
  } catch {
    return false; // Not written yet.
  }
}

async function settledWithin(promise: Promise<unknown>, limitMs: number): Promise<boolean> {
  const timer = new AbortController();
  const isSettled = await Promise.race([
    promise.then(() => true),
    delay(limitMs, false, { signal: timer.signal }).catch(() => true),
  ]);
  timer.abort();
  return isSettled;
}
