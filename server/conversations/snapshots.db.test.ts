import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ThreadHead } from "../../shared/model/conversations.ts";
import type { Fact, FactKind, VisitorFact } from "../../shared/model/facts.ts";
import type { ClientId, MeetingId, MemberId } from "../../shared/model/ids.ts";
import { applyFacts, prependEarlier, type Thread } from "../../shared/sync/thread.ts";
import { createRoutingWorld } from "../routing/testing.ts";
import { announceFacts } from "./announce.ts";
import { appendFacts } from "./append-facts.ts";
import { closeConversation } from "./close-conversation.ts";
import { toVisitorFact } from "./fact-item.ts";
import { handOver } from "./hand-over.ts";
import { identifyVisitor } from "./identify-visitor.ts";
import { earlierFacts, repSnapshot, visitorSnapshot } from "./snapshots.ts";
import { findForRep } from "./store.ts";
import { type NewFact, storeFacts } from "./store-facts.ts";

let world: Awaited<ReturnType<typeof createRoutingWorld>>;
beforeAll(async () => {
  world = await createRoutingWorld();
});
afterAll(() => world.close());

/** A talk that the first rep of two owns, and what the test may do to it. */
async function ownedTalk() {
  const team = await world.addTeam(2);
  const talk = await world.startTalk(team);
  const [owner, colleague] = team.reps;
  if (owner === undefined || colleague === undefined) throw new Error("two were asked for");
  const offer = (await world.offers(talk.id)).find((one) => one.repId === owner);
  if (offer === undefined) throw new Error("everyone was asked");
  await world.accept(team, owner, offer.id);
  return { ...talk, team, owner, colleague };
}

type Talk = Awaited<ReturnType<typeof ownedTalk>>;

async function store(talk: Talk, fact: NewFact) {
  announceFacts(world.node().bus, talk, await storeFacts(world.db, talk, [fact]));
}

const meeting = { meetingId: randomUUID() as MeetingId, startAt: 1, endAt: 2 };
const asVisitor = ({ visitorId }: Talk) => ({ kind: "visitor", id: visitorId }) as const;
const asOwner = ({ owner }: Talk) => ({ kind: "rep", id: owner, epoch: 1 }) as const;

/** How each kind of fact comes about. Keyed by the model: a new kind without a line here does not compile. */
const causes: { [K in FactKind]: (talk: Talk) => Promise<unknown> } = {
  message: (talk) =>
    store(talk, {
      writer: asVisitor(talk),
      clientId: randomUUID() as ClientId,
      body: { kind: "message", text: "And <b>this</b> 💬" },
    }),
  note: (talk) => store(talk, { writer: asOwner(talk), body: { kind: "note", text: "Between us" } }),
  rep_left: (talk) => vanish(talk),
  rep_requested: (talk) => vanish(talk),
  rep_joined: (talk) =>
    handOver(
      { ...world.node(), presenceOf: async () => "available" },
      { ...talk, memberId: talk.owner },
      {
        conversationId: talk.id,
        epoch: 1,
        toId: talk.colleague,
        note: "Yours",
      },
    ),
  async request_fell_back(talk) {
    await world.leaveDesk(talk.colleague);
    await vanish(talk);
  },
  meeting_offered: (talk) =>
    store(talk, { writer: asOwner(talk), body: { kind: "meeting_offered", hostId: talk.colleague } }),
  meeting_booked: (talk) =>
    store(talk, {
      writer: asVisitor(talk),
      body: { kind: "meeting_booked", ...meeting, hostId: talk.owner },
    }),
  meeting_moved: (talk) =>
    store(talk, {
      writer: { kind: "system" },
      body: { kind: "meeting_moved", ...meeting, hostId: talk.owner },
    }),
  meeting_cancelled: (talk) =>
    store(talk, {
      writer: { kind: "system" },
      body: { kind: "meeting_cancelled", meetingId: meeting.meetingId, startAt: 1, by: "visitor" },
    }),
  visitor_identified: (talk) =>
    identifyVisitor(world.node(), talk, { conversationId: talk.id, name: "Ada", email: "ada@example.org" }),
  closed: (talk) => closeConversation(world.node(), { kind: "visitor", access: talk }, talk.id),
};

async function vanish(talk: Talk) {
  await world.leaveDesk(talk.owner);
  await world.after(91, { isSlow: true });
}

const cardsOf = async () => [];

async function fresh(talk: Pick<Talk, "id" | "workspaceId">, since = 0) {
  const row = await findForRep(world.db, talk.workspaceId, talk.id);
  if (row === null) throw new Error("the conversation is there");
  return {
    rep: await repSnapshot(world.db, row, since),
    visitor: await visitorSnapshot(world.db, row, since, cardsOf),
  };
}

/** What the reducer moves: head and facts. */
function core<F extends Fact | VisitorFact>(
  from: ThreadHead & { facts: readonly F[]; hasEarlier: boolean },
): Thread<F> {
  const { id, isOpen, ownerId, epoch, lastSeq, facts, hasEarlier } = from;
  return { id, isOpen, ownerId, epoch, lastSeq, facts, hasEarlier };
}

it.each(Object.keys(causes) as FactKind[])(
  "%s: an old snapshot and the facts since are a fresh snapshot, on both sides",
  async (kind) => {
    const talk = await ownedTalk();
    const before = await fresh(talk);
    world.node().news.length = 0;
    await causes[kind](talk);
    const told = world
      .node()
      .news.filter((one) => one.conversationId === talk.id)
      .flatMap(({ facts }) => facts);
    expect(told.map((fact) => fact.body.kind)).toContain(kind);
    const after = await fresh(talk);
    expect(after.rep.lastSeq).toBeGreaterThan(before.rep.lastSeq);

    // As news: in order, doubled and backwards alike.
    for (const heard of [told, [...told, ...told], told.toReversed()]) {
      const rep = applyFacts(core(before.rep), heard);
      expect(rep).toEqual({ thread: core(after.rep), missingSince: null });
      const visitor = applyFacts(core(before.visitor), heard.map(toVisitorFact));
      expect(visitor).toEqual({ thread: core(after.visitor), missingSince: null });
    }
    // By asking "since".
    const missed = await fresh(talk, before.rep.lastSeq);
    expect(applyFacts(core(before.rep), missed.rep.facts).thread).toEqual(core(after.rep));
    expect(applyFacts(core(before.visitor), missed.visitor.facts).thread).toEqual(core(after.visitor));
  },
);

it("a visitor is told that a note's number is taken, and nothing else of it", async () => {
  const talk = await ownedTalk();
  await causes.note(talk);
  const { visitor, rep } = await fresh(talk);
  expect(rep.facts.at(-1)).toMatchObject({
    body: { kind: "note", text: "Between us" },
    by: { id: talk.owner },
  });
  expect(visitor.facts.at(-1)).toEqual({
    seq: rep.lastSeq,
    at: expect.any(Number),
    by: { kind: "system" },
    body: { kind: "hidden" },
  });
});

it("a long conversation comes in pages that together are the whole, without a hole, however long its texts are", async () => {
  const team = await world.addTeam(1);
  const talk = await world.startTalk(team);
  const texts = Array.from({ length: 260 }, (_, index) => `${index} ${"x".repeat(index % 3 ? 3_900 : 10)}`);
  for (let start = 0; start < texts.length; start += 50) {
    await appendFacts(
      world.db,
      texts.slice(start, start + 50).map((text) => ({
        workspaceId: talk.workspaceId,
        conversationId: talk.id,
        writer: { kind: "visitor", id: talk.visitorId },
        clientId: randomUUID() as ClientId,
        body: { kind: "message", text },
      })),
    );
  }
  const row = await findForRep(world.db, talk.workspaceId, talk.id);
  if (row === null) throw new Error("the conversation is there");
  let thread = core(await repSnapshot(world.db, row, 0));
  const sizes = [JSON.stringify(thread.facts).length];
  while (thread.hasEarlier) {
    const page = await earlierFacts(world.db, row, thread.facts[0]?.seq ?? 0);
    expect(page.facts.length).toBeGreaterThan(0);
    sizes.push(JSON.stringify(page.facts).length);
    thread = prependEarlier(thread, page.facts, page.hasEarlier);
  }
  const seqs = Array.from({ length: row.lastSeq }, (_, index) => index + 1);
  expect(thread.facts.map((fact) => fact.seq)).toEqual(seqs);

  // A screen that fell far behind catches up in steps.
  let behind: Thread<Fact> = { ...thread, facts: thread.facts.slice(0, 1), lastSeq: 1, hasEarlier: false };
  while (behind.lastSeq < row.lastSeq) {
    const { facts } = await repSnapshot(world.db, row, behind.lastSeq);
    const next = applyFacts(behind, facts);
    expect(next.missingSince).toBeNull();
    expect(next.thread.lastSeq).toBeGreaterThan(behind.lastSeq);
    sizes.push(JSON.stringify(facts).length);
    behind = next.thread;
  }
  expect(behind.facts).toEqual(thread.facts);
  expect(Math.max(...sizes)).toBeLessThan(300_000);
});

it("many writers at once get numbers without holes, and a repeat its first number", async () => {
  const talk = await ownedTalk();
  const ids = Array.from({ length: 60 }, () => randomUUID() as ClientId);
  const send = (clientId: ClientId, who: "visitor" | MemberId) =>
    appendFacts(world.db, [
      {
        workspaceId: talk.workspaceId,
        conversationId: talk.id,
        writer:
          who === "visitor" ? { kind: "visitor", id: talk.visitorId } : { kind: "rep", id: who, epoch: 1 },
        clientId,
        body: { kind: "message", text: clientId },
      },
    ]);
  const rounds = await Promise.all(
    [...ids, ...ids].map((clientId, index) => send(clientId, index % 2 ? "visitor" : talk.owner)),
  );
  const answers = rounds.map(([answer]) => answer);
  const seqOf = (index: number) => {
    const answer = answers[index];
    return answer !== undefined && "seq" in answer ? answer.seq : null;
  };
  for (const index of ids.keys()) expect(seqOf(index)).toBe(seqOf(index + ids.length));
  expect(answers.filter((answer) => answer?.outcome === "stored")).toHaveLength(ids.length);
  const { rep } = await fresh(talk);
  expect(rep.facts.map((fact) => fact.seq)).toEqual(
    Array.from({ length: rep.lastSeq }, (_, index) => index + 1),
  );
  expect(rep.facts.filter((fact) => fact.clientId).length).toBe(ids.length + 1);
});
