import { describe, expect, it } from "vitest";
import type { VisitorSnapshot } from "../../../shared/model/conversations.ts";
import type { VisitorFact } from "../../../shared/model/facts.ts";
import type { ConversationId, MemberId, RequestId } from "../../../shared/model/ids.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import { fakeLink, settled } from "../fake-link.ts";
import { ThreadModel } from "./thread.ts";

const conversationId = "c1" as ConversationId;
const marks = { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 };
const fact = (seq: number): VisitorFact => ({
  seq,
  at: seq,
  by: { kind: "visitor" },
  body: { kind: "message", text: `${seq}` },
});
const facts = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => fact(from + at));

function snapshot(held: VisitorFact[], more: Partial<VisitorSnapshot> = {}): VisitorSnapshot {
  return {
    id: conversationId,
    isOpen: true,
    ownerId: null,
    epoch: 0,
    lastSeq: held.at(-1)?.seq ?? 0,
    facts: held,
    hasEarlier: (held[0]?.seq ?? 1) > 1,
    marks,
    request: null,
    reps: [],
    ...more,
  };
}
/** A server that holds `all` and answers as the contract says. */
function server(all: VisitorFact[], more: Partial<VisitorSnapshot> = {}) {
  return fakeLink({
    "conversation:sync": ({ since }) => ({
      ok: true,
      conversation: snapshot(
        all.filter(({ seq }) => seq > since),
        { lastSeq: all.at(-1)?.seq ?? 0, ...more },
      ),
      team: [],
    }),
    "conversation:history": ({ before }) => ({
      ok: true,
      facts: all.filter(({ seq }) => seq < before).slice(-2),
      hasEarlier: before > 3,
    }),
  });
}
const seqs = (model: ThreadModel) => model.thread.value?.facts.map(({ seq }) => seq);
const rep: RepCard = {
  id: "r1" as MemberId,
  firstName: "Nora",
  lastName: "Lind",
  jobTitle: "Engineer",
  photoUrl: null,
  presence: "available",
};

describe("the thread", () => {
  it("takes facts as they come", async () => {
    const fake = server(facts(1, 2));
    const model = new ThreadModel(fake.link);
    await model.sync();
    fake.news("fact:new", { conversationId, facts: [fact(3)] });
    fake.news("fact:new", { conversationId, facts: [fact(3), fact(4)] });
    expect(seqs(model)).toEqual([1, 2, 3, 4]);
  });

  it("keeps the state of the request when an answer comes that newer facts have overtaken", async () => {
    const fake = server(facts(1, 3));
    const model = new ThreadModel(fake.link);
    await model.sync();
    const id = "q1" as RequestId;
    fake.news("request:changed", { conversationId, request: { id, state: "fallback", to: "meeting" } });
    model.adopt(snapshot(facts(1, 2), { request: { id, state: "finding", deadlineAt: 9 } }));
    expect(model.request.value?.state).toBe("fallback");
  });

  it("asks for what is missing when a fact leaves a hole, and ends whole", async () => {
    const all = facts(1, 2);
    const fake = server(all);
    const model = new ThreadModel(fake.link);
    await model.sync();
    all.push(...facts(3, 6));
    fake.news("fact:new", { conversationId, facts: [fact(6)] });
    expect(seqs(model)).toEqual([1, 2]);
    await settled();
    expect(fake.asked.at(-1)).toEqual({ event: "conversation:sync", input: { conversationId, since: 2 } });
    expect(seqs(model)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("begins anew when more was missed than one answer holds", async () => {
    const fake = server(facts(1, 2));
    const model = new ThreadModel(fake.link);
    await model.sync();
    fake.answers["conversation:sync"] = () => ({ ok: true, conversation: snapshot(facts(50, 60)), team: [] });
    await model.sync();
    expect(seqs(model)).toEqual(facts(50, 60).map(({ seq }) => seq));
    expect(model.thread.value?.hasEarlier).toBe(true);
  });

  it("is not set back by an answer that was overtaken by news", async () => {
    let answer: (() => void) | undefined;
    const fake = server(facts(1, 2));
    const model = new ThreadModel(fake.link);
    await model.sync();
    fake.answers["conversation:sync"] = () =>
      new Promise((resolve) => {
        answer = () => resolve({ ok: true, conversation: snapshot([], { lastSeq: 2 }), team: [] });
      });
    const asking = model.sync();
    await settled();
    fake.news("fact:new", { conversationId, facts: [fact(3)] });
    answer?.();
    await asking;
    expect(seqs(model)).toEqual([1, 2, 3]);
  });

  it("asks once when several things ask at the same time", async () => {
    const fake = server(facts(1, 2));
    const model = new ThreadModel(fake.link);
    await Promise.all([model.sync(), model.sync()]);
    expect(fake.asked).toHaveLength(1);
  });

  it("loads earlier facts in front", async () => {
    const all = facts(1, 6);
    const fake = server(all);
    fake.answers["conversation:sync"] = () => ({ ok: true, conversation: snapshot(facts(5, 6)), team: [] });
    const model = new ThreadModel(fake.link);
    await model.sync();
    await model.loadEarlier();
    expect(seqs(model)).toEqual([3, 4, 5, 6]);
    await model.loadEarlier();
    expect(seqs(model)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(model.thread.value?.hasEarlier).toBe(false);
  });

  it("moves to the conversation that a rep opened", async () => {
    const fake = server([]);
    fake.answers["conversation:sync"] = () => ({ ok: true, conversation: null, team: [rep] });
    const model = new ThreadModel(fake.link);
    await model.sync();
    expect(model.thread.value).toBeNull();
    fake.answers["conversation:sync"] = () => ({
      ok: true,
      conversation: snapshot(facts(1, 1)),
      team: [rep],
    });
    fake.news("conversation:opened", { conversationId });
    await settled();
    expect(seqs(model)).toEqual([1]);
  });

  it("keeps a closed conversation off the screen once it was put away", async () => {
    const fake = server(facts(1, 2), { isOpen: false });
    const model = new ThreadModel(fake.link);
    await model.sync();
    model.putAway();
    await model.sync();
    expect(model.thread.value).toBeNull();
  });

  it("learns that a face has gone away, in the team too", async () => {
    const fake = server([]);
    fake.answers["conversation:sync"] = () => ({ ok: true, conversation: null, team: [rep] });
    const model = new ThreadModel(fake.link);
    await model.sync();
    fake.news("rep:changed", { reps: [{ ...rep, presence: "away" }] });
    expect(model.team.value[0]?.presence).toBe("away");
    expect(model.cards.value.get(rep.id)?.presence).toBe("away");
  });

  it("shows those who answer on the site now, and keeps the cards of who no longer does", async () => {
    const fake = server([]);
    fake.answers["conversation:sync"] = () => ({ ok: true, conversation: null, team: [rep] });
    const model = new ThreadModel(fake.link);
    await model.sync();
    const other = { ...rep, id: "r9" as MemberId };
    fake.news("team:changed", { team: [other] });
    expect(model.team.value).toEqual([other]);
    expect([...model.cards.value.keys()]).toEqual([rep.id, other.id]);
  });

  it("ignores news of another conversation's request and marks", async () => {
    const fake = server(facts(1, 1));
    const model = new ThreadModel(fake.link);
    await model.sync();
    fake.news("marks:changed", { conversationId: "c9" as ConversationId, marks: { ...marks, repSeen: 1 } });
    expect(model.marks.value.repSeen).toBe(0);
    fake.news("marks:changed", { conversationId, marks: { ...marks, repSeen: 1 } });
    expect(model.marks.value.repSeen).toBe(1);
  });
});
