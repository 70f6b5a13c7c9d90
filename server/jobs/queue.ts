import { randomUUID } from "node:crypto";
import { CompiledQuery, type Kysely } from "kysely";
import type { Pool } from "pg";
import type PgBoss from "pg-boss";
import type { Database } from "../db/tables.ts";
import type { Task, Tasks } from "./tasks.ts";

/** All tasks share one queue, so that an idle worker asks the database one question, however many kinds there are. */
export const queueName = "tasks";
export const jobSchema = "pgboss";
/** Of the pinned pg-boss; a test compares it, because knowing it here spares the start loading pg-boss at all. */
export const expectedJobSchemaVersion = 24;
const mostTries = 3;

/** A job taken longer ago than this is given to another worker: its worker was killed. */
export const expireSeconds = 25;
/** Pauses of 1 s, 2 s, 4 s, ..., each up to twice that by chance: the last try comes after about seven hours. */
const retries = { retryLimit: 14, retryDelay: 1, retryBackoff: true } as const;

export type EnqueueOptions = {
  /** Not before this instant; due within a second of it. */
  startAfter?: Date;
  /**
   * While a job with the same key still waits for its first try, another one is not added. Only for work that reads its
   * facts afresh when it runs: the waiting job may just be starting without seeing what this transaction writes.
   */
  singletonKey?: string;
};

/**
 * Leaves a job in the caller's transaction: it runs if, and only if, that transaction commits. Web processes only do
 * this much; pg-boss is loaded at the first job.
 */
export async function enqueue<T extends Task>(
  db: Kysely<Database>,
  task: T,
  payload: Tasks[T],
  { startAfter, singletonKey }: EnqueueOptions = {},
): Promise<void> {
  const boss = await sender();
  const id = await boss.send(
    queueName,
    { task, payload },
    {
      ...retries,
      expireInSeconds: expireSeconds,
      // The queue allows one waiting job for each key; a job without a key gets one of its own.
      singletonKey: singletonKey === undefined ? randomUUID() : `${task} ${singletonKey}`,
      ...(startAfter === undefined ? {} : { startAfter }),
      db: { executeSql: async (text, values) => runOn(db, text, values) },
    },
  );
  // pg-boss says nothing when its queue does not exist; a job must never get lost that way.
  if (id === null && singletonKey === undefined) throw new Error("the job queue is not prepared");
}

async function runOn(db: Kysely<Database>, text: string, values: unknown[]) {
  const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
  return { rows };
}

let loading: Promise<PgBoss> | null = null;

function sender(): Promise<PgBoss> {
  loading ??= createBoss(async () => {
    throw new Error("a job was sent outside of a transaction");
  });
  return loading;
}

export async function createBoss(executeSql: PgBoss.Db["executeSql"]): Promise<PgBoss> {
  const { default: Boss } = await import("pg-boss");
  return new Boss({
    db: { executeSql },
    schema: jobSchema,
    migrate: false,
    schedule: false,
    supervise: false,
  });
}

/**
 * Creates or migrates the tables of pg-boss and our queue. Called once by each process after `migrate`; when nothing is
 * to be done it costs one small query and pg-boss is not loaded.
 */
export async function prepareJobs(pool: Pool): Promise<void> {
  if (await isPrepared(pool)) return;
  for (let attempt = 1; ; attempt++) {
    try {
      return await createTables(pool);
    } catch (error) {
      // Two processes that start together on an empty database may wait for each other's tables: one of them is told so.
      const isDeadlock = error instanceof Error && "code" in error && error.code === "40P01";
      if (!isDeadlock || attempt === mostTries) throw error;
    }
  }
}

async function createTables(pool: Pool): Promise<void> {
  const { default: Boss } = await import("pg-boss");
  const boss = new Boss({
    db: { executeSql: (text, values) => runOnOwnClient(pool, text, values) },
    schema: jobSchema,
    schedule: false,
    supervise: false,
  });
  await boss.start();
  await boss.createQueue(queueName, { name: queueName, policy: "short" });
  await boss.stop({ graceful: false, close: false });
}

async function isPrepared(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ exists: boolean }>(
    `select to_regclass('${jobSchema}.version') is not null as exists`,
  );
  if (rows[0]?.exists !== true) return false;
  const state = await pool.query<{ version: number; has_queue: boolean }>(
    `select version, exists (select 1 from ${jobSchema}.queue where name = $1) as has_queue from ${jobSchema}.version`,
    [queueName],
  );
  const [row] = state.rows;
  return row?.has_queue === true && row.version >= expectedJobSchemaVersion;
}

/**
 * pg-boss sends whole transactions as one text. If one fails in the middle its client still stands in the failed
 * transaction and must not go back to the pool.
 */
export async function runOnOwnClient(pool: Pool, text: string, values?: unknown[]) {
  const client = await pool.connect();
  try {
    const result = await client.query(text, values);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
