import type { Seeded } from "../../server/promises/seeded.ts";
import type { Fact, VisitorFact } from "../../shared/model/facts.ts";
import type { ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { TeamMember } from "../../shared/model/people.ts";
import type { Answer } from "../../shared/protocol/errors.ts";
import type { RepAsks } from "../../shared/protocol/rep-events.ts";
import type { VisitorAsks } from "../../shared/protocol/visitor-events.ts";
import type { SimClock } from "./sim-clock.ts";
import { type Appended, type SimConversation, SimStore, snapshotOf } from "./sim-store.ts";

/** The other end of a wire, as the server sees it. */
export type Peer = { id: string; tell(event: string, news: object): void };
export type AskedFor = { event: string; input: unknown };

/** A mistake built in on purpose, to see that the simulation finds it. */
export type Flaw = "none" | "acks_before_it_stores" | "stores_repeats" | "numbers_with_holes";

type Refused = { ok: false; code: "not_found" | "conversation_closed" | "stale_owner" | "internal" };
/** What a write changes happens in `commit`, at once and for good; null: it was only a question. */
type Work = () => { answer: ({ ok: true } & Record<string, unknown>) | Refused; afterCommit?: () => void };

const refusals = {
  not_found: "not_found",
  closed: "conversation_closed",
  stale_owner: "stale_owner",
} as const;

/**
 * A server process and its database. A question is worked on for a while, then committed, then told and answered; a kill
 * may come between any two of these, and takes everything with it but what was committed.
 */
export class SimServer {
  readonly store = new SimStore();
  readonly #visitors = new Map<VisitorId, Set<Peer>>();
  readonly #watchers = new Map<ConversationId, Set<Peer>>();
  readonly #clock: SimClock;
  readonly #seeded: Seeded;
  readonly #flaw: Flaw;
  readonly #ownerOf: (visitorId: VisitorId) => MemberId;
  /** How often the database fails under a write: before it is committed, or after. */
  failures = 0;
  #life = 0;

  constructor(clock: SimClock, seeded: Seeded, ownerOf: (visitorId: VisitorId) => MemberId, flaw: Flaw) {
    this.#clock = clock;
    this.#seeded = seeded;
    this.#ownerOf = ownerOf;
    this.#flaw = flaw;
  }

  /** The caller cuts all wires. */
  kill() {
    this.#life += 1;
    this.#visitors.clear();
    this.#watchers.clear();
  }

  visitorConnected(visitorId: VisitorId, peer: Peer) {
    const peers = this.#visitors.get(visitorId) ?? new Set();
    this.#visitors.set(visitorId, peers.add(peer));
  }

  gone(peer: Peer) {
    for (const peers of [...this.#visitors.values(), ...this.#watchers.values()]) peers.delete(peer);
  }

  fromVisitor(visitorId: VisitorId, { event, input }: AskedFor, answer: (answer: Answer<object>) => void) {
    this.#workOn(this.#visitorWork(visitorId, event, input), answer);
  }

  fromRep(repId: MemberId, peer: Peer, { event, input }: AskedFor, answer: (answer: Answer<object>) => void) {
    this.#workOn(this.#repWork(repId, peer, event, input), answer);
  }

  /** Not asked for by anybody here. */
  change(change: (store: SimStore) => { conversation: SimConversation; facts: Fact[] } | null) {
    const done = change(this.store);
    if (done !== null) this.#tellFacts(done.conversation, done.facts);
  }

  #workOn(work: Work, answer: (answer: Answer<object>) => void) {
    const life = this.#life;
    const isAlive = () => this.#life === life;
    const failed: Refused = { ok: false, code: "internal" };
    const breaks = this.#seeded.chance(this.failures) ? this.#seeded.pick(["before", "after"]) : "never";
    if (this.#flaw === "acks_before_it_stores" && breaks === "never") {
      // What it would answer, said before it is true.
      const copy = structuredClone([...this.store.conversations]);
      const { answer: early } = work();
      this.store.conversations.clear();
      for (const [id, conversation] of copy) this.store.conversations.set(id, conversation);
      answer(early);
    }
    this.#clock.after(1 + this.#seeded.below(30), () => {
      if (!isAlive()) return;
      if (breaks === "before") return answer(failed);
      const done = work();
      this.#clock.after(this.#seeded.below(5), () => {
        if (!isAlive()) return;
        done.afterCommit?.();
        answer(breaks === "after" ? failed : done.answer);
      });
    });
  }

  #visitorWork(visitorId: VisitorId, event: string, given: unknown): Work {
    const at = this.#clock.now();
    if (event === "conversation:sync") {
      const { conversationId, since } = given as VisitorAsks["conversation:sync"]["input"];
      return () => {
        const latest = this.store.latestOf(visitorId);
        const conversation =
          latest === null ? null : toVisitor(latest, latest.id === conversationId ? since : 0);
        return { answer: { ok: true, conversation, team: [] } };
      };
    }
    if (event === "conversation:start") {
      const { clientId, text } = given as VisitorAsks["conversation:start"]["input"];
      return () => {
        const started = this.store.start(visitorId, clientId, text, this.#ownerOf(visitorId), at);
        const { conversation } = started;
        return {
          answer: { ok: true, conversation: toVisitor(conversation, 0) },
          afterCommit: () => {
            if (started.isNew)
              this.#toVisitor(visitorId, "conversation:opened", { conversationId: conversation.id });
            this.#tellFacts(conversation, started.facts);
          },
        };
      };
    }
    if (event === "message:send") {
      const { conversationId, clientId, text } = given as VisitorAsks["message:send"]["input"];
      return () => {
        const writer = { kind: "visitor", id: visitorId } as const;
        const done = this.store.append(
          conversationId,
          writer,
          this.#idOf(clientId),
          { kind: "message", text },
          at,
        );
        return this.#answerSend(conversationId, done);
      };
    }
    if (event === "conversation:close") {
      const { conversationId } = given as VisitorAsks["conversation:close"]["input"];
      return () => {
        const conversation = this.store.conversations.get(conversationId);
        if (conversation?.visitorId !== visitorId) return { answer: { ok: false, code: "not_found" } };
        if (!conversation.isOpen) return { answer: { ok: true } };
        const fact = this.store.close(conversation, at);
        return { answer: { ok: true }, afterCommit: () => this.#tellFacts(conversation, [fact]) };
      };
    }
    return () => ({ answer: { ok: true } });
  }

  #repWork(repId: MemberId, peer: Peer, event: string, given: unknown): Work {
    const at = this.#clock.now();
    if (event === "console:sync") {
      const me = { id: repId } as TeamMember; // All that the models of this simulation look at.
      return () => ({
        answer: { ok: true, me, isAvailable: true, team: [], offers: [], mine: [], serverAt: at },
      });
    }
    if (event === "conversation:watch") {
      const { conversationId, since } = given as RepAsks["conversation:watch"]["input"];
      return () => {
        const conversation = this.store.conversations.get(conversationId);
        if (conversation === undefined) return { answer: { ok: false, code: "not_found" } };
        const peers = this.#watchers.get(conversationId) ?? new Set();
        this.#watchers.set(conversationId, peers.add(peer));
        return { answer: { ok: true, conversation: structuredClone(snapshotOf(conversation, since)) } };
      };
    }
    if (event === "message:send" || event === "note:add") {
      const { conversationId, clientId, text } = given as RepAsks["note:add"]["input"];
      const epoch = event === "note:add" ? null : (given as RepAsks["message:send"]["input"]).epoch;
      const kind = event === "note:add" ? "note" : "message";
      return () => {
        const writer = { kind: "rep", id: repId, epoch } as const;
        const done = this.store.append(conversationId, writer, this.#idOf(clientId), { kind, text }, at);
        return this.#answerSend(conversationId, done);
      };
    }
    return () => ({ answer: { ok: true } });
  }

  #answerSend(id: ConversationId, done: Appended): ReturnType<Work> {
    const conversation = this.store.conversations.get(id);
    if (!("fact" in done) || conversation === undefined) {
      const code = "fact" in done ? "not_found" : refusals[done.outcome];
      return { answer: { ok: false, code } };
    }
    const { seq, at } = done.fact;
    if (this.#flaw === "numbers_with_holes" && done.outcome === "stored" && seq % 5 === 0) done.fact.seq += 1;
    const facts = done.outcome === "stored" ? [done.fact] : [];
    return { answer: { ok: true, seq, at }, afterCommit: () => this.#tellFacts(conversation, facts) };
  }

  #idOf<I extends string>(clientId: I): I {
    return this.#flaw === "stores_repeats" ? (`${clientId}~${this.#seeded.below(1_000_000)}` as I) : clientId;
  }

  #tellFacts({ id, visitorId }: SimConversation, facts: readonly Fact[]) {
    if (facts.length === 0) return;
    const news = { conversationId: id, facts: facts.map(hideNote) };
    this.#toVisitor(visitorId, "fact:new", news);
    for (const peer of this.#watchers.get(id) ?? [])
      peer.tell("fact:new", { conversationId: id, facts: [...facts] });
  }

  #toVisitor(visitorId: VisitorId, event: string, news: object) {
    for (const peer of this.#visitors.get(visitorId) ?? []) peer.tell(event, news);
  }
}

function toVisitor(conversation: SimConversation, since: number) {
  const { visitorId: _, ...snapshot } = snapshotOf(conversation, since);
  return { ...snapshot, facts: snapshot.facts.map(hideNote), reps: [] };
}

export function hideNote(fact: Fact): VisitorFact {
  if (fact.body.kind !== "note") return fact as VisitorFact; // The note, the only difference, has just been excluded.
  return { seq: fact.seq, at: fact.at, by: { kind: "system" }, body: { kind: "hidden" } };
}
