import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { newId } from "../db/ids.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { createLog } from "../log.ts";
import { enqueue, expectedJobSchemaVersion, jobSchema, prepareJobs } from "./queue.ts";
import { type JobRunner, startJobs } from "./run-jobs.ts";
import type { JobContext, JobHandlers, Tasks } from "./tasks.ts";

type MailJob = Tasks["mail:send"];

const log = createLog({ level: "silent", part: "test" });
let database: TestDatabase;
let runner: JobRunner | null = null;

beforeEach(async () => {
  database = await createTestDatabase();
  await prepareJobs(database.pool);
});

afterEach(async () => {
  await runner?.stop();
  runner = null;
  await database.close();
});

/** No other task is sent in these tests. */
const onlyMail = (handler: JobHandlers["mail:send"]) => ({ "mail:send": handler }) as JobHandlers;

const mailJob = (): MailJob => ({ workspaceId: newId<"workspace">(), mailId: newId<"mail">() });

/** Starts a worker whose handler is given, and waits until `count` jobs were tried. */
async function workUntil(
  count: number,
  handle: (payload: MailJob, context: JobContext) => Promise<void> = async () => undefined,
) {
  const seen: { payload: MailJob; attempt: number }[] = [];
  let reached: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => {
    reached = resolve;
  });
  runner = await startJobs({
    pool: database.pool,
    log,
    handlers: onlyMail(async (payload, context) => {
      seen.push({ payload, attempt: context.attempt });
      await handle(payload, context);
    }),
    onJob: () => {
      if (seen.length >= count) reached();
    },
    maintenanceSeconds: 1,
  });
  await enough;
  await runner.stop();
  runner = null;
  return seen;
}

const jobRows = async () =>
  (await database.pool.query("select state, output, singleton_key from pgboss.job order by created_on")).rows;

it("runs a job of a committed transaction, and never one of a transaction that was taken back", async () => {
  const lost = mailJob();
  const kept = mailJob();
  await expect(
    database.db.transaction().execute(async (trx) => {
      await enqueue(trx, "mail:send", lost);
      throw new Error("taken back");
    }),
  ).rejects.toThrow("taken back");
  await database.db.transaction().execute((trx) => enqueue(trx, "mail:send", kept));
  const seen = await workUntil(1);
  expect(seen).toEqual([{ payload: kept, attempt: 1 }]);
  expect(await jobRows()).toMatchObject([{ state: "completed" }]);
});

it("gives a job back to another worker when its own was killed in the middle", async () => {
  const job = mailJob();
  await enqueue(database.db, "mail:send", job);
  const folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.killed-worker-"));
  try {
    const outfile = join(folder, "worker.mjs");
    await build({
      entryPoints: [join(import.meta.dirname, "testing-worker.ts")],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    const worker = spawn(process.execPath, [outfile], {
      env: { ...process.env, TEST_DATABASE_URL: database.url },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(worker.stdout, "data");
    worker.kill("SIGKILL");
    await once(worker, "exit");
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(await jobRows()).toMatchObject([{ state: "active" }]);
  // What would take a minute: the job's time is over.
  await database.pool.query("update pgboss.job set started_on = started_on - interval '1 minute'");
  const seen = await workUntil(1);
  expect(seen).toEqual([{ payload: job, attempt: 2 }]);
});

it("tries a failed job again and keeps what went wrong, without addresses", async () => {
  await enqueue(database.db, "mail:send", mailJob());
  const seen = await workUntil(1, async () => {
    throw new Error("mailbox someone@example.com is full");
  });
  expect(seen).toHaveLength(1);
  expect(await jobRows()).toMatchObject([
    { state: "retry", output: { problem: "mailbox [address] is full" } },
  ]);
  await database.pool.query("update pgboss.job set start_after = now()");
  expect(await workUntil(1)).toMatchObject([{ attempt: 2 }]);
  expect(await jobRows()).toMatchObject([{ state: "completed" }]);
});

it("adds one job while another with the same key waits", async () => {
  const job = mailJob();
  await enqueue(database.db, "mail:send", job, { singletonKey: job.mailId });
  await enqueue(database.db, "mail:send", job, { singletonKey: job.mailId });
  await enqueue(database.db, "mail:send", job, { singletonKey: "another" });
  expect(await jobRows()).toHaveLength(2);
});

it("does not run a job before its time", async () => {
  const later = mailJob();
  const now = mailJob();
  await enqueue(database.db, "mail:send", later, { startAfter: new Date(Date.now() + 3_600_000) });
  await enqueue(database.db, "mail:send", now);
  expect(await workUntil(1)).toEqual([{ payload: now, attempt: 1 }]);
});

it("waits for a job under way before it stops", async () => {
  await enqueue(database.db, "mail:send", mailJob());
  let finish: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    void startJobs({
      pool: database.pool,
      log,
      handlers: onlyMail(
        () =>
          new Promise((done) => {
            finish = done;
            resolve();
          }),
      ),
    }).then((it) => {
      runner = it;
    });
  });
  await started;
  await expect.poll(() => runner).not.toBeNull();
  const stopped = runner?.stop();
  finish();
  await stopped;
  expect(await jobRows()).toMatchObject([{ state: "completed" }]);
});

it("refuses to lose a job when the queue is not there", async () => {
  await database.pool.query("delete from pgboss.queue");
  await expect(enqueue(database.db, "mail:send", mailJob())).rejects.toThrow("not prepared");
});

it("prepares a database only once, also when two processes start together", async () => {
  const empty = await createTestDatabase();
  try {
    await Promise.all([prepareJobs(empty.pool), prepareJobs(empty.pool)]);
    const { rows } = await empty.pool.query(`select version from ${jobSchema}.version`);
    expect(rows).toEqual([{ version: expectedJobSchemaVersion }]);
    await enqueue(empty.db, "mail:send", mailJob());
  } finally {
    await empty.close();
  }
});
