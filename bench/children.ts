import { type ChildProcess, fork, type Serializable, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

// The programs that a measurement needs beside itself: relays and clients in processes of their own, and Foyer.

/** This file is bundled into dist/bench/<name>.bench.mjs. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export type Child = {
  pid: number;
  /** Calls what the child's `answerAsks` has under this name. */
  ask<T>(name: string, input?: Serializable): Promise<T>;
  stop(): Promise<void>;
};

/** Bundles `bench/<name>.child.ts` and runs it. It ends with us: its channel closes. */
export async function startChild(
  name: string,
  execArgv: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Child> {
  const program = join(root, "dist", "bench", `${name}.child.mjs`);
  await build({
    entryPoints: [join(root, "bench", `${name}.child.ts`)],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
  });
  const child = fork(program, [], {
    execArgv: [...execArgv],
    env: { ...process.env, ...env },
    serialization: "advanced",
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  child.on("message", (message) => {
    const { id, value, error } = message as { id: number; value?: unknown; error?: string }; // Sent by answerAsks.
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(value);
    else one?.reject(new Error(`${name}: ${error}`));
  });
  child.on("exit", (code) => {
    for (const one of waiting.values()) one.reject(new Error(`${name} ended with ${code}`));
    waiting.clear();
  });
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    ask<T>(ask: string, input: Serializable = {}) {
      return new Promise<T>((resolve, reject) => {
        const id = ++asked;
        waiting.set(id, { resolve: (value) => resolve(value as T), reject }); // Both ends are ours.
        child.send({ id, ask, input });
      });
    },
    stop: () => ended(child, "SIGKILL"),
  };
}

export type Program = { pid: number; stop(): Promise<void> };

/** Starts the built server and waits for its first healthy answer; `onStart` hears how long that took. */
export async function startFoyer(
  env: Record<string, string>,
  { execArgv = [], isShown = false }: { execArgv?: readonly string[]; isShown?: boolean } = {},
): Promise<Program & { url: string; healthyMs: number }> {
  const program = join(root, "dist", "server", "main.cjs");
  if (!existsSync(program)) throw new Error("dist/server/main.cjs is missing: npm run build");
  const url = `http://127.0.0.1:${env.PORT}`;
  const started = performance.now();
  const child = spawn(process.execPath, [...execArgv, program], {
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", isShown ? "inherit" : "ignore", "inherit"],
  });
  await untilHealthy(url, child);
  return {
    pid: child.pid ?? 0,
    url,
    healthyMs: performance.now() - started,
    stop: () => ended(child, "SIGTERM"),
  };
}

/** Asks again and again, without a pause long enough to matter. */
export async function untilHealthy(url: string, child: ChildProcess, path = "/healthz"): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null)
      throw new Error(`the program ended with ${child.exitCode} before it answered`);
    const isWell = await fetch(url + path).then(
      (response) => response.ok,
      () => false,
    );
    if (isWell) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`${url} gives no healthy answer`);
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await exit;
  clearTimeout(late);
}
