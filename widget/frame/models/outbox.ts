import { computed, createModel, effect, signal } from "@preact/signals";
import type { ClientId } from "../../../shared/model/ids.ts";
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

/** Refusals that time may heal; any other is told to the visitor. */
const passing: readonly ErrorCode[] = ["unavailable", "internal", "too_many", "unauthenticated"];
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

  // Another tab keeps its messages in the same place: what this one never held is left alone.
  const known = new Set<ClientId>();
  const save = (next: PendingMessage[]) => {
    for (const { clientId: id } of [...messages.peek(), ...next]) known.add(id);
    messages.value = next;
    const unsent = [
      ...restore(kept).filter(({ clientId: id }) => !known.has(id)),
      ...next.filter(({ state }) => state !== "sent"),
    ];
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
    const answer = held?.isOpen
      ? await link.ask("message:send", { conversationId: held.id, clientId: id, text })
      : await link.ask("conversation:start", { clientId: id, text });
    isBusy = false;
    if (answer.ok) {
      failures = 0;
      mark(id, "sent");
      if ("conversation" in answer) thread.adopt(answer.conversation);
    } else if (answer.code === "conversation_closed" && held?.isOpen) {
      // It ended while these words were on their way: they open a new one.
      thread.markClosed();
      mark(id, "waiting");
    } else if (passing.includes(answer.code)) {
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
  effect(() => {
    const arrived = new Set(thread.thread.value?.facts.map((fact) => fact.clientId));
    const left = messages.peek().filter((message) => !arrived.has(message.clientId));
    if (left.length < messages.peek().length) save(left);
  });

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
