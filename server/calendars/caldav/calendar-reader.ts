import { Worker } from "node:worker_threads";
import type { AnswerToRead, ReadAnswer } from "./read-answer.ts";

/** `too_long`: given up at the deadline, or for the memory it took; nothing of it is known. */
export type CalendarReading = ReadAnswer | { problem: "too_long" };

/** Reads servers' answers, expanding what repeats, in threads of their own: a strange file ends a thread, never us. */
export interface CalendarReader {
  read(answer: AnswerToRead): Promise<CalendarReading>;
  /** Ends the threads; what is being read is given up. */
  close(): Promise<void>;
}

type ReaderDeps = {
  /** The threads' program. */
  program: URL;
  /** For one answer; waiting for a thread does not count. */
  deadlineMs?: number;
};

/** Two, so that one hostile calendar does not keep all others waiting. */
const mostThreads = 2;
/** A thread that has nothing to do is kept for so long: starting one takes longer than most answers. */
const keepMs = 20_000;

type Task = {
  answer: AnswerToRead;
  done: (reading: CalendarReading) => void;
  failed: (error: Error) => void;
};
type Thread = { worker: Worker; task: Task | null; timer: NodeJS.Timeout | null };

export function createCalendarReader({ program, deadlineMs = 4_000 }: ReaderDeps): CalendarReader {
  const waiting: Task[] = [];
  const threads = new Set<Thread>();
  let isClosed = false;

  return {
    read: (answer) =>
      new Promise((resolve, reject) => {
        if (isClosed) return resolve({ problem: "too_long" });
        waiting.push({ answer, done: resolve, failed: reject });
        next();
      }),
    async close() {
      isClosed = true;
      for (const { done } of waiting.splice(0)) done({ problem: "too_long" });
      await Promise.all([...threads].map((thread) => end(thread, { problem: "too_long" })));
    },
  };

  function next(): void {
    const isFree = ({ task }: Thread) => task === null;
    const thread = [...threads].find(isFree) ?? (threads.size < mostThreads ? start() : undefined);
    const task = thread && waiting.shift();
    if (!thread || !task) return;
    if (thread.timer) clearTimeout(thread.timer);
    thread.task = task;
    thread.worker.ref();
    thread.timer = setTimeout(() => void end(thread, { problem: "too_long" }), deadlineMs);
    thread.worker.postMessage(task.answer);
  }

  function start(): Thread {
    const worker = new Worker(program, {
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      env: {},
      stdout: true,
      stderr: true,
    });
    const thread: Thread = { worker, task: null, timer: null };
    threads.add(thread);
    worker.on("message", (reading: ReadAnswer) => {
      thread.task?.done(reading);
      rest(thread);
      next();
    });
    worker.once("error", (error) => {
      // A file that fills the thread's memory is the file's fault; a thread that does not start is ours.
      if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY")
        void end(thread, { problem: "too_long" });
      else {
        thread.task?.failed(error);
        thread.task = null;
        void end(thread, { problem: "too_long" });
      }
    });
    worker.once("exit", () => void end(thread, { problem: "too_long" }));
    return thread;
  }

  function rest(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer);
    thread.task = null;
    thread.worker.unref();
    thread.timer = setTimeout(() => void end(thread, { problem: "too_long" }), keepMs);
    thread.timer.unref();
  }

  async function end(thread: Thread, reading: CalendarReading): Promise<void> {
    if (thread.timer) clearTimeout(thread.timer);
    const { task } = thread;
    thread.task = null;
    task?.done(reading);
    if (!threads.delete(thread)) return;
    await thread.worker.terminate();
    if (!isClosed) next();
  }
}
