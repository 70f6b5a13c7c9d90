import type { RequestView, VisitorSnapshot } from "../model/conversations.ts";
import type { Marks, VisitorFact } from "../model/facts.ts";
import type { ClientId, ConversationId, Instant, MemberId } from "../model/ids.ts";
import type { RepCard } from "../model/people.ts";
import type { Answer } from "./errors.ts";

/** What the visitor's handshake carries in `auth`. `credential` is what the first beacon handed out. */
export type VisitorAuth = { version: number; credential: string };

/** Questions of a visitor's frame on `/visitor`, each answered by `Answer<...>`. */
export type VisitorAsks = {
  /**
   * The current conversation from `since` on: the open one, else the latest closed one, else null. Also joins its room.
   * With `conversationId` null and `since` 0 it is the first load; the same question is the tail check.
   */
  "conversation:sync": {
    input: { conversationId: ConversationId | null; since: number };
    answer: { conversation: VisitorSnapshot | null; team: RepCard[] };
  };
  /** Facts before `before`, oldest first, at most `limits.pageFacts`. */
  "conversation:history": {
    input: { conversationId: ConversationId; before: number };
    answer: { facts: VisitorFact[]; hasEarlier: boolean };
  };
  /** Opens a conversation with its first message and asks for a person, once: a repeat with the same client id is the same one. */
  "conversation:start": {
    input: { clientId: ClientId; text: string };
    answer: { conversation: VisitorSnapshot };
  };
  /** Stored before it is answered. Refusals: `conversation_closed` (start a new one), `too_many`. */
  "message:send": {
    input: { conversationId: ConversationId; clientId: ClientId; text: string };
    answer: { seq: number; at: Instant };
  };
  /** Asks for a person again after a fallback. */
  "request:again": { input: { conversationId: ConversationId }; answer: { request: RequestView } };
  "visitor:identify": {
    input: { conversationId: ConversationId | null; name: string | null; email: string | null };
    answer: object;
  };
  "conversation:close": { input: { conversationId: ConversationId }; answer: object };
  "marks:set": { input: { conversationId: ConversationId; delivered: number; seen: number }; answer: object };
};

/** Told without an answer; may be lost. */
export type VisitorTells = {
  "typing:set": { conversationId: ConversationId; isTyping: boolean };
};

/** What the server tells a visitor. Everything but facts may be lost and is repaired by the next sync. */
export type VisitorNews = {
  "fact:new": { conversationId: ConversationId; facts: VisitorFact[] };
  /** A conversation was opened for this visitor (a rep wrote first, or another tab did): sync. */
  "conversation:opened": { conversationId: ConversationId };
  "request:changed": { conversationId: ConversationId; request: RequestView | null };
  "marks:changed": { conversationId: ConversationId; marks: Marks };
  "typing:changed": { conversationId: ConversationId; repId: MemberId; isTyping: boolean };
  /** New or changed cards: of the conversation's reps, or the faces of the team. */
  "rep:changed": { reps: RepCard[] };
  /** Who answers on this site now, in the place of the team of the last sync. */
  "team:changed": { team: RepCard[] };
};

export type VisitorToServer = {
  [E in keyof VisitorAsks]: (
    input: VisitorAsks[E]["input"],
    answer: (answer: Answer<VisitorAsks[E]["answer"]>) => void,
  ) => void;
} & { [E in keyof VisitorTells]: (input: VisitorTells[E]) => void };

export type ServerToVisitor = { [E in keyof VisitorNews]: (news: VisitorNews[E]) => void };
