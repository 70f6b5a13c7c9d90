import { beforeEach, describe, expect, it } from "vitest";
import type { VisitorSnapshot } from "../../../shared/model/conversations.ts";
import type { VisitorFact } from "../../../shared/model/facts.ts";
import type { ClientId, ConversationId } from "../../../shared/model/ids.ts";
import { fakeClock, fakeLink, settled } from "../fake-link.ts";
import type { Kept } from "../host.ts";
import { OutboxModel } from "./outbox.ts";
import { ThreadModel } from "./thread.ts";

const start = Date.UTC(2026, 2, 10, 12);
const conversationId = "c1" as ConversationId;

function conversation(facts: VisitorFact[] = [], isOpen = true, id = conversationId): VisitorSnapshot {
  return {
    id,
    isOpen,
    ownerId: null,
    epoch: 0,
    lastSeq: facts.at(-1)?.seq ?? 0,
    facts,
    hasEarlier: false,
    marks: { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 },
    request: null,
    reps: [],
  };
}
const said = (seq: number, clientId: string): VisitorFact => ({
  seq,
  at: start,
  by: { kind: "visitor" },
  clientId: clientId as ClientId,
  body: { kind: "message", text: clientId },
});

let values: Map<string, string>;
let kept: Kept;
let time: ReturnType<typeof fakeClock>;
beforeEach(() => {
  values = new Map();
  kept = {
    get: (name) => values.get(name) ?? null,
    set: (name, value) => void (value === null ? values.delete(name) : values.set(name, value)),
  };
  time = fakeClock(start);
});

type Fake = ReturnType<typeof fakeLink>;

async function open(fake: Fake) {
  const thread = new ThreadModel(fake.link);
  let ids = 0;
  const outbox = new OutboxModel({
    link: fake.link,
    thread,
    kept,
    clock: time.clock,
    clientId: () => `id${++ids}` as ClientId,
  });
  await thread.sync();
  await settled();
  return {
    thread,
    outbox,
    states: () => outbox.messages.value.map(({ text, state }) => `${text}: ${state}`),
  };
}
const sends = (fake: Fake) =>
  fake.asked.flatMap(({ event, input }) =>
    event === "message:send" || event === "conversation:start"
      ? [`${event} ${(input as { clientId: string }).clientId}`]
      : [],
  );
const withOpen = (facts: VisitorFact[] = []) => ({
  "conversation:sync": () => ({ ok: true as const, conversation: conversation(facts), team: [] }),
});

describe("the outbox", () => {
  it("sends one message at a time, in order", async () => {
    const answers: (() => void)[] = [];
    const fake = fakeLink({
      ...withOpen(),
      "message:send": () =>
        new Promise((resolve) => answers.push(() => resolve({ ok: true, seq: answers.length, at: start }))),
    });
    const { outbox, states } = await open(fake);
    outbox.send("one");
    outbox.send("two");
    await settled();
    expect(sends(fake)).toEqual(["message:send id1"]);
    expect(states()).toEqual(["one: sending", "two: waiting"]);
    answers[0]?.();
    await settled();
    expect(sends(fake)).toEqual(["message:send id1", "message:send id2"]);
    expect(states()).toEqual(["one: sent", "two: sending"]);
  });

  it("drops its copy when the fact with its id arrives", async () => {
    const fake = fakeLink({ ...withOpen(), "message:send": () => ({ ok: true, seq: 1, at: start }) });
    const { outbox, states } = await open(fake);
    outbox.send("one");
    await settled();
    expect(states()).toEqual(["one: sent"]);
    fake.news("fact:new", { conversationId, facts: [said(1, "id1")] });
    expect(states()).toEqual([]);
  });

  it("waits while there is no line, and sends when it is back", async () => {
    const fake = fakeLink({ ...withOpen(), "message:send": () => ({ ok: true, seq: 1, at: start }) });
    const { outbox, states } = await open(fake);
    fake.setUp(false);
    outbox.send("one");
    await time.pass(60_000);
    expect(states()).toEqual(["one: waiting"]);
    fake.setUp(true);
    await settled();
    expect(states()).toEqual(["one: sent"]);
  });

  it("waits until it knows whether there is a conversation", async () => {
    const fake = fakeLink({ "message:send": () => ({ ok: true, seq: 1, at: start }) });
    const { outbox, thread } = await open(fake);
    outbox.send("one");
    await settled();
    expect(sends(fake)).toEqual([]);
    fake.answers["conversation:sync"] = withOpen()["conversation:sync"];
    await thread.sync();
    await settled();
    expect(sends(fake)).toEqual(["message:send id1"]);
  });

  it("opens a conversation with the first message", async () => {
    const fake = fakeLink({
      "conversation:sync": () => ({ ok: true, conversation: null, team: [] }),
      "conversation:start": ({ clientId }) => ({ ok: true, conversation: conversation([said(1, clientId)]) }),
      "message:send": () => ({ ok: true, seq: 2, at: start }),
    });
    const { outbox, thread } = await open(fake);
    outbox.send("one");
    outbox.send("two");
    await settled();
    expect(sends(fake)).toEqual(["conversation:start id1", "message:send id2"]);
    expect(thread.thread.value?.id).toBe(conversationId);
  });

  it("tries again with the same id and a growing delay when an answer is lost", async () => {
    const fake = fakeLink({ ...withOpen(), "message:send": () => ({ ok: false, code: "unavailable" }) });
    const { outbox, states } = await open(fake);
    outbox.send("one");
    await settled();
    expect(states()).toEqual(["one: waiting"]);
    const counts: number[] = [];
    for (const wait of [999, 1, 1_999, 1, 3_999, 1]) {
      await time.pass(wait);
      counts.push(sends(fake).length);
    }
    expect(counts).toEqual([1, 2, 2, 3, 3, 4]);
    // It may be stored, in a conversation that is over by now: a start looks through all of them.
    expect(sends(fake)).toEqual(["message:send id1", ...Array(3).fill("conversation:start id1")]);
  });

  it("lets go of words that were stored in a conversation no longer on the screen", async () => {
    const next = "c2" as ConversationId;
    const fake = fakeLink({ ...withOpen(), "message:send": () => ({ ok: true, seq: 1, at: start }) });
    const { outbox, thread, states } = await open(fake);
    outbox.send("one");
    await settled();
    expect(states()).toEqual(["one: sent"]);
    thread.adopt(conversation([], true, next));
    expect(states()).toEqual([]);
  });

  it("words found in an old conversation do not bring it back over the open one", async () => {
    let tries = 0;
    const fake = fakeLink({
      ...withOpen(),
      "message:send": () => {
        tries += 1;
        return { ok: false, code: "unavailable" };
      },
      "conversation:start": ({ clientId }) => ({
        ok: true,
        conversation: conversation([said(1, clientId)], false, "old" as ConversationId),
      }),
    });
    const { outbox, thread } = await open(fake);
    outbox.send("one");
    await time.pass(1_000);
    expect(tries).toBe(1);
    expect(thread.thread.value?.id).toBe(conversationId);
    expect(outbox.messages.value).toEqual([]);
  });

  it("waits as long as the server asks", async () => {
    const fake = fakeLink({
      ...withOpen(),
      "message:send": () => ({ ok: false, code: "too_many", retryAfterMs: 20_000 }),
    });
    const { outbox } = await open(fake);
    outbox.send("one");
    await time.pass(19_000);
    expect(sends(fake)).toHaveLength(1);
    await time.pass(1_000);
    expect(sends(fake)).toHaveLength(2);
  });

  it("says so when a message is refused for good, goes on with the next, and may be told to retry or discard", async () => {
    const fake = fakeLink({
      ...withOpen(),
      "message:send": ({ text }) =>
        text === "bad" ? { ok: false, code: "invalid_input" } : { ok: true, seq: 1, at: start },
    });
    const { outbox, states } = await open(fake);
    outbox.send("bad");
    outbox.send("good");
    await settled();
    expect(states()).toEqual(["bad: failed", "good: sent"]);
    outbox.retry("id1" as ClientId);
    await settled();
    expect(sends(fake)).toHaveLength(3);
    outbox.discard("id1" as ClientId);
    expect(states()).toEqual(["good: sent"]);
  });

  it("carries words that met a closed conversation into a new one", async () => {
    const fake = fakeLink({
      ...withOpen(),
      "message:send": () => ({ ok: false, code: "conversation_closed" }),
      "conversation:start": ({ clientId }) => ({
        ok: true,
        conversation: conversation([said(1, clientId)], true, "c2" as ConversationId),
      }),
    });
    const { outbox, thread } = await open(fake);
    outbox.send("one");
    await settled();
    expect(sends(fake)).toEqual(["message:send id1", "conversation:start id1"]);
    expect(thread.thread.value?.id).toBe("c2");
    expect(outbox.messages.value).toEqual([]);
  });

  it("keeps unsent messages across a reload, and forgets sent ones", async () => {
    const down = fakeLink(withOpen(), false);
    const first = await open(down);
    first.outbox.send("one");
    const fake = fakeLink({
      ...withOpen(),
      "conversation:start": ({ clientId }) => ({ ok: true, conversation: conversation([said(1, clientId)]) }),
    });
    const second = await open(fake);
    await settled();
    expect(sends(fake)).toEqual(["conversation:start id1"]);
    expect(second.states()).toEqual([]);
    expect(values.get("outbox")).toBeUndefined();
  });

  it("leaves alone what another tab keeps in the same place", async () => {
    const fake = fakeLink({ ...withOpen(), "message:send": () => ({ ok: true, seq: 1, at: start }) });
    const { outbox } = await open(fake);
    values.set(
      "outbox",
      JSON.stringify([{ clientId: "other", text: "theirs", at: start, state: "waiting" }]),
    );
    outbox.send("one");
    await settled();
    expect(values.get("outbox")).toContain("theirs");
    expect(values.get("outbox")).not.toContain("one");
  });

  it("starts empty when what was kept cannot be read", async () => {
    values.set("outbox", "{nonsense");
    const { states } = await open(fakeLink(withOpen()));
    expect(states()).toEqual([]);
  });
});
