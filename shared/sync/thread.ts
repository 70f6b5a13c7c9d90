import type { ThreadHead } from "../model/conversations.ts";
import type { Fact, VisitorFact } from "../model/facts.ts";

/** A conversation on a screen: its head and the facts held, oldest first, without holes. */
export type Thread<F extends Fact | VisitorFact> = ThreadHead & {
  facts: readonly F[];
  hasEarlier: boolean;
};

export type Applied<F extends Fact | VisitorFact> = {
  thread: Thread<F>;
  /** Facts are missing: ask for everything since this `seq`. Null when the thread is whole. */
  missingSince: number | null;
};

/**
 * Moves a thread forward. Facts already held are ignored, facts that leave a hole are not applied: the caller asks
 * "since seq n" instead, so every screen ends with the same list in the same order.
 */
export function applyFacts<F extends Fact | VisitorFact>(
  thread: Thread<F>,
  incoming: readonly F[],
): Applied<F> {
  const sorted = incoming.filter((fact) => fact.seq > thread.lastSeq).sort((a, b) => a.seq - b.seq);
  const added: F[] = [];
  let head: ThreadHead = thread;
  let missingSince: number | null = null;
  for (const fact of sorted) {
    if (fact.seq <= head.lastSeq) continue;
    if (fact.seq > head.lastSeq + 1) {
      missingSince = head.lastSeq;
      break;
    }
    head = applyToHead(head, fact);
    added.push(fact);
  }
  if (added.length === 0) return { thread, missingSince };
  return { thread: { ...thread, ...head, facts: [...thread.facts, ...added] }, missingSince };
}

/** Puts an earlier page in front; facts already held are left out. */
export function prependEarlier<F extends Fact | VisitorFact>(
  thread: Thread<F>,
  earlier: readonly F[],
  hasEarlier: boolean,
): Thread<F> {
  const first = thread.facts[0]?.seq ?? thread.lastSeq + 1;
  return { ...thread, facts: [...earlier.filter((fact) => fact.seq < first), ...thread.facts], hasEarlier };
}

function applyToHead(head: ThreadHead, fact: Fact | VisitorFact): ThreadHead {
  const { id, isOpen, ownerId, epoch } = head;
  const next = { id, isOpen, ownerId, epoch, lastSeq: fact.seq };
  const body = fact.body;
  if (body.kind === "rep_joined") return { ...next, ownerId: body.repId, epoch: body.epoch };
  if (body.kind === "rep_left") return { ...next, ownerId: null, epoch: body.epoch };
  if (body.kind === "closed") return { ...next, isOpen: false };
  return next;
}
