import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../log.ts";
import type { Placement } from "./placement.ts";
import { clusterProcesses, signalProcess } from "./processes.ts";

const escalation = [
  { signal: "SIGINT", waitMs: 10_000 },
  { signal: "SIGQUIT", waitMs: 5_000 },
  { signal: "SIGKILL", waitMs: 10_000 },
] as const;

/**
 * Ends what a killed predecessor left of this cluster, and removes its pid file, which may name a number that an
 * innocent process has by now. Only called while we hold the lock of the data directory, so nothing that
 * is found belongs to a living Foyer.
 */
export async function clearOrphans({ cluster, clusterName }: Placement, log: Log): Promise<void> {
  for (const { signal, waitMs } of escalation) {
    const { postmaster, children } = clusterProcesses(cluster, clusterName);
    // A child's own signals mean other things (INT cancels a query): while its postmaster lives, only that is told.
    const targets = postmaster.length > 0 ? postmaster : children;
    if (targets.length === 0) break;
    log.info(
      { signal, processes: postmaster.length + children.length },
      "ending what is left of an earlier run",
    );
    const effective = postmaster.length > 0 ? signal : signal === "SIGINT" ? "SIGQUIT" : signal;
    for (const pid of targets) signalProcess(pid, effective);
    if (await allGone(cluster, clusterName, waitMs)) break;
  }
  const pidFile = join(cluster, "postmaster.pid");
  if (existsSync(pidFile) && isGone(cluster, clusterName)) rmSync(pidFile, { force: true });
}

async function allGone(cluster: string, clusterName: string, waitMs: number): Promise<boolean> {
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    if (isGone(cluster, clusterName)) return true;
    await delay(20);
  }
  return false;
}

function isGone(cluster: string, clusterName: string): boolean {
  const { postmaster, children } = clusterProcesses(cluster, clusterName);
  return postmaster.length === 0 && children.length === 0;
}
