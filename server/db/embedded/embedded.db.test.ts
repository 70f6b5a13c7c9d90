import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../log.ts";
import { connectDatabase } from "../connect.ts";
import { fastFolder } from "../testing-template.ts";
import { choosePlacement } from "./placement.ts";
import { clusterProcesses, processIdentity } from "./processes.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-embedded-postgres.ts";
import { buildHolder } from "./testing-holder.ts";

const log = createLog({ level: "silent", part: "test" });
const isRoot = process.getuid?.() === 0;
const quick = { fsync: "off", shared_buffers: "16MB" };

let dataDir: string;
let running: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(() => {
  dataDir = openFolder(mkdtempSync(join(fastFolder(), "foyer-pg-")));
  running = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(running.map((server) => server.stop()));
  rmSync(dataDir, { recursive: true, force: true });
});

/** mkdtemp makes folders for its owner alone; as root PostgreSQL runs as another user. */
function openFolder(folder: string): string {
  chmodSync(folder, 0o755);
  return folder;
}

async function start(dir = dataDir): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: dir, log, settings: quick });
  running.push(server);
  return server;
}

async function query(url: string, text: string): Promise<pg.QueryResult["rows"]> {
  const client = new pg.Client(url);
  client.on("error", () => log.debug("gone"));
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

function processes(): { postmaster: number[]; children: number[] } {
  const { cluster, clusterName } = choosePlacement(dataDir);
  return clusterProcesses(cluster, clusterName);
}

/** Another process that starts PostgreSQL here and keeps it until it is killed. */
async function startHolder(): Promise<{ holder: ChildProcess; url: string }> {
  const holder = spawn(process.execPath, [await buildHolder(), dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(holder);
  const [chunk] = (await once(holder.stdout!, "data")) as [Buffer];
  return { holder, url: chunk.toString().trim() };
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

describe("the built-in PostgreSQL", () => {
  it("keeps its data from one start to the next and leaves no process behind", async () => {
    const first = await start();
    await query(first.url, "create table kept (id int)");
    await first.stop();
    expect(processes()).toEqual({ postmaster: [], children: [] });
    const second = await start();
    expect(await query(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
  });

  it("listens on its socket only and forgets no commit by default", async () => {
    const server = await startEmbeddedPostgres({ dataDir, log });
    running.push(server);
    expect(
      await query(
        server.url,
        `select current_setting('listen_addresses') as tcp, current_setting('fsync') as fsync,
                current_setting('synchronous_commit') as commit, current_setting('server_encoding') as encoding,
                lower('ÄÉ') as folded, (select rolsuper from pg_roles where rolname = current_user) as super`,
      ),
    ).toEqual([{ tcp: "", fsync: "on", commit: "on", encoding: "UTF8", folded: "äé", super: false }]);
  });

  it("refuses a second start on the same data directory in a sentence", async () => {
    const server = await start();
    await expect(startEmbeddedPostgres({ dataDir, log })).rejects.toThrow(
      `Foyer already runs on DATA_DIR ${dataDir} (process ${process.pid}): stop that one first, or choose another DATA_DIR.`,
    );
    await server.stop();
    await start();
  });

  it("refuses a data directory that cannot be made in a sentence", async () => {
    writeFileSync(join(dataDir, "file"), "");
    const below = join(dataDir, "file", "data");
    await expect(startEmbeddedPostgres({ dataDir: below, log })).rejects.toThrow(
      `DATA_DIR ${below} cannot be written (ENOTDIR): choose a directory that this user may write.`,
    );
  });

  it("takes over a lock whose process number belongs to somebody else by now", async () => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(
      join(dataDir, "foyer.lock"),
      JSON.stringify({ pid: process.ppid, identity: "another life" }),
    );
    await start();
    expect(readFileSync(join(dataDir, "foyer.lock"), "utf8")).toContain(`"pid":${process.pid}`);
  });

  it("dies with a process that is killed, and the next start has every commit", async () => {
    for (let round = 1; round <= 3; round++) {
      const { holder, url } = await startHolder();
      await query(url, `create table round_${round} (id int)`);
      await killHard(holder);
      const server = await start(); // At once, while the old one may still be going down.
      expect(
        await query(server.url, "select count(*)::int as n from pg_tables where tablename like 'round_%'"),
      ).toEqual([{ n: round }]);
      await server.stop();
    }
    const { holder } = await startHolder();
    await killHard(holder);
    await expect.poll(() => processes().postmaster, { timeout: 10_000 }).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "starts although the watchdog of the killed one was killed too",
    async () => {
      const { holder, url } = await startHolder();
      await query(url, "create table kept (id int)");
      const [postmaster] = processes().postmaster;
      const watchdog = Number(
        /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${postmaster}/status`, "utf8"))?.[1],
      );
      const itsChildren = readFileSync(`/proc/${watchdog}/task/${watchdog}/children`, "utf8")
        .trim()
        .split(" ")
        .map(Number);
      holder.kill("SIGSTOP"); // Else it would see that and start PostgreSQL again before it dies.
      for (const pid of [watchdog, ...itsChildren.filter((child) => child !== postmaster)])
        process.kill(pid, "SIGKILL");
      await killHard(holder);
      expect(processes().postmaster).toEqual([postmaster]);
      const server = await start();
      expect(await query(server.url, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
      expect(processes().postmaster).not.toContain(postmaster);
    },
  );

  it("starts although the old pid file names an innocent process of the same user", async () => {
    await (await start()).stop();
    const { cluster, runAs } = choosePlacement(dataDir);
    const innocent = spawn("sleep", ["60"], { stdio: "ignore", ...runAs });
    children.push(innocent);
    const pidFile = join(cluster, "postmaster.pid");
    writeFileSync(pidFile, `${innocent.pid}\n${cluster}\n1\n5432\n/tmp\n\n0 0\nready\n`);
    if (runAs) chownSync(pidFile, runAs.uid, runAs.gid);
    const server = await start();
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    expect(processIdentity(innocent.pid!)).not.toBeNull();
  });

  it("is started again when it is killed itself, and a waiting pool lives on", async () => {
    const server = await start();
    const { pool, close } = connectDatabase({ url: server.url, log, poolSize: 3, name: "test" });
    await pool.query("create table kept (id int)");
    const held = await pool.connect();
    process.kill(processes().postmaster[0]!, "SIGKILL");
    await expect
      .poll(() =>
        held.query("select 1").then(
          () => "alive",
          () => "gone",
        ),
      )
      .toBe("gone");
    held.release(true);
    await expect
      .poll(
        () =>
          pool.query("insert into kept values (1) returning id").then(
            ({ rows }) => rows,
            () => [],
          ),
        { timeout: 20_000 },
      )
      .toEqual([{ id: 1 }]);
    await close();
  });

  it("finds a short way to its socket from a deep data directory", async () => {
    const deep = join(dataDir, "a-rather-long-name-of-a-folder".repeat(3), "another-one".repeat(5));
    mkdirSync(deep, { recursive: true });
    const server = await start(deep);
    expect(Buffer.byteLength(new URL(server.url).searchParams.get("host") ?? "")).toBeLessThan(90);
    expect(await query(server.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await server.stop();
    rmSync(new URL(server.url).searchParams.get("host")!, { recursive: true, force: true });
  });

  it.runIf(isRoot)("lives outside a folder that only root may enter, and says so there", async () => {
    const closed = join(dataDir, "closed");
    mkdirSync(closed, { mode: 0o700 });
    const inside = join(closed, "data");
    const first = await start(inside);
    await query(first.url, "create table kept (id int)");
    await first.stop();
    const home = readFileSync(join(inside, "postgres-is-elsewhere.txt"), "utf8").split("\n")[0]!;
    expect(dirname(home)).toBe("/var/lib/foyer");
    const second = await start(inside);
    expect(await query(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 0 }]);
    await second.stop();
    rmSync(home, { recursive: true, force: true });
    expect(existsSync(join(inside, "postgres"))).toBe(false);
  });
});
