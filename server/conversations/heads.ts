import type { ConversationId } from "../../shared/model/ids.ts";
import type { Bus } from "../realtime/hints.ts";
import type { Head } from "./head.ts";

/** Heads this process has seen, so that a message need not ask for them. */
export interface Heads {
  get(id: ConversationId): Head | undefined;
  set(id: ConversationId, head: Head): void;
  forget(id: ConversationId): void;
  close(): void;
}

const mostHeads = 20_000;

/**
 * A head may be behind, never wrong: every change of owner or state is a fact of its own, so what was judged by an older head
 * takes a number that is taken, and is refused by the database. Hints only make that rare.
 */
export function createHeads(bus: Pick<Bus, "subscribe">): Heads {
  let heads = new Map<ConversationId, Head>();
  const stop = bus.subscribe((hint, facts) => {
    if (hint.kind === "missed") heads = new Map();
    if (hint.kind !== "facts") return;
    const head = heads.get(hint.conversationId);
    if (head === undefined || hint.to <= head.lastSeq) return;
    const isTalk = facts?.every(({ body }) => body.kind === "message" || body.kind === "note") ?? false;
    if (isTalk && hint.from === head.lastSeq + 1) head.lastSeq = hint.to;
    else heads.delete(hint.conversationId);
  });
  return {
    get: (id) => heads.get(id),
    set(id, head) {
      // All at once and seldom: what is in use comes back with its next message.
      if (heads.size >= mostHeads) heads = new Map();
      heads.set(id, head);
    },
    forget: (id) => void heads.delete(id),
    close: stop,
  };
}
