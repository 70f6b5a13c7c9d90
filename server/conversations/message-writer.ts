import type { Pool } from "pg";
import { encodeItems, readRows } from "./append-facts.ts";
import type { Appended, FactItem } from "./fact-item.ts";

/** Stores messages; resolves after the commit. */
export interface MessageWriter {
  write(item: FactItem): Promise<Appended>;
  /** Waits for what is under way; later writes are refused. */
  close(): Promise<void>;
}

type Waiting = { item: FactItem; resolve(answer: Appended): void; reject(error: unknown): void };

const gatherMs = 1;
const mostPerBatch = 256;
/** One batch commits while the next gathers; a third would only split batches. */
const mostUnderWay = 2;

/**
 * Gathers the messages of many conversations for a millisecond into one statement and one commit: a commit each costs
 * four times the CPU. A repeat that arrives while its first try is under way shares that try's answer.
 */
export function createMessageWriter(pool: Pool): MessageWriter {
  const waiting: Waiting[] = [];
  let underWay = 0;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  const sameSend = new Map<string, Promise<Appended>>();
  const idle: (() => void)[] = [];

  function schedule() {
    if (timer !== null || underWay >= mostUnderWay || waiting.length === 0) return;
    timer = setTimeout(() => {
      timer = null;
      void flush();
    }, gatherMs);
  }

  async function flush() {
    const batch = waiting.splice(0, mostPerBatch);
    if (batch.length === 0) return;
    underWay += 1;
    try {
      const { rows } = await pool.query({
        name: "append_facts",
        text: "select * from append_facts($1::json)",
        values: [encodeItems(batch.map((one) => one.item))],
      });
      const answers = readRows(rows, batch.length);
      batch.forEach((one, index) => {
        one.resolve(answers[index] ?? { outcome: "not_found" });
      });
    } catch (error) {
      for (const one of batch) one.reject(error);
    } finally {
      underWay -= 1;
      schedule();
      if (underWay === 0 && waiting.length === 0) for (const done of idle.splice(0)) done();
    }
  }

  return {
    write(item) {
      if (isClosed) return Promise.reject(new Error("the message writer is closed"));
      const key = item.clientId === null ? null : sendKey(item, item.clientId);
      const same = key === null ? undefined : sameSend.get(key);
      if (same !== undefined) return same;
      const answer = new Promise<Appended>((resolve, reject) => {
        waiting.push({ item, resolve, reject });
      });
      if (key !== null) {
        sameSend.set(key, answer);
        const forget = () => sameSend.delete(key);
        answer.then(forget, forget);
      }
      schedule();
      return answer;
    },
    async close() {
      isClosed = true;
      if (underWay > 0 || waiting.length > 0) await new Promise<void>((resolve) => idle.push(resolve));
    },
  };
}

/** One writer's one send; another writer's same id is another send. */
function sendKey(item: FactItem, clientId: string): string {
  return `${item.conversationId} ${item.writer.kind === "system" ? "" : item.writer.id} ${clientId}`;
}
