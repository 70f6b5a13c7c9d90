import { batch, createModel, signal } from "@preact/signals";
import type { RequestView, VisitorSnapshot } from "../../../shared/model/conversations.ts";
import type { Marks, VisitorFact } from "../../../shared/model/facts.ts";
import type { ConversationId, MemberId } from "../../../shared/model/ids.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import { applyFacts, prependEarlier, type Thread } from "../../../shared/sync/thread.ts";
import type { VisitorLink } from "../link.ts";

const noMarks: Marks = { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 };

/** The visitor's conversation as the server tells it: facts in order without holes, and what is not a fact beside it. */
export const ThreadModel = createModel((link: VisitorLink) => {
  /** False until the server has answered once. */
  const isLoaded = signal(false);
  const thread = signal<Thread<VisitorFact> | null>(null);
  const marks = signal(noMarks);
  const request = signal<RequestView | null>(null);
  const team = signal<RepCard[]>([]);
  const cards = signal<ReadonlyMap<MemberId, RepCard>>(new Map());
  const isLoadingEarlier = signal(false);
  /** A closed conversation that the visitor has put away. */
  let putAway: ConversationId | null = null;
  let asking: Promise<boolean> | null = null;

  const learn = (reps: readonly RepCard[]) => {
    const known = new Map(cards.peek());
    for (const rep of reps) known.set(rep.id, rep);
    cards.value = known;
    team.value = team.peek().map((rep) => known.get(rep.id) ?? rep);
  };
  const meet = (faces: RepCard[]) =>
    batch(() => {
      team.value = faces;
      learn(faces);
    });
  const adopt = (snapshot: VisitorSnapshot) =>
    batch(() => {
      const {
        facts,
        hasEarlier,
        marks: told,
        request: asked,
        reps,
        id,
        isOpen,
        ownerId,
        epoch,
        lastSeq,
      } = snapshot;
      const held = thread.peek();
      learn(reps);
      // An answer that was overtaken by newer facts knows less of the rest, too.
      if (held?.id !== id || lastSeq >= held.lastSeq) {
        marks.value = told;
        request.value = asked;
      }
      if (id === putAway && !isOpen) return;
      const isNext = held?.id === id && (facts[0]?.seq ?? lastSeq + 1) <= held.lastSeq + 1;
      if (held && isNext) thread.value = applyFacts(held, facts).thread;
      else if (held?.id !== id || lastSeq > held.lastSeq)
        thread.value = { id, isOpen, ownerId, epoch, lastSeq, facts, hasEarlier };
    });

  const askOnce = async () => {
    const held = thread.peek();
    const answer = await link.ask("conversation:sync", {
      conversationId: held?.id ?? null,
      since: held?.lastSeq ?? 0,
    });
    if (!answer.ok) return answer.code !== "unavailable";
    batch(() => {
      meet(answer.team);
      if (answer.conversation) adopt(answer.conversation);
      isLoaded.value = true;
    });
    return true;
  };
  /** Asks for what may be missing. False when nothing came back: the line is dead. */
  const sync = () => {
    asking ??= askOnce().finally(() => {
      asking = null;
    });
    return asking;
  };

  link.listen({
    "fact:new": ({ conversationId, facts }) => {
      const held = thread.peek();
      if (held?.id !== conversationId) return void sync();
      const applied = applyFacts(held, facts);
      thread.value = applied.thread;
      if (applied.missingSince !== null) void sync();
    },
    "conversation:opened": () => void sync(),
    "request:changed": (news) => {
      if (news.conversationId === thread.peek()?.id) request.value = news.request;
    },
    "marks:changed": (news) => {
      if (news.conversationId === thread.peek()?.id) marks.value = news.marks;
    },
    "rep:changed": ({ reps }) => learn(reps),
    "team:changed": ({ team: faces }) => meet(faces),
  });

  return {
    isLoaded,
    thread,
    marks,
    request,
    team,
    cards,
    isLoadingEarlier,
    sync,
    adopt,
    async loadEarlier() {
      const held = thread.peek();
      const first = held?.facts[0];
      if (!held || !first || isLoadingEarlier.peek()) return;
      isLoadingEarlier.value = true;
      const answer = await link.ask("conversation:history", { conversationId: held.id, before: first.seq });
      batch(() => {
        isLoadingEarlier.value = false;
        const now = thread.peek();
        if (answer.ok && now?.id === held.id)
          thread.value = prependEarlier(now, answer.facts, answer.hasEarlier);
      });
    },
    /** The server said that it is over, before the fact arrived. */
    markClosed() {
      const held = thread.peek();
      if (held) thread.value = { ...held, isOpen: false };
    },
    /** Clears the screen for a new conversation. */
    putAway() {
      putAway = thread.peek()?.id ?? null;
      batch(() => {
        thread.value = null;
        request.value = null;
        marks.value = noMarks;
      });
    },
  };
});

export type ThreadModel = InstanceType<typeof ThreadModel>;
