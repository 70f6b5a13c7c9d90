import type { Instant } from "../../shared/model/ids.ts";
import { insertAll, insertThoseFree, isTaken, judge, type RunStatement } from "./append-facts.ts";
import type { Follower } from "./catch-up.ts";
import type { Appended, FactItem } from "./fact-item.ts";
import { type Head, refusalOf } from "./head.ts";
import type { Heads } from "./heads.ts";

/** A message that waits for its answer. */
export type Waiting = {
  item: FactItem;
  answer: Promise<Appended>;
  isAnswered: boolean;
  resolve(answer: Appended): void;
  reject(error: unknown): void;
};

export function toBeAnswered(item: FactItem): Waiting {
  const settle: Partial<Pick<Waiting, "resolve" | "reject">> = {};
  const answer = new Promise<Appended>((resolve, reject) => {
    settle.resolve = resolve;
    settle.reject = reject;
  });
  const one: Waiting = {
    item,
    answer,
    isAnswered: false,
    resolve(value) {
      one.isAnswered = true;
      settle.resolve?.(value);
    },
    reject: (error) => settle.reject?.(error),
  };
  return one;
}

type StoreDeps = { run: RunStatement; heads: Heads; follower: Pick<Follower, "follow"> };
type Numbered = { one: Waiting; head: Head };

/** Each try but the last needs somebody else's fact in the same conversation at the same moment. */
const mostTries = 20;

/**
 * Stores messages of conversations that stand in the call once each. Every message is judged by the head of its
 * conversation that this process knows, and takes the number after it; when the database says that the number is taken,
 * the head is read anew and the message judged again.
 *
 * The answer resolves each as soon as it is decided. It rejects when a statement fails, and leaves unanswered whatever was
 * in it.
 */
export function createMessageStore({
  run,
  heads,
  follower,
}: StoreDeps): (all: readonly Waiting[]) => Promise<void> {
  /** Those that may be stored, each with a head that says so. What the database refuses is answered. */
  async function findHeads(left: readonly Waiting[]): Promise<Numbered[]> {
    const free: Numbered[] = [];
    const unknown: Waiting[] = [];
    for (const one of left) {
      const head = heads.get(one.item.conversationId);
      // A head that is behind may only refuse wrongly.
      if (head !== undefined && refusalOf(head, one.item) === null) free.push({ one, head });
      else unknown.push(one);
    }
    if (unknown.length === 0) return free;
    const judged = await judge(
      run,
      unknown.map((one) => one.item),
    );
    for (const [index, one] of unknown.entries()) {
      const found = judged[index] ?? null;
      if (found === null) {
        one.resolve({ outcome: "not_found" });
        continue;
      }
      const { head } = found;
      heads.set(one.item.conversationId, head);
      if ("repeated" in found)
        one.resolve(toAppended("repeated", head, found.repeated.seq, found.repeated.at));
      else if (found.refusal !== null) one.resolve({ outcome: found.refusal });
      else free.push({ one, head });
    }
    return free;
  }

  /** Stores those whose numbers are free and answers them; answers the others. */
  async function storeFree(free: readonly Numbered[]): Promise<Waiting[]> {
    if (free.length === 0) return [];
    // All name conversations in one order, so that no two statements wait for each other in a circle.
    const items = free
      .map(({ one, head }) => ({ one, head, item: one.item, seq: head.lastSeq + 1 }))
      .sort((a, b) => (a.item.conversationId < b.item.conversationId ? -1 : 1));
    const taken: Waiting[] = [];
    const { at, stored } = await insertAll(run, items).then(
      (at) => ({ at, stored: null }),
      (error: unknown) => {
        if (!isTaken(error)) throw error;
        return insertThoseFree(run, items);
      },
    );
    for (const { one, head, item, seq } of items) {
      if (stored === null || stored.has(item.conversationId)) {
        head.lastSeq = Math.max(head.lastSeq, seq);
        follower.follow(item.conversationId);
        one.resolve(toAppended("stored", head, seq, at));
      } else {
        heads.forget(item.conversationId);
        taken.push(one);
      }
    }
    return taken;
  }

  return async function store(all: readonly Waiting[]): Promise<void> {
    let left = all;
    for (let turn = 0; left.length > 0; turn++) {
      if (turn === mostTries)
        throw new Error("a conversation changes faster than a message can be stored in it");
      try {
        left = await storeFree(await findHeads(left));
      } catch (error) {
        // Whether they were stored is not known: their heads may be behind.
        for (const { item } of left) heads.forget(item.conversationId);
        throw error;
      }
    }
  };
}

function toAppended(outcome: "stored" | "repeated", head: Head, seq: number, at: Instant): Appended {
  return { outcome, seq, at, ownerId: head.ownerId, visitorId: head.visitorId };
}
