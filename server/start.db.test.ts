import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { choosePlacement } from "./db/embedded/placement.ts";
import { clusterProcesses, processIdentity } from "./db/embedded/processes.ts";
import { fastFolder } from "./db/testing-template.ts";

// The real program, as `npm start` runs it, on a data directory of its own and whatever port is free.

let dataDir: string;
let started: ChildProcess[];

beforeEach(() => {
  dataDir = mkdtempSync(join(fastFolder(), "foyer-start-"));
  chmodSync(dataDir, 0o755);
  started = [];
});
afterEach(async () => {
  for (const child of started) child.kill("SIGKILL");
  await expect.poll(leftOfPostgres, { timeout: 20_000 }).toBe(0);
  rmSync(dataDir, { recursive: true, force: true });
});

type Run = {
  child: ChildProcess;
  ended: Promise<number | null>;
  output: () => string;
  complaint: () => string;
};

function start(settings: Record<string, string> = {}): Run {
  const env = { PATH: process.env.PATH ?? "", DATA_DIR: dataDir, PORT: "0", ...settings };
  const child = spawn(process.execPath, ["server/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  let output = "";
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk));
  child.stderr.on("data", (chunk: Buffer) => (complaint += chunk));
  const ended = once(child, "close").then(([status]) => status as number | null);
  return { child, ended, output: () => output, complaint: () => complaint };
}

async function ready(run: Run): Promise<string> {
  const consoleLink = /(http:\/\/127\.0\.0\.1:\d+)\/console/;
  await expect
    .poll(() => consoleLink.test(run.output()) || run.child.exitCode !== null, { timeout: 50_000 })
    .toBe(true);
  return consoleLink.exec(run.output())?.[1] ?? `did not start: ${run.complaint()}`;
}

function leftOfPostgres(): number {
  const { cluster, clusterName } = choosePlacement(dataDir);
  const { postmaster, children } = clusterProcesses(cluster, clusterName);
  return postmaster.length + children.length;
}

async function workerOf(run: Run): Promise<number> {
  let pid = 0;
  await expect
    .poll(
      () => {
        pid = Number(/"part":"worker","pid":(\d+),.*worker is ready/.exec(run.output())?.[1] ?? 0);
        return pid;
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(0);
  return pid;
}

describe("npm start", () => {
  it("prints its links, answers, and stops all of itself on SIGTERM", async () => {
    const run = start();
    const url = await ready(run);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const shop = /http:\/\/localhost:\d+\//.exec(run.output())?.[0] ?? "no link to the shop";
    expect(await (await fetch(shop)).text()).toContain(`${url}/widget.js`);
    expect(run.output()).toContain(`${url}/console/mailbox`);
    const worker = await workerOf(run);
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
    expect(processIdentity(worker)).toBeNull();
    expect(leftOfPostgres()).toBe(0);
  });

  it("says in one sentence that the data directory or the port is in use, or that a setting will not do", async () => {
    const first = start();
    const url = await ready(first);

    const sameData = start();
    expect(await sameData.ended).toBe(1);
    expect(sameData.complaint()).toMatch(/^Foyer already runs on DATA_DIR .* \(process \d+\): [^\n]*\.\n$/);

    const taken: Server = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as { port: number };
    first.child.kill("SIGTERM");
    await first.ended;
    const samePort = start({ PORT: String(port) });
    expect(await samePort.ended).toBe(1);
    expect(samePort.complaint()).toBe(
      `Port ${port} on 127.0.0.1 is used by another program (another Foyer, perhaps): stop that one, or set PORT to another number.\n`,
    );
    taken.close();

    const badValue = start({ PUBLIC_URL: "chat.example.com" });
    expect(await badValue.ended).toBe(1);
    expect(badValue.complaint()).toMatch(/^PUBLIC_URL must be [^\n]*\.\n$/);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it("just works again after kill -9, whenever that comes", async () => {
    for (const isReadyFirst of [true, false, true]) {
      const run = start();
      if (isReadyFirst) {
        await ready(run);
        const worker = await workerOf(run);
        run.child.kill("SIGKILL");
        await run.ended;
        await expect.poll(() => processIdentity(worker), { timeout: 10_000 }).toBeNull();
      } else {
        await expect.poll(leftOfPostgres, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0);
        run.child.kill("SIGKILL");
        await run.ended;
      }
    }
    const url = await ready(start());
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
