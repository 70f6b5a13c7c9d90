import { batch, computed, createModel, effect, signal } from "@preact/signals";
import type { RepSnapshot, RequestView } from "../../shared/model/conversations.ts";
import type { Fact, Marks } from "../../shared/model/facts.ts";
import type { ClientId, ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { DecisionLine } from "../../shared/model/routing.ts";
import type { Answer, ErrorCode } from "../../shared/protocol/errors.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { applyFacts, prependEarlier, type Thread } from "../../shared/sync/thread.ts";
import type { Attention, Clock, RepLink } from "../ports.ts";
import type { Connection } from "./connection.ts";
import type { Outbox, OutgoingBody } from "./outbox.ts";

export type ThreadState = "loading" | "ready" | "missing" | "failed";
export type OpenThread = InstanceType<typeof ThreadModel>;

const TYPING_SHOWN_MS = 6_000;
const TYPING_TOLD_EVERY_MS = 3_000;

export type ThreadNeeds = {
  link: RepLink;
  connection: Connection;
  clock: Clock;
  attention: Attention;
  outbox: Outbox;
  myId: MemberId;
};

/** One conversation on the screen: its facts, who types, how far each side has read, and what I may do. */
export const ThreadModel = createModel((needs: ThreadNeeds, id: ConversationId) => {
  const { link, connection, clock, attention, outbox, myId } = needs;
  const state = signal<ThreadState>("loading");
  const thread = signal<Thread<Fact> | null>(null);
  const visitorId = signal<VisitorId | null>(null);
  const marks = signal<Marks | null>(null);
  const request = signal<RequestView | null>(null);
  const isVisitorTyping = signal(false);
  const isLoadingEarlier = signal(false);
  const why = signal<readonly DecisionLine[] | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const isHere = signal(attention.isHere());
  let isOver = false;
  let isAsking = false;
  let cancelTail = (): void => undefined;
  let cancelTyping = (): void => undefined;
  let toldTypingAt: number | null = null;

  /** Asks for what is missing. Also the heartbeat: the link renews itself when a question stays without an answer. */
  async function catchUp(): Promise<void> {
    if (isAsking || isOver || connection.state.peek() !== "live") return;
    isAsking = true;
    cancelTail();
    const since = thread.peek()?.lastSeq ?? 0;
    const answer = await link.ask("conversation:watch", { conversationId: id, since });
    isAsking = false;
    if (isOver) return;
    if (answer.ok) {
      batch(() => take(answer.conversation));
      const held = thread.peek()?.lastSeq ?? 0;
      if (held > since && held < answer.conversation.lastSeq) return void catchUp();
    } else if (answer.code === "not_found") state.value = "missing";
    else if (!thread.peek()) state.value = "failed";
    cancelTail = clock.after(limits.tailCheckSeconds * 1000, () => void catchUp());
  }

  function take(snapshot: RepSnapshot): void {
    const held = thread.peek();
    const firstNew = snapshot.facts.find((fact) => fact.seq > (held?.lastSeq ?? 0));
    // More is missing than one answer holds: start again from its end, the rest is history to page through.
    if (!held || (firstNew && firstNew.seq > held.lastSeq + 1)) {
      const lastSeq = snapshot.facts.at(-1)?.seq ?? snapshot.lastSeq;
      thread.value = { ...headOf(snapshot), facts: snapshot.facts, hasEarlier: snapshot.hasEarlier, lastSeq };
    } else {
      const next = applyFacts(held, snapshot.facts).thread;
      thread.value = next.lastSeq === snapshot.lastSeq ? { ...next, ...headOf(snapshot) } : next;
    }
    visitorId.value = snapshot.visitorId;
    marks.value = highest(marks.peek(), snapshot.marks);
    request.value = snapshot.request;
    state.value = "ready";
  }

  function hear(facts: Fact[]): void {
    const held = thread.peek();
    if (!held) return;
    const applied = applyFacts(held, facts);
    thread.value = applied.thread;
    const hasStopped = ({ by, body }: Fact) =>
      body.kind === "closed" || (by.kind === "visitor" && body.kind === "message");
    if (facts.some(hasStopped)) isVisitorTyping.value = false;
    if (applied.missingSince !== null) void catchUp();
  }

  const isLive = computed(() => connection.state.value === "live");
  effect(() => {
    if (isLive.value) void catchUp();
  });
  effect(() => {
    const mine = <N extends { conversationId: ConversationId }>(listen: (news: N) => void) => {
      return (news: N) => {
        if (news.conversationId === id) listen(news);
      };
    };
    const stops = [
      link.onNews(
        "fact:new",
        mine((news) => hear(news.facts)),
      ),
      link.onNews(
        "marks:changed",
        mine((news) => {
          marks.value = highest(marks.peek(), news.marks);
        }),
      ),
      link.onNews(
        "request:changed",
        mine((news) => {
          request.value = news.request;
        }),
      ),
      link.onNews(
        "typing:changed",
        mine((news) => {
          if (news.by !== "visitor") return;
          cancelTyping();
          isVisitorTyping.value = news.isTyping;
          if (news.isTyping)
            cancelTyping = clock.after(TYPING_SHOWN_MS, () => (isVisitorTyping.value = false));
        }),
      ),
      attention.onChange((next) => (isHere.value = next)),
    ];
    return () => {
      isOver = true;
      for (const stop of stops) stop();
      cancelTail();
      cancelTyping();
      void link.ask("conversation:unwatch", { conversationId: id });
    };
  });

  const isOwner = computed(() => thread.value?.ownerId === myId);
  // Only the owner's reading counts: a colleague who looks in does not tell the visitor "seen".
  effect(() => {
    const held = thread.value;
    if (!held || !isOwner.value || !isLive.value) return;
    const known = marks.peek();
    const seen = isHere.value ? held.lastSeq : (known?.repSeen ?? 0);
    if (known && known.repDelivered >= held.lastSeq && known.repSeen >= seen) return;
    void link.ask("marks:set", { conversationId: id, delivered: held.lastSeq, seen }).then((answer) => {
      if (!answer.ok || !marks.peek()) return;
      const mine = { visitorDelivered: 0, visitorSeen: 0, repDelivered: held.lastSeq, repSeen: seen };
      marks.value = highest(marks.peek(), mine);
    });
  });
  effect(() => {
    const held = thread.value;
    if (!held) return;
    const clientIds = new Set<ClientId>();
    for (const fact of held.facts) if (fact.clientId) clientIds.add(fact.clientId);
    outbox.settle(id, held.lastSeq, clientIds);
  });

  function add(body: OutgoingBody): void {
    outbox.add(id, body);
    if (toldTypingAt !== null) tellTyping(false);
  }
  function tellTyping(isTyping: boolean): void {
    toldTypingAt = isTyping ? clock.now() : null;
    link.tell("typing:set", { conversationId: id, isTyping });
  }
  const epoch = () => thread.peek()?.epoch ?? 0;
  async function change(question: Promise<Answer<object>>): Promise<boolean> {
    problem.value = null;
    const answer = await question;
    if (!answer.ok) problem.value = answer.code;
    void catchUp();
    return answer.ok;
  }

  return {
    state,
    thread,
    visitorId,
    marks,
    request,
    isVisitorTyping,
    isLoadingEarlier,
    why,
    problem,
    isOwner,
    conversationId: computed(() => id),
    outgoing: computed(() => outbox.items.value.filter((item) => item.conversationId === id)),
    say: (text: string) => add({ kind: "message", text, epoch: epoch() }),
    note: (text: string) => add({ kind: "note", text }),
    offerMeeting: (hostId: MemberId | null) => add({ kind: "meeting_offer", hostId, epoch: epoch() }),
    sendAgain: (clientId: ClientId) => outbox.again(clientId, epoch()),
    discard: (clientId: ClientId) => outbox.discard(clientId),
    typed(text: string) {
      if (!isOwner.value) return;
      if (text.trim() === "") {
        if (toldTypingAt !== null) tellTyping(false);
      } else if (toldTypingAt === null || clock.now() - toldTypingAt >= TYPING_TOLD_EVERY_MS)
        tellTyping(true);
    },
    async loadEarlier() {
      const held = thread.value;
      const first = held?.facts[0]?.seq;
      if (!held?.hasEarlier || first === undefined || isLoadingEarlier.value) return;
      isLoadingEarlier.value = true;
      const answer = await link.ask("conversation:history", { conversationId: id, before: first });
      batch(() => {
        isLoadingEarlier.value = false;
        const now = thread.peek();
        if (answer.ok && now) thread.value = prependEarlier(now, answer.facts, answer.hasEarlier);
      });
    },
    takeOver: () => change(link.ask("conversation:take", { conversationId: id })),
    handOver: (toId: MemberId, note: string) =>
      change(link.ask("conversation:hand_over", { conversationId: id, epoch: epoch(), toId, note })),
    close: () => change(link.ask("conversation:close", { conversationId: id, epoch: epoch() })),
    async loadWhy() {
      why.value = null;
      const answer = await link.ask("conversation:why", { conversationId: id });
      why.value = answer.ok ? answer.lines : [];
    },
    retry() {
      state.value = "loading";
      void catchUp();
    },
  };
});

function headOf({ id, isOpen, ownerId, epoch, lastSeq }: RepSnapshot) {
  return { id, isOpen, ownerId, epoch, lastSeq };
}

/** Marks only ever grow; news and answers may overtake each other. */
function highest(a: Marks | null, b: Marks): Marks {
  if (!a) return b;
  return {
    visitorDelivered: Math.max(a.visitorDelivered, b.visitorDelivered),
    visitorSeen: Math.max(a.visitorSeen, b.visitorSeen),
    repDelivered: Math.max(a.repDelivered, b.repDelivered),
    repSeen: Math.max(a.repSeen, b.repSeen),
  };
}
