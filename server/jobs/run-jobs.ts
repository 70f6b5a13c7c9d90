import type { Pool } from "pg";
import type { Job } from "pg-boss";
import { describeError, type Log } from "../log.ts";
import { createBoss, queueName, runOnOwnClient } from "./queue.ts";
import type { JobContext, JobHandlers, Task, Tasks } from "./tasks.ts";

export type JobRunnerDeps = {
  pool: Pool;
  handlers: JobHandlers;
  log: Log;
  /** Told after each try: tests wait for it. */
  onJob?: () => void;
  /** How often jobs of killed workers are looked for. */
  maintenanceSeconds?: number;
};

export interface JobRunner {
  /** Takes no new jobs, waits for those under way (at most their own deadline), then is done. */
  stop(): Promise<void>;
}

type Envelope = { [T in Task]: { task: T; payload: Tasks[T] } }[Task];

const pollMs = 500;
const atATime = 8;
/** Less than `expireSeconds`, so that a job is over before another worker may take it. */
const deadlineMs = 20_000;

/**
 * Runs jobs until stopped. The loop is ours and fetches, completes and fails through pg-boss, because its own `work`
 * leaves the promise of `complete` floating: a database that goes away just then would end the process.
 */
export async function startJobs({
  pool,
  handlers,
  log,
  onJob,
  maintenanceSeconds = 10,
}: JobRunnerDeps): Promise<JobRunner> {
  const boss = await createBoss((text, values) => runOnOwnClient(pool, text, values));
  boss.on("error", (error) => log.warn({ err: error }, "the job queue reported an error"));
  const running = new Set<Promise<void>>();
  const pause = createPause();
  let isStopping = false;

  async function takeJobs() {
    while (!isStopping) {
      const room = atATime - running.size;
      // Empty also when the database is away: then we ask again.
      const jobs =
        room > 0 ? await boss.fetch<Envelope>(queueName, { batchSize: room, includeMetadata: true }) : [];
      for (const job of jobs) {
        const work = runJob(job, job.retryCount + 1).finally(() => {
          running.delete(work);
          pause.end();
        });
        running.add(work);
      }
      if (jobs.length === 0 || running.size >= atATime) await pause.start(pollMs);
    }
  }

  async function runJob(job: Job<Envelope>, attempt: number) {
    const { task } = job.data;
    try {
      await withinDeadline((signal) => callHandler(handlers, job.data, { jobId: job.id, attempt, signal }));
      // If this fails the job expires and runs again, which handlers take.
      await boss.complete(queueName, job.id);
      onJob?.();
    } catch (error) {
      onJob?.();
      log.warn({ err: error, task, jobId: job.id, attempt }, "a job failed and will be tried again");
      await noteFailure(job.id, error);
    }
  }

  async function noteFailure(jobId: string, error: unknown) {
    try {
      await boss.fail(queueName, jobId, { problem: describeError(error).message });
    } catch (unnoted) {
      log.warn(
        { err: unnoted, jobId },
        "a job's failure could not be noted; it comes back when its time is over",
      );
    }
  }

  /** Jobs whose worker was killed come back; old ones are put away. */
  async function maintain() {
    try {
      await boss.maintain();
    } catch (error) {
      log.warn({ err: error }, "the job queue could not be tidied");
    }
  }

  const loop = takeJobs();
  loop.catch((error: unknown) => log.error({ err: error }, "the job loop ended"));
  let maintaining = maintain();
  const timer = setInterval(() => {
    maintaining = maintaining.then(maintain);
  }, maintenanceSeconds * 1_000);

  return {
    async stop() {
      isStopping = true;
      clearInterval(timer);
      pause.end();
      await loop;
      await Promise.all(running);
      await maintaining;
    },
  };
}

function callHandler(handlers: JobHandlers, { task, payload }: Envelope, context: JobContext): Promise<void> {
  const handler = handlers[task] as
    | ((payload: Tasks[Task], context: JobContext) => Promise<void>)
    | undefined;
  // Also a job of a newer version: it waits for a worker that knows it.
  if (handler === undefined) return Promise.reject(new Error(`no handler for task ${task}`));
  return handler(payload, context);
}

async function withinDeadline(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`the job took longer than ${deadlineMs / 1_000} s`);
      abort.abort(error);
      reject(error);
    }, deadlineMs);
  });
  try {
    await Promise.race([work(abort.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A pause that somebody may end early. */
function createPause() {
  let wake: (() => void) | null = null;
  return {
    start: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => wake?.(), ms);
        wake = () => {
          clearTimeout(timer);
          wake = null;
          resolve();
        };
      }),
    end: () => wake?.(),
  };
}
