import type { RepSnapshot } from "../../shared/model/conversations.ts";
import type { Author, Fact, Marks } from "../../shared/model/facts.ts";
import type { ClientId, ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";

/** What became of a write, as `append_facts` of the database judges it. */
export type Appended =
  | { outcome: "stored" | "repeated"; fact: Fact }
  | { outcome: "not_found" | "closed" | "stale_owner" };

export type SimConversation = {
  id: ConversationId;
  visitorId: VisitorId;
  isOpen: boolean;
  ownerId: MemberId | null;
  epoch: number;
  facts: Fact[];
  marks: Marks;
};

type Writer = { kind: "visitor"; id: VisitorId } | { kind: "rep"; id: MemberId; epoch: number | null };

/** The database's rules for facts, in memory: numbers without holes, one fact for one client id, one owner. */
export class SimStore {
  readonly conversations = new Map<ConversationId, SimConversation>();
  #count = 0;

  append(id: ConversationId, writer: Writer, clientId: ClientId, body: Fact["body"], at: number): Appended {
    const conversation = this.conversations.get(id);
    if (conversation === undefined) return { outcome: "not_found" };
    if (writer.kind === "visitor" && writer.id !== conversation.visitorId) return { outcome: "not_found" };
    const before = conversation.facts.find((fact) => fact.clientId === clientId);
    if (before !== undefined) return { outcome: "repeated", fact: before };
    if (!conversation.isOpen && body.kind !== "note") return { outcome: "closed" };
    if (writer.kind === "rep" && body.kind !== "note") {
      const isOwner = conversation.ownerId === writer.id && conversation.epoch === writer.epoch;
      if (!isOwner) return { outcome: "stale_owner" };
    }
    const by: Author = writer.kind === "visitor" ? { kind: "visitor" } : { kind: "rep", id: writer.id };
    return { outcome: "stored", fact: this.#add(conversation, { by, clientId, body }, at) };
  }

  /** The first words open a conversation; the same words again find it, whichever it was. */
  start(visitorId: VisitorId, clientId: ClientId, text: string, owner: MemberId, at: number) {
    const own = [...this.conversations.values()].filter((one) => one.visitorId === visitorId);
    const sentTo = own.find((one) => one.facts.some((fact) => fact.clientId === clientId));
    if (sentTo !== undefined) return { conversation: sentTo, facts: [], isNew: false };
    const open = own.find((one) => one.isOpen);
    const conversation = open ?? this.#create(visitorId);
    const first = this.#add(
      conversation,
      { by: { kind: "visitor" }, clientId, body: { kind: "message", text } },
      at,
    );
    if (open !== undefined) return { conversation, facts: [first], isNew: false };
    return { conversation, facts: [first, this.give(conversation, owner, at)], isNew: true };
  }

  give(conversation: SimConversation, repId: MemberId, at: number): Fact {
    conversation.ownerId = repId;
    conversation.epoch += 1;
    const { epoch } = conversation;
    return this.#add(
      conversation,
      { by: { kind: "system" }, body: { kind: "rep_joined", repId, how: "claimed", epoch } },
      at,
    );
  }

  close(conversation: SimConversation, at: number): Fact {
    const fact = this.#add(
      conversation,
      { by: { kind: "system" }, body: { kind: "closed", by: "visitor" } },
      at,
    );
    conversation.isOpen = false;
    return fact;
  }

  latestOf(visitorId: VisitorId): SimConversation | null {
    const own = [...this.conversations.values()].filter((one) => one.visitorId === visitorId);
    return own.find((one) => one.isOpen) ?? own.at(-1) ?? null;
  }

  #create(visitorId: VisitorId): SimConversation {
    const id = `conversation-${++this.#count}` as ConversationId; // Ids of the simulation.
    const marks = { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 };
    const conversation = { id, visitorId, isOpen: true, ownerId: null, epoch: 0, facts: [], marks };
    this.conversations.set(id, conversation);
    return conversation;
  }

  #add(conversation: SimConversation, fact: Omit<Fact, "seq" | "at">, at: number): Fact {
    const numbered: Fact = { seq: conversation.facts.length + 1, at, ...fact };
    conversation.facts.push(numbered);
    return numbered;
  }
}

/** As the server answers it: from 0 the latest hundred, from n all after n. */
export function snapshotOf(conversation: SimConversation, since: number): RepSnapshot {
  const { id, visitorId, isOpen, ownerId, epoch, marks } = conversation;
  const facts = since === 0 ? conversation.facts.slice(-100) : conversation.facts.slice(since);
  const hasEarlier = since === 0 && conversation.facts.length > 100;
  const lastSeq = conversation.facts.length;
  return {
    id,
    visitorId,
    isOpen,
    ownerId,
    epoch,
    lastSeq,
    facts,
    hasEarlier,
    marks: { ...marks },
    request: null,
  };
}
