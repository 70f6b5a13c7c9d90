import type { ConversationSummary, OfferView, RepSnapshot, RequestView } from "../model/conversations.ts";
import type { Fact, Marks } from "../model/facts.ts";
import type { ClientId, ConversationId, Instant, MemberId, OfferId, VisitorId } from "../model/ids.ts";
import type { BoardVisitor, PageView, TeamMember } from "../model/people.ts";
import type { DecisionLine } from "../model/routing.ts";
import type { Answer } from "./errors.ts";

/** What the console's handshake carries in `auth`; the session itself travels in the cookie. */
export type RepAuth = { version: number };

/** `mine`: open and owned by me. `team`: open, of anyone or of nobody yet. `closed`: the latest closed ones. */
export type ConversationView = "mine" | "team" | "closed";

export type SessionEnd = "signed_out" | "deactivated" | "role_changed";

export type VisitorProfile = BoardVisitor & {
  firstSeenAt: Instant;
  /** Pages of the latest visit, oldest first. */
  visitPages: PageView[];
  earlier: { id: ConversationId; createdAt: Instant; closedAt: Instant | null; preview: string | null }[];
};

/** Questions of a console on `/rep`, each answered by `Answer<...>`. */
export type RepAsks = {
  /** Everything a console starts from, and starts from again after a lost link. */
  "console:sync": {
    input: object;
    answer: {
      me: TeamMember;
      isAvailable: boolean;
      team: TeamMember[];
      offers: OfferView[];
      mine: ConversationSummary[];
      serverAt: Instant;
    };
  };
  "availability:set": { input: { isAvailable: boolean }; answer: object };
  /** The whole board now; changes follow as `board:changed` until `board:unwatch` or the link ends. */
  "board:watch": { input: object; answer: { visitors: BoardVisitor[] } };
  "board:unwatch": { input: object; answer: object };
  "visitor:show": { input: { visitorId: VisitorId }; answer: { profile: VisitorProfile } };
  /** Opens a conversation with the first words to the visitor, owned by me. `taken` when somebody owns one already. */
  "visitor:pounce": {
    input: { visitorId: VisitorId; clientId: ClientId; text: string };
    answer: { conversationId: ConversationId };
  };
  /** First claim wins; the others get `taken` with `takenBy`. */
  "offer:accept": { input: { offerId: OfferId }; answer: { conversationId: ConversationId } };
  "offer:decline": { input: { offerId: OfferId }; answer: object };
  "conversation:list": {
    input: { view: ConversationView; before: Instant | null };
    answer: { conversations: ConversationSummary[]; hasMore: boolean };
  };
  /** The conversation from `since` on, and its news from now on. Also the tail check. */
  "conversation:watch": {
    input: { conversationId: ConversationId; since: number };
    answer: { conversation: RepSnapshot };
  };
  "conversation:unwatch": { input: { conversationId: ConversationId }; answer: object };
  "conversation:history": {
    input: { conversationId: ConversationId; before: number };
    answer: { facts: Fact[]; hasEarlier: boolean };
  };
  /** Makes me the owner of an open conversation that has none. */
  "conversation:take": { input: { conversationId: ConversationId }; answer: { epoch: number } };
  "conversation:hand_over": {
    input: { conversationId: ConversationId; epoch: number; toId: MemberId; note: string };
    answer: object;
  };
  "conversation:close": { input: { conversationId: ConversationId; epoch: number }; answer: object };
  /** Stored before it is answered. Refusals: `stale_owner`, `conversation_closed`. */
  "message:send": {
    input: { conversationId: ConversationId; epoch: number; clientId: ClientId; text: string };
    answer: { seq: number; at: Instant };
  };
  /** For reps only; any rep of the workspace may add one, also to a closed conversation. */
  "note:add": {
    input: { conversationId: ConversationId; clientId: ClientId; text: string };
    answer: { seq: number; at: Instant };
  };
  /** Puts a booker into the chat: of one host, or of any of the team (null). */
  "meeting:offer": {
    input: { conversationId: ConversationId; epoch: number; clientId: ClientId; hostId: MemberId | null };
    answer: { seq: number; at: Instant };
  };
  "marks:set": { input: { conversationId: ConversationId; delivered: number; seen: number }; answer: object };
  /** Why the conversation went where it went: the decision log, oldest first. */
  "conversation:why": { input: { conversationId: ConversationId }; answer: { lines: DecisionLine[] } };
};

export type RepTells = {
  "typing:set": { conversationId: ConversationId; isTyping: boolean };
};

/** What the server tells a console. Only facts are numbered; the rest is repaired by `console:sync`. */
export type RepNews = {
  "fact:new": { conversationId: ConversationId; facts: Fact[] };
  /** A line of the list changed, or is new. Sent to every console of the workspace. */
  "conversation:changed": { conversation: ConversationSummary };
  "request:changed": { conversationId: ConversationId; request: RequestView | null };
  "marks:changed": { conversationId: ConversationId; marks: Marks };
  "typing:changed": { conversationId: ConversationId; by: "visitor" | MemberId; isTyping: boolean };
  /** Mine only. A ringing one, or what became of it. */
  "offer:changed": { offer: OfferView };
  "team:changed": { team: TeamMember[] };
  "board:changed": { changed: BoardVisitor[]; gone: VisitorId[] };
  /** A meeting was booked, moved or cancelled: load the list again. */
  "meeting:changed": { hostId: MemberId };
  /** Teams and invitations, or the workspace itself, were changed by an admin: whoever shows them loads them again. */
  "settings:changed": { of: "people" | "workspace" | "connections" | "meeting_types" };
  /**
   * This link is over. With `role_changed` the session goes on: the console asks for it again and starts anew; else it shows
   * the sign-in and says why.
   */
  "session:ended": { because: SessionEnd };
};

export type RepToServer = {
  [E in keyof RepAsks]: (
    input: RepAsks[E]["input"],
    answer: (answer: Answer<RepAsks[E]["answer"]>) => void,
  ) => void;
} & { [E in keyof RepTells]: (input: RepTells[E]) => void };

export type ServerToRep = { [E in keyof RepNews]: (news: RepNews[E]) => void };
