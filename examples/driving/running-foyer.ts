import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/server/main.js", import.meta.url));
const readyWithinMs = 60_000;

/** The whole program as `npm start` runs it, with its demo, on a data folder of its own. */
export type RunningFoyer = {
  /** The demo shop, which carries the tag. Another origin than `url`. */
  shopUrl: string;
  url: string;
  /** As Ctrl-C does. */
  stop(): Promise<void>;
  /** Stops the server and starts it again on the same data and ports. */
  restart(): Promise<void>;
  /** Ends everything and removes the data. */
  close(): Promise<void>;
};

export async function startFoyer(): Promise<RunningFoyer> {
  const dataDir = mkdtempSync(join(tmpdir(), "foyer-browser-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  let running = await run(dataDir, {});
  const { url, shopUrl } = running;
  const ports = { PORT: new URL(url).port, DEMO_PORT: new URL(shopUrl).port };
  return {
    url,
    shopUrl,
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      running = await run(dataDir, ports);
    },
    async close() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function run(dataDir: string, ports: Record<string, string>) {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, PORT: "0", LOG_LEVEL: "warn", ...ports },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let said = "";
  const links = await new Promise<{ shopUrl: string; url: string }>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Foyer did not start:\n${said}`)), readyWithinMs);
    const hear = (data: Buffer) => {
      said += data.toString();
      const shopUrl = /demo shop.*?(http:\S+)/.exec(said)?.[1];
      const url = /console\s+(http:\/\/[^/\s]+)/.exec(said)?.[1];
      if (shopUrl === undefined || url === undefined) return;
      clearTimeout(late);
      resolve({ shopUrl, url });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`Foyer ended:\n${said}`)));
  });
  return {
    ...links,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await ended;
    },
  };
}
