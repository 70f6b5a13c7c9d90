import { createModel, effect, signal } from "@preact/signals";
import type { ClientId, ConversationId, Instant, MemberId } from "../../shared/model/ids.ts";
import type { Answer, ErrorCode } from "../../shared/protocol/errors.ts";
import type { Chance, Clock, RepLink, Shelf } from "../ports.ts";
import type { Connection } from "./connection.ts";
import { retryDelayMs } from "./retry-delay.ts";

export type OutgoingBody =
  | { kind: "message"; text: string; epoch: number }
  | { kind: "note"; text: string }
  | { kind: "meeting_offer"; hostId: MemberId | null; epoch: number };

/** `waiting`: for the link, for its turn, or for its next try. `failed` needs the person: `problem` says why. */
export type OutgoingState = "waiting" | "sending" | "sent" | "failed";

export type Outgoing = {
  clientId: ClientId;
  conversationId: ConversationId;
  body: OutgoingBody;
  createdAt: Instant;
  state: OutgoingState;
  problem: ErrorCode | null;
  tries: number;
  /** Known once sent: the fact that this became. */
  seq: number | null;
};

export type Outbox = InstanceType<typeof OutboxModel>;

/** A repeat may help with these; every other refusal is the server's last word on this send. */
const passing: ReadonlySet<ErrorCode> = new Set(["unavailable", "internal", "too_many"]);

/**
 * What I have written and the server has not confirmed. Every item is kept on the shelf until its ack, is sent one at a
 * time for each conversation, and carries a client id: a repeat is the same send.
 */
export const OutboxModel = createModel(
  (link: RepLink, connection: Connection, clock: Clock, chance: Chance, shelf: Shelf, myId: MemberId) => {
    const prefix = `foyer:outbox:${myId}:`;
    const items = signal<readonly Outgoing[]>(readShelf(shelf, prefix));
    const busy = new Set<ConversationId>();
    const timers = new Set<() => void>();

    const set = (clientId: ClientId, change: Partial<Outgoing>) => {
      items.value = items.peek().map((item) => (item.clientId === clientId ? { ...item, ...change } : item));
      const item = items.peek().find((each) => each.clientId === clientId);
      if (item && item.state !== "sent") shelf.write(prefix + clientId, JSON.stringify(item));
    };
    const drop = (clientId: ClientId) => {
      shelf.drop(prefix + clientId);
      items.value = items.peek().filter((item) => item.clientId !== clientId);
    };

    function send(item: Outgoing): Promise<Answer<{ seq: number }>> {
      const { conversationId, clientId, body } = item;
      if (body.kind === "note") return link.ask("note:add", { conversationId, clientId, text: body.text });
      const { epoch } = body;
      return body.kind === "message"
        ? link.ask("message:send", { conversationId, epoch, clientId, text: body.text })
        : link.ask("meeting:offer", { conversationId, epoch, clientId, hostId: body.hostId });
    }

    async function work(conversationId: ConversationId): Promise<void> {
      if (busy.has(conversationId) || connection.state.peek() !== "live") return;
      const lane = items.peek().filter((item) => item.conversationId === conversationId);
      const next = lane.find((item) => item.state === "waiting");
      if (!next) return;
      busy.add(conversationId);
      set(next.clientId, { state: "sending" });
      const answer = await send(next);
      busy.delete(conversationId);
      if (answer.ok) {
        shelf.drop(prefix + next.clientId);
        set(next.clientId, { state: "sent", seq: answer.seq });
        void work(conversationId);
      } else if (passing.has(answer.code)) {
        set(next.clientId, { state: "waiting", problem: answer.code, tries: next.tries + 1 });
        const delay = answer.retryAfterMs ?? retryDelayMs(next.tries, chance.fraction());
        const cancel = clock.after(delay, () => {
          timers.delete(cancel);
          void work(conversationId);
        });
        timers.add(cancel);
        // The lane rests until then: order matters more than haste.
      } else {
        set(next.clientId, { state: "failed", problem: answer.code });
        void work(conversationId);
      }
    }

    effect(() => {
      if (connection.state.value !== "live") return;
      for (const id of new Set(items.peek().map((item) => item.conversationId))) void work(id);
    });
    effect(() => () => {
      for (const cancel of timers) cancel();
    });

    return {
      items,
      add(conversationId: ConversationId, body: OutgoingBody) {
        const item: Outgoing = {
          clientId: chance.clientId(),
          conversationId,
          body,
          createdAt: clock.now(),
          state: "waiting",
          problem: null,
          tries: 0,
          seq: null,
        };
        shelf.write(prefix + item.clientId, JSON.stringify(item));
        items.value = [...items.peek(), item];
        void work(conversationId);
      },
      /** Sends a failed item again; `epoch` is the one the person sees now. */
      again(clientId: ClientId, epoch: number) {
        const item = items.peek().find((each) => each.clientId === clientId);
        if (item?.state !== "failed") return;
        const body = item.body.kind === "note" ? item.body : { ...item.body, epoch };
        set(clientId, { state: "waiting", problem: null, tries: 0, body });
        void work(item.conversationId);
      },
      discard: drop,
      /** The thread holds these facts now: the copies have done their work. */
      settle(conversationId: ConversationId, lastSeq: number, clientIds: ReadonlySet<ClientId>) {
        const isDone = (item: Outgoing) =>
          item.conversationId === conversationId &&
          (clientIds.has(item.clientId) || (item.seq !== null && item.seq <= lastSeq));
        for (const item of items.peek().filter(isDone)) drop(item.clientId);
      },
    };
  },
);

function readShelf(shelf: Shelf, prefix: string): Outgoing[] {
  const found: Outgoing[] = [];
  for (const key of shelf.keys().filter((each) => each.startsWith(prefix))) {
    const item = parse(shelf.read(key));
    // A send that was under way when the page went: the client id makes the repeat harmless.
    if (item) found.push({ ...item, state: item.state === "failed" ? "failed" : "waiting", tries: 0 });
    else shelf.drop(key);
  }
  return found.sort((a, b) => a.createdAt - b.createdAt);
}

/** Written by this program, perhaps by an older one: only what still has its shape comes back. */
function parse(text: string | null): Outgoing | null {
  try {
    const item = JSON.parse(text ?? "null") as Outgoing | null;
    const isWhole = item?.clientId && item.conversationId && item.body?.kind && item.createdAt > 0;
    return isWhole ? item : null;
  } catch {
    return null;
  }
}
