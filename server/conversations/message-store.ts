import type { Instant } from "../../shared/model/ids.ts";
import { insertAll, insertThoseFree, isCrossed, isTaken, judge, type RunStatement } from "./append-facts.ts";
import type { Follower } from "./catch-up.ts";
import type { Appended, FactItem } from "./fact-item.ts";
import { type Head, refusalOf } from "./head.ts";
import type { Heads } from "./heads.ts";

/** A message that waits for its answer. */
export type Waiting = {
  item: FactItem;
  answer: Promise<Appended>;
  isAnswered: boolean;
  tries: number;
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
    tries: 0,
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

/**
 * Stores messages of conversations that stand in the call once each. Every message is judged by the head of its
 * conversation that this process knows, and takes the number after it; when the database says that the number is taken,
 * it answers the message back, to be tried again by a head that is read anew. All that is decided is resolved. Rejects when a
 * statement fails, and leaves unanswered whatever was in it.
 */
export function createMessageStore({
  run,
  heads,
  follower,
}: StoreDeps): (all: readonly Waiting[]) => Promise<Waiting[]> {
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
      if ("repeated" in found) {
        // Its first try may have been stored by a process that ended before it could say so.
        follower.follow(one.item.conversationId);
        one.resolve(toAppended("repeated", head, found.repeated.seq, found.repeated.at));
      } else if (found.refusal !== null) one.resolve({ outcome: found.refusal });
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
    const { at, stored } = await insertAll(run, items).then(
      (at) => ({ at, stored: items }),
      (error: unknown) => {
        if (!isTaken(error)) throw error;
        return insertThoseFree(run, items);
      },
    );
    for (const { one, head, item, seq } of stored) {
      head.lastSeq = Math.max(head.lastSeq, seq);
      follower.follow(item.conversationId);
      one.resolve(toAppended("stored", head, seq, at));
    }
    const taken = free.map(({ one }) => one).filter((one) => !one.isAnswered);
    for (const { item } of taken) heads.forget(item.conversationId);
    return taken;
  }

  return async function store(all) {
    try {
      return await storeFree(await findHeads(all));
    } catch (error) {
      const left = all.filter((one) => !one.isAnswered);
      for (const { item } of left) {
        // Whether they were stored is not known: their heads may be behind, and so may their rows.
        heads.forget(item.conversationId);
        follower.follow(item.conversationId);
      }
      if (isCrossed(error)) return left;
      throw error;
    }
  };
}

function toAppended(outcome: "stored" | "repeated", head: Head, seq: number, at: Instant): Appended {
  return { outcome, seq, at, ownerId: head.ownerId, visitorId: head.visitorId };
}
