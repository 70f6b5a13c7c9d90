import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The whole server as one file, as `npm run build` makes it, from the sources as they stand now. */
export async function bundleProgram(): Promise<string> {
  // Beside dist/server, where the program looks for the pages; its packages resolve from there too.
  const program = join(root, "dist", `server-test-${process.pid}`, "main.js");
  mkdirSync(join(program, ".."), { recursive: true });
  // Plain JavaScript without types: the build's own plugin, so that what is tested is what is shipped.
  const plugins = (await import(new URL("../../esbuild.plugins.mjs", import.meta.url).href)) as {
    leanServer: Plugin;
  };
  await build({
    entryPoints: [join(root, "server/main.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    minify: true,
    keepNames: true,
    plugins: [plugins.leanServer],
    define: { "process.env.NODE_ENV": '"production"' },
    external: ["@node-rs/argon2", "sharp", "@zxcvbn-ts/language-common", "pg-native"],
    logLevel: "error",
    banner: {
      js: `import { createRequire as foyerCreateRequire } from "node:module";
import { fileURLToPath as foyerFileUrlToPath } from "node:url";
const require = foyerCreateRequire(import.meta.url);
const __filename = foyerFileUrlToPath(import.meta.url);
const __dirname = foyerFileUrlToPath(new URL(".", import.meta.url));`,
    },
  });
  return program;
}

export type RunningProgram = {
  url: string;
  child: ChildProcess;
  /** Its log and what it said, as it came. */
  output(): string;
  /** SIGKILL: no goodbye. Resolves when it is gone. */
  kill(): Promise<void>;
  stop(): Promise<void>;
};

type ProgramOptions = {
  program: string;
  port: number;
  env: Readonly<Record<string, string>>;
  readyMs?: number;
};

/** Starts the program and waits until it is healthy. */
export async function startProgram({
  program,
  port,
  env,
  readyMs = 30_000,
}: ProgramOptions): Promise<RunningProgram> {
  const url = `http://127.0.0.1:${port}`;
  let output = "";
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH ?? "", PORT: String(port), LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (data: Buffer) => (output += data.toString()));
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  let hasEnded = false;
  const ended = once(child, "exit").then(() => {
    hasEnded = true;
  });
  const deadline = performance.now() + readyMs;
  while (!(await isHealthy(url))) {
    if (hasEnded || performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`the program did not become healthy:\n${output}`);
    }
    await delay(20);
  }
  return {
    url,
    child,
    output: () => output,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(1_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
