import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./children.ts";

/** Arguments and environment for a process whose memory will be asked for. */
export function probed(file: string): { execArgv: string[]; env: Record<string, string> } {
  return {
    execArgv: ["--expose-gc", "--require", join(root, "bench", "memory-probe.cjs")],
    env: { MEMORY_PROBE_FILE: file },
  };
}

/** Bytes that the process holds after a thorough collection: its heap, and what lies outside of it. */
export type InUse = { held: number; resident: number };

export async function memoryInUse(pid: number, file: string): Promise<InUse> {
  rmSync(file, { force: true });
  process.kill(pid, "SIGUSR2");
  const deadline = performance.now() + 30_000;
  while (!existsSync(file)) {
    if (performance.now() > deadline) throw new Error("the memory probe gives no answer");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, external, rss } = JSON.parse(readFileSync(file, "utf8")) as NodeJS.MemoryUsage; // The probe's.
  return { held: heapUsed + external, resident: rss };
}
