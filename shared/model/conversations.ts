import type { Author, Fact, Marks, VisitorFact } from "./facts.ts";
import type { ConversationId, Instant, MemberId, OfferId, RequestId, VisitorId } from "./ids.ts";
import type { RepCard } from "./people.ts";

/** `finding`: reps are being asked. `joining`: one took it. `fallback`: nobody could; book or leave a message. */
export type RequestView =
  | { id: RequestId; state: "finding"; deadlineAt: Instant }
  | { id: RequestId; state: "fallback"; to: "meeting" | "message" };

/** The part of a conversation that facts move forward; see shared/sync. */
export type ThreadHead = {
  id: ConversationId;
  isOpen: boolean;
  ownerId: MemberId | null;
  /** Grows by one at each change of owner; a rep's write carries the one it saw. */
  epoch: number;
  lastSeq: number;
};

/** What a visitor's screen starts from. `facts` are the latest, oldest first; `hasEarlier` says that more exist. */
export type VisitorSnapshot = ThreadHead & {
  facts: VisitorFact[];
  hasEarlier: boolean;
  marks: Marks;
  request: RequestView | null;
  /** Everyone who ever spoke or owned here, by card. */
  reps: RepCard[];
};

/** What a rep's screen starts from. */
export type RepSnapshot = ThreadHead & {
  visitorId: VisitorId;
  facts: Fact[];
  hasEarlier: boolean;
  marks: Marks;
  request: RequestView | null;
};

/** A line of the console's conversation list. `unread` counts visitor messages above the reps' seen mark. */
export type ConversationSummary = ThreadHead & {
  visitor: { id: VisitorId; name: string | null; email: string | null; isOnline: boolean };
  /** The latest message's text, cut at 140 characters; null before the first. */
  preview: { text: string; by: Author } | null;
  unread: number;
  createdAt: Instant;
  activeAt: Instant;
  closedAt: Instant | null;
  isWaiting: boolean;
};

/** One rep's copy of a request that rings. */
export type OfferView = {
  id: OfferId;
  requestId: RequestId;
  conversationId: ConversationId;
  state: "alerting" | "claimed" | "declined" | "expired" | "withdrawn";
  visitor: {
    id: VisitorId;
    name: string | null;
    page: { url: string; title: string } | null;
    source: string;
  };
  /** The visitor's first words, cut at 280 characters. */
  text: string | null;
  offeredAt: Instant;
  expiresAt: Instant;
  /** Who took it, once somebody did. */
  takenBy: MemberId | null;
};
