import type { Kysely } from "kysely";
import type { RepSnapshot, VisitorSnapshot } from "../../shared/model/conversations.ts";
import type { Fact } from "../../shared/model/facts.ts";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { RepCard } from "../../shared/model/people.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Database } from "../db/tables.ts";
import { toVisitorFact } from "./fact-item.ts";
import { type ConversationRow, factsBetween, repIdsOf, requestView } from "./store.ts";

/** Cards of members of a workspace, with their presence now. */
export type CardsOf = (workspaceId: WorkspaceId, ids: readonly MemberId[]) => Promise<RepCard[]>;

/** The most facts of one catch-up; a screen further behind asks again. */
const mostCaughtUp = 500;
/** Long messages fill an answer sooner: one that exceeds what may wait for a slow reader would cut it again and again. */
const mostChars = 150_000;

export async function visitorSnapshot(
  db: Kysely<Database>,
  conversation: ConversationRow,
  since: number,
  cardsOf: CardsOf,
): Promise<VisitorSnapshot> {
  const { facts, hasEarlier } = await factsSince(db, conversation, since);
  const ids = await repIdsOf(db, conversation.id);
  return {
    ...head(conversation),
    facts: facts.map(toVisitorFact),
    hasEarlier,
    marks: conversation.marks,
    request: conversation.isOpen ? await requestView(db, conversation.id) : null,
    reps: await cardsOf(conversation.workspaceId, ids),
  };
}

export async function repSnapshot(
  db: Kysely<Database>,
  conversation: ConversationRow,
  since: number,
): Promise<RepSnapshot> {
  const { facts, hasEarlier } = await factsSince(db, conversation, since);
  return {
    ...head(conversation),
    visitorId: conversation.visitorId,
    facts,
    hasEarlier,
    marks: conversation.marks,
    request: conversation.isOpen ? await requestView(db, conversation.id) : null,
  };
}

/** A page of what came before `before`. */
export async function earlierFacts(
  db: Kysely<Database>,
  conversation: ConversationRow,
  before: number,
): Promise<{ facts: Fact[]; hasEarlier: boolean }> {
  const range = {
    after: 0,
    upTo: Math.min(before - 1, conversation.lastSeq),
    most: limits.pageFacts,
    latest: true,
  };
  const facts = latestThatFit(await factsBetween(db, conversation.id, range));
  return { facts, hasEarlier: (facts[0]?.seq ?? 1) > 1 };
}

/** From 0: the latest page. From n: all after n. Never past the head just read, so that head and facts agree. */
async function factsSince(db: Kysely<Database>, conversation: ConversationRow, since: number) {
  const upTo = conversation.lastSeq;
  if (since >= upTo && since > 0) return { facts: [], hasEarlier: false };
  if (since > 0) {
    const missed = { after: since, upTo, most: mostCaughtUp, latest: false };
    return { facts: firstThatFit(await factsBetween(db, conversation.id, missed)), hasEarlier: false };
  }
  const page = { after: 0, upTo, most: limits.pageFacts, latest: true };
  const facts = latestThatFit(await factsBetween(db, conversation.id, page));
  return { facts, hasEarlier: (facts[0]?.seq ?? 1) > 1 };
}

/** At least one; the others as long as their texts fit into one answer. */
function firstThatFit(facts: readonly Fact[]): Fact[] {
  let chars = 0;
  const end = facts.findIndex(({ body }, index) => {
    chars += "text" in body ? body.text.length : 0;
    return index > 0 && chars > mostChars;
  });
  return end < 0 ? [...facts] : facts.slice(0, end);
}

function latestThatFit(facts: readonly Fact[]): Fact[] {
  return firstThatFit(facts.toReversed()).reverse();
}

function head(conversation: ConversationRow) {
  const { id, isOpen, ownerId, epoch, lastSeq } = conversation;
  return { id, isOpen, ownerId, epoch, lastSeq };
}
