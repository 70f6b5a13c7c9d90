import { computed, createModel, effect, signal } from "@preact/signals";
import type { ClientId, ConversationId } from "../../../shared/model/ids.ts";
import type { ErrorCode } from "../../../shared/protocol/errors.ts";
import type { PendingMessage } from "../../../shared/ui/list-items.ts";
import type { Kept } from "../host.ts";
import type { Clock, VisitorLink } from "../link.ts";
import type { ThreadModel } from "./thread.ts";

type OutboxParts = {
  link: VisitorLink;
  thread: Pick<ThreadModel, "thread" | "isLoaded" | "adopt" | "markClosed">;
  kept: Kept;
  clock: Clock;
  clientId: () => ClientId;
};

/** What happened is not known: it may be stored, and only its answer was lost. */
const unclear: readonly ErrorCode[] = ["unavailable", "internal"];
/** Refusals that time may heal; any other is told to the visitor. A start is refused as closed by a conversation just ending. */
const passing: readonly ErrorCode[] = [...unclear, "too_many", "unauthenticated", "conversation_closed"];
const LONGEST_MS = 30_000;

/**
 * Messages on their way: one at a time, in order, kept across a reload, each until its fact is on the screen. A message keeps its
 * client id through every attempt, so that a repeat is the same message.
 */
export const OutboxModel = createModel(({ link, thread, kept, clock, clientId }: OutboxParts) => {
  const messages = signal<PendingMessage[]>(restore(kept));
  const isUp = signal(false);
  let isBusy = false;
  let failures = 0;
  let cancelRetry: (() => void) | undefined;
  /** May be stored already, perhaps in a conversation that is over: only `conversation:start` looks through all of them. */
  const tried = new Set(messages.peek().map(({ clientId: id }) => id));
  const sentTo = new Map<ClientId, ConversationId>();

  // Another tab keeps its messages in the same place: what this one never held is left alone.
  const known = new Set<ClientId>();
  const save = (next: PendingMessage[]) => {
    for (const { clientId: id } of [...messages.peek(), ...next]) known.add(id);
    messages.value = next;
    const unsent = [
      ...restore(kept).filter(({ clientId: id }) => !known.has(id)),
      ...next.filter(({ state }) => state !== "sent"),
    ].sort((a, b) => a.at - b.at);
    kept.set("outbox", unsent.length ? JSON.stringify(unsent) : null);
  };
  const mark = (id: ClientId, state: PendingMessage["state"]) =>
    save(messages.peek().map((message) => (message.clientId === id ? { ...message, state } : message)));

  const sendNext = async () => {
    const next = messages.peek().find(({ state }) => state === "waiting");
    if (isBusy || !next || !isUp.peek() || !thread.isLoaded.peek()) return;
    cancelRetry?.();
    isBusy = true;
    const { clientId: id, text } = next;
    mark(id, "sending");
    const held = thread.thread.peek();
    const isRepeat = tried.has(id);
    const answer =
      held?.isOpen && !isRepeat
        ? await link.ask("message:send", { conversationId: held.id, clientId: id, text })
        : await link.ask("conversation:start", { clientId: id, text });
    isBusy = false;
    if (answer.ok) {
      failures = 0;
      mark(id, "sent");
      const into = "conversation" in answer ? answer.conversation : held;
      if (into) sentTo.set(id, into.id);
      // An old conversation, found again by a repeat, does not take the place of the one that goes on.
      if ("conversation" in answer && (answer.conversation.isOpen || !thread.thread.peek()?.isOpen))
        thread.adopt(answer.conversation);
      settle(thread.thread.peek());
    } else if (answer.code === "conversation_closed" && held?.isOpen) {
      // It ended while these words were on their way: they open a new one.
      if (thread.thread.peek()?.id === held.id) thread.markClosed();
      mark(id, "waiting");
    } else if (passing.includes(answer.code)) {
      if (unclear.includes(answer.code)) tried.add(id);
      mark(id, "waiting");
      const grown = Math.min(LONGEST_MS, 1_000 * 2 ** failures++) * (0.5 + clock.random());
      cancelRetry = clock.after(Math.max(grown, answer.retryAfterMs ?? 0), sendNext);
      return;
    } else mark(id, "failed");
    void sendNext();
  };

  link.onState((now) => {
    isUp.value = now;
    failures = 0;
  });
  effect(() => {
    // A line, and the conversation known: whatever waits may go.
    if (isUp.value && thread.isLoaded.value) void sendNext();
  });
  const settle = (shown: typeof thread.thread.value) => {
    const arrived = new Set(shown?.facts.map((fact) => fact.clientId));
    // What was sent into a conversation that is no longer on the screen will not be seen to arrive.
    const left = messages.peek().filter(({ clientId: id, state }) => {
      const isElsewhere = state === "sent" && sentTo.has(id) && sentTo.get(id) !== shown?.id;
      return !arrived.has(id) && !isElsewhere;
    });
    if (left.length < messages.peek().length) save(left);
  };
  effect(() => settle(thread.thread.value));

  return {
    messages: computed(() => messages.value),
    send(text: string) {
      save([...messages.peek(), { clientId: clientId(), text, at: clock.now(), state: "waiting" }]);
      void sendNext();
    },
    retry(id: ClientId) {
      mark(id, "waiting");
      void sendNext();
    },
    discard(id: ClientId) {
      save(messages.peek().filter((message) => message.clientId !== id));
    },
  };
});

// What another version or another hand has left there must not stop the chat.
function restore(kept: Kept): PendingMessage[] {
  try {
    const found = JSON.parse(kept.get("outbox") ?? "[]") as PendingMessage[];
    return found.map((message) => ({ ...message, state: message.state === "failed" ? "failed" : "waiting" }));
  } catch {
    return [];
  }
}
