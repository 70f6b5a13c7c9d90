import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartRefused } from "../../start-refused.ts";
import { processIdentity } from "./processes.ts";

type Holder = { pid: number; identity: string };

/**
 * One running Foyer per data directory. The lock names its process by number and start time, so that one left
 * by `kill -9` is seen as stale even when the number is in use again. Returns how to release it.
 */
export function lockDataDir(dataDir: string): () => void {
  try {
    return takeLock(dataDir);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? "unknown reason";
    throw new StartRefused(
      `DATA_DIR ${dataDir} cannot be written (${reason}): choose a directory that this user may write.`,
      { cause: error },
    );
  }
}

function takeLock(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, "foyer.lock");
  const tag = `${process.pid}-${randomBytes(4).toString("hex")}`;
  const draft = `${path}.${tag}`;
  const own = JSON.stringify({
    pid: process.pid,
    identity: processIdentity(process.pid) ?? "",
  } satisfies Holder);
  writeFileSync(draft, own, { mode: 0o644 });
  try {
    for (let attempt = 0; attempt < 50; attempt++) {
      if (linkIfAbsent(draft, path)) return () => releaseIfOurs(path, own);
      const seen = readIfPresent(path);
      if (seen === null) continue;
      const holder = parseHolder(seen);
      if (holder && processIdentity(holder.pid) === holder.identity) {
        throw new StartRefused(
          `Foyer already runs on DATA_DIR ${dataDir} (process ${holder.pid}): stop that one first, or choose another DATA_DIR.`,
        );
      }
      takeAway(path, `${path}.stale-${tag}`, seen);
    }
    throw new StartRefused(
      `DATA_DIR ${dataDir} is being started by several processes at once: start it once more.`,
    );
  } finally {
    rmSync(draft, { force: true });
  }
}

function linkIfAbsent(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a stale lock aside; if another starter was quicker and the file is now its lock, puts that back. */
function takeAway(path: string, aside: string, seen: string): void {
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readIfPresent(aside) !== seen) linkIfAbsent(aside, path);
  rmSync(aside, { force: true });
}

function releaseIfOurs(path: string, own: string): void {
  if (readIfPresent(path) === own) rmSync(path, { force: true });
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    return typeof value.pid === "number" && typeof value.identity === "string" ? (value as Holder) : null;
  } catch {
    return null; // Cut off by a full disk, say: nobody holds it.
  }
}
