import type { Pool } from "pg";
import type { ClientId } from "../../shared/model/ids.ts";
import { isRefusedData, type RunStatement, storeEach, wasRepeatedMeanwhile } from "./append-facts.ts";
import type { Appended, FactItem } from "./fact-item.ts";

/** Stores messages; resolves after the commit. */
export interface MessageWriter {
  write(item: FactItem): Promise<Appended>;
  /** Waits for what is under way; later writes are refused. */
  close(): Promise<void>;
}

type Waiting = { item: FactItem; resolve(answer: Appended): void; reject(error: unknown): void };

const mostPerBatch = 256;
/** One batch waits for the disk while the next is computed; a third would only split batches. */
export const mostUnderWay = 2;
/** Up to this load a message waits for nothing but the commits under way; above, for company: it divides the CPU. */
const calmPerMs = 1.2;
const mostGatherMs = 25;
const gatherMsPerExcess = 8;

/**
 * Gathers the messages of many conversations into one statement and one commit: a commit each costs several times the
 * CPU. A repeat that arrives while its first try is under way shares that try's answer.
 */
export function createMessageWriter(pool: Pool): MessageWriter {
  let waiting: Waiting[] = [];
  let underWay = 0;
  let isScheduled = false;
  let isClosed = false;
  const load = createLoadGauge();
  const underWayBy = new Map<ClientId, { item: FactItem; answer: Promise<Appended> }>();
  const idle: (() => void)[] = [];

  function schedule() {
    if (isScheduled || underWay >= mostUnderWay || waiting.length === 0) return;
    isScheduled = true;
    const pauseMs = waiting.length >= mostPerBatch || isClosed ? 0 : gatherMs(load.perMs());
    const go = () => {
      isScheduled = false;
      void flush();
    };
    // Not before everything that has already arrived is read.
    if (pauseMs < 1) setImmediate(go);
    else setTimeout(go, pauseMs);
  }

  async function flush() {
    const batch = takeBatch();
    if (batch.length === 0) return;
    underWay += 1;
    schedule();
    try {
      const answers = await store(batch.map((one) => one.item));
      batch.forEach((one, index) => {
        one.resolve(answers[index] ?? { outcome: "not_found" });
      });
    } catch (error) {
      // What cannot be stored must not fail what was gathered with it.
      if (batch.length > 1 && isRefusedData(error)) await Promise.all(batch.map(storeAlone));
      else for (const one of batch) one.reject(error);
    } finally {
      for (const { item } of batch) forget(item);
      underWay -= 1;
      schedule();
      if (underWay === 0 && waiting.length === 0) for (const done of idle.splice(0)) done();
    }
  }

  function forget(item: FactItem) {
    if (item.clientId !== null && underWayBy.get(item.clientId)?.item === item)
      underWayBy.delete(item.clientId);
  }

  async function storeAlone({ item, resolve, reject }: Waiting) {
    try {
      const [answer] = await store([item]);
      resolve(answer ?? { outcome: "not_found" });
    } catch (error) {
      reject(error);
    }
  }

  /** The oldest of each conversation; a second one of the same waits for the next batch. */
  function takeBatch(): Waiting[] {
    const taken = new Map<string, Waiting>();
    const left: Waiting[] = [];
    for (const one of waiting) {
      if (taken.size < mostPerBatch && !taken.has(one.item.conversationId))
        taken.set(one.item.conversationId, one);
      else left.push(one);
    }
    waiting = left;
    return [...taken.values()];
  }

  const run: RunStatement = async ({ name, text }, values) => {
    const { rows } = await pool.query<{ told: string | null }>({ name, text, values: [...values] });
    return rows;
  };

  async function store(items: readonly FactItem[], isRepeat = false): Promise<Appended[]> {
    try {
      return await storeEach(run, items);
    } catch (error) {
      if (isRepeat || !wasRepeatedMeanwhile(error)) throw error;
      return store(items, true);
    }
  }

  return {
    write(item) {
      if (isClosed) return Promise.reject(new Error("the message writer is closed"));
      const { clientId } = item;
      const same = clientId === null ? undefined : underWayBy.get(clientId);
      if (same !== undefined && isSameSend(same.item, item)) return same.answer;
      const answer = new Promise<Appended>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
      });
      if (clientId !== null && same === undefined) underWayBy.set(clientId, { item, answer });
      load.count(performance.now());
      schedule();
      return answer;
    },
    async close() {
      isClosed = true;
      if (underWay > 0 || waiting.length > 0) await new Promise<void>((resolve) => idle.push(resolve));
    },
  };
}

/** How long a batch waits for company at a load of so many messages a millisecond. */
export function gatherMs(perMs: number): number {
  return Math.min(mostGatherMs, Math.max(0, perMs - calmPerMs) * gatherMsPerExcess);
}

const gaugeMs = 100;

/** Messages a millisecond, smoothed over the last few tenths of a second. */
export function createLoadGauge(): { count(nowMs: number): void; perMs(): number } {
  let startedMs = 0;
  let counted = 0;
  let smooth = 0;
  return {
    count(nowMs) {
      counted += 1;
      const elapsedMs = nowMs - startedMs;
      if (elapsedMs < gaugeMs) return;
      // After a silence the past says nothing.
      smooth = elapsedMs > 10 * gaugeMs ? 0 : (smooth + counted / elapsedMs) / 2;
      startedMs = nowMs;
      counted = 0;
    },
    perMs: () => smooth,
  };
}

/** Another writer's same id is another send, and so is one in another conversation. */
function isSameSend(a: FactItem, b: FactItem): boolean {
  return (
    a.conversationId === b.conversationId &&
    a.writer.kind === b.writer.kind &&
    (a.writer.kind === "system" || b.writer.kind === "system" || a.writer.id === b.writer.id)
  );
}
