import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../dist/server/main.cjs", import.meta.url));
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

/** With its demo. `env` goes over the settings, such as a database of the test's own. */
export async function startFoyer(env: Readonly<Record<string, string>> = {}): Promise<RunningFoyer> {
  const { dataDir, remove } = makeDataDir();
  let running = await run({ DATA_DIR: dataDir, ...env }, demoLinks);
  const { url, shopUrl } = running;
  const ports = { PORT: new URL(url).port, DEMO_PORT: new URL(shopUrl).port };
  return {
    url,
    shopUrl,
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      running = await run({ DATA_DIR: dataDir, ...env, ...ports }, demoLinks);
    },
    async close() {
      await running.stop();
      remove();
    },
  };
}

/** Without a demo, as a company starts it: empty, with the link that it prints for its first admin. */
export async function startEmptyFoyer(): Promise<{
  url: string;
  firstRunUrl: string;
  close(): Promise<void>;
}> {
  const { dataDir, remove } = makeDataDir();
  const running = await run({ DATA_DIR: dataDir, DEMO: "off" }, firstRunLinks);
  return {
    url: running.url,
    firstRunUrl: running.firstRunUrl,
    async close() {
      await running.stop();
      remove();
    },
  };
}

function makeDataDir() {
  const dataDir = mkdtempSync(join(tmpdir(), "foyer-browser-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** What the program has said once it is ready; null before. */
function demoLinks(said: string): { shopUrl: string; url: string } | null {
  const shopUrl = /demo shop.*?(http:\S+)/.exec(said)?.[1];
  const url = /console\s+(http:\/\/[^/\s]+)/.exec(said)?.[1];
  return shopUrl === undefined || url === undefined ? null : { shopUrl, url };
}

function firstRunLinks(said: string): { firstRunUrl: string; url: string } | null {
  const firstRunUrl = /(http:\S+\/console\/first-run#\S+)/.exec(said)?.[1];
  return firstRunUrl === undefined ? null : { firstRunUrl, url: new URL(firstRunUrl).origin };
}

async function run<Links extends object>(
  env: Readonly<Record<string, string>>,
  readLinks: (said: string) => Links | null,
): Promise<Links & { stop(): Promise<void> }> {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH ?? "", PORT: "0", LOG_LEVEL: "warn", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let said = "";
  const links = await new Promise<Links>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Foyer did not start:\n${said}`)), readyWithinMs);
    const hear = (data: Buffer) => {
      said += data.toString();
      const found = readLinks(said);
      if (found === null) return;
      clearTimeout(late);
      resolve(found);
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
