import type { Pool } from "pg";
import type { ClientId, ConversationId } from "../../shared/model/ids.ts";
import type { Bus } from "../realtime/hints.ts";
import { isRefusedData, type RunStatement, type Statement } from "./append-facts.ts";
import type { Follower } from "./catch-up.ts";
import type { Appended, FactItem } from "./fact-item.ts";
import { createHeads } from "./heads.ts";
import { createMessageStore, toBeAnswered, type Waiting } from "./message-store.ts";

/** Stores messages; resolves after the commit. */
export interface MessageWriter {
  write(item: FactItem): Promise<Appended>;
  /** Waits for what is under way; later writes are refused. */
  close(): Promise<void>;
}

/** What waits or is under way, by the id that a repeat would carry. */
type Sends = Map<ClientId, Waiting>;
type Batch = { ofConversation: Map<ConversationId, Waiting>; sends: Sends };
type WriterDeps = { pool: Pool; bus: Pick<Bus, "subscribe">; follower: Pick<Follower, "follow"> };

const mostPerBatch = 256;
/** One batch waits for the disk while the next is computed; a third would only split batches. */
export const mostUnderWay = 2;
/** Up to this load a message waits for nothing but the commits under way; above, for company: it divides the CPU. */
const calmPerMs = 1.2;
const mostGatherMs = 25;
const gatherMsPerExcess = 8;
/** Each try but the last needs somebody else's fact in the same conversation at the same moment. */
const mostTries = 20;

/**
 * Gathers the messages of many conversations into one statement and one commit: a commit each costs several times the
 * CPU. A repeat that arrives while its first try is under way shares that try's answer.
 */
export function createMessageWriter({ pool, bus, follower }: WriterDeps): MessageWriter {
  let waiting: Waiting[] = [];
  let isScheduled = false;
  let isClosed = false;
  const load = createLoadGauge();
  const heads = createHeads(bus);
  const run: RunStatement = async <Row>({ name, text }: Statement, values: readonly (string | null)[]) => {
    const { rows } = await pool.query<Row & object>({ name, text, values: [...values] });
    return rows;
  };
  const store = createMessageStore({ run, heads, follower });
  /**
   * A table for those that wait and two for each batch, never emptied one by one: what V8 throws away of a table from which
   * much is deleted points at what follows, and so keeps it from being collected cheaply.
   */
  let waitingSends: Sends = new Map();
  const underWay: Batch[] = [];
  const idle: (() => void)[] = [];

  function schedule() {
    if (isScheduled || underWay.length >= mostUnderWay || waiting.length === 0) return;
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
    const all = [...batch.ofConversation.values()];
    if (all.length === 0) return;
    underWay.push(batch);
    schedule();
    try {
      tryAgain(await store(all));
    } catch (error) {
      // What cannot be stored must not fail what was gathered with it.
      const left = all.filter((one) => !one.isAnswered);
      if (left.length > 1 && isRefusedData(error)) await Promise.all(left.map(storeAlone));
      else for (const one of left) one.reject(error);
    } finally {
      underWay.splice(underWay.indexOf(batch), 1);
      schedule();
      if (underWay.length === 0 && waiting.length === 0) for (const done of idle.splice(0)) done();
    }
  }

  /** The oldest of each conversation that is not under way; the others wait for a later batch. */
  function takeBatch(): Batch {
    const ofConversation: Batch["ofConversation"] = new Map();
    const left: Waiting[] = [];
    for (const one of waiting) {
      const id = one.item.conversationId;
      const mustWait =
        ofConversation.size >= mostPerBatch ||
        ofConversation.has(id) ||
        underWay.some((batch) => batch.ofConversation.has(id));
      if (mustWait) left.push(one);
      else ofConversation.set(id, one);
    }
    waiting = left;
    waitingSends = sendsOf(left);
    return { ofConversation, sends: sendsOf(ofConversation.values()) };
  }

  function sendUnderWay({ clientId }: FactItem): Waiting | undefined {
    if (clientId === null) return undefined;
    for (const { sends } of underWay) {
      const one = sends.get(clientId);
      if (one !== undefined) return one;
    }
    return waitingSends.get(clientId);
  }

  /** Before all that came later. */
  function tryAgain(many: readonly Waiting[]) {
    if (many.length === 0) return;
    for (const one of many) {
      one.tries += 1;
      if (one.tries === mostTries)
        one.reject(new Error("a conversation changes faster than a message can be stored in it"));
    }
    waiting = [...many.filter((one) => one.tries < mostTries), ...waiting];
    waitingSends = sendsOf(waiting);
  }

  async function storeAlone(one: Waiting) {
    try {
      tryAgain(await store([one]));
    } catch (error) {
      one.reject(error);
    }
  }

  return {
    write(item) {
      if (isClosed) return Promise.reject(new Error("the message writer is closed"));
      const same = sendUnderWay(item);
      if (same !== undefined && isSameSend(same.item, item)) return same.answer;
      const one = toBeAnswered(item);
      waiting.push(one);
      if (item.clientId !== null && same === undefined) waitingSends.set(item.clientId, one);
      load.count(performance.now());
      schedule();
      return one.answer;
    },
    async close() {
      isClosed = true;
      if (underWay.length > 0 || waiting.length > 0) await new Promise<void>((resolve) => idle.push(resolve));
      heads.close();
    },
  };
}

function sendsOf(many: Iterable<Waiting>): Sends {
  const sends: Sends = new Map();
  for (const one of many) {
    const { clientId } = one.item;
    if (clientId !== null && !sends.has(clientId)) sends.set(clientId, one);
  }
  return sends;
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
