import { describe, expect, test } from "vitest";
import type { ClientId, ConversationId, MemberId } from "../../shared/model/ids.ts";
import type { TeamMember } from "../../shared/model/people.ts";
import { ConnectionModel } from "./connection.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { createFakeChance, createFakeShelf } from "./fake-shelf.ts";
import { OutboxModel } from "./outbox.ts";

const me = "me" as MemberId;
const here = "conversation-1" as ConversationId;
const there = "conversation-2" as ConversationId;

function setUp(kept = new Map<string, string>(), prefix?: string) {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  const chance = createFakeChance(prefix);
  const shelf = createFakeShelf(kept);
  let seq = 0;
  const link = createFakeLink({
    "console:sync": () => ({
      ok: true,
      me: { id: me } as TeamMember,
      isAvailable: true,
      team: [],
      offers: [],
      mine: [],
      serverAt: clock.now(),
    }),
    "message:send": () => ({ ok: true, seq: ++seq, at: clock.now() }),
    "note:add": () => ({ ok: true, seq: ++seq, at: clock.now() }),
  });
  const connection = new ConnectionModel(link, clock, chance);
  const outbox = new OutboxModel(link, connection, clock, chance, shelf, me);
  const states = () => outbox.items.value.map((item) => item.state);
  const sent = () => link.inputsOf("message:send").map((input) => input.text);
  return { clock, link, connection, outbox, kept, states, sent };
}

const message = (text: string, epoch = 1) => ({ kind: "message", text, epoch }) as const;

describe("the outbox", () => {
  test("waits while there is no link and sends when it comes back", async () => {
    const { clock, link, outbox, states, sent } = setUp();
    outbox.add(here, message("one"));
    await settle();
    expect(states()).toEqual(["waiting"]);
    link.up();
    await clock.advance(0);
    expect(sent()).toEqual(["one"]);
    expect(states()).toEqual(["sent"]);
  });

  test("sends the messages of one conversation one at a time, in order, even when an answer is late", async () => {
    const { link, outbox, states, sent, clock } = setUp();
    const gates: (() => void)[] = [];
    link.answers["message:send"] = () =>
      new Promise((resolve) => gates.push(() => resolve({ ok: true, seq: gates.length, at: 0 })));
    link.up();
    await settle();
    outbox.add(here, message("one"));
    outbox.add(here, message("two"));
    await settle();
    expect(sent()).toEqual(["one"]);
    expect(states()).toEqual(["sending", "waiting"]);
    gates[0]?.();
    await clock.advance(0);
    expect(sent()).toEqual(["one", "two"]);
  });

  test("is not held up in one conversation by another", async () => {
    const { link, outbox, sent } = setUp();
    link.answers["message:send"] = () => new Promise(() => undefined);
    link.up();
    await settle();
    outbox.add(here, message("stuck"));
    outbox.add(there, message("free"));
    await settle();
    expect(sent()).toEqual(["stuck", "free"]);
  });

  test("repeats what may pass with growing delays, always under the same client id", async () => {
    const { link, outbox, clock, states } = setUp();
    link.answers["message:send"] = () => ({ ok: false, code: "internal" });
    link.up();
    await settle();
    outbox.add(here, message("one"));
    await settle();
    const tries = () => link.inputsOf("message:send").length;
    expect(tries()).toBe(1);
    await clock.advance(500);
    expect(tries()).toBe(2);
    await clock.advance(500);
    expect(tries()).toBe(2);
    await clock.advance(500);
    expect(tries()).toBe(3);
    expect(states()).toEqual(["waiting"]);
    expect(new Set(link.inputsOf("message:send").map((input) => input.clientId)).size).toBe(1);
  });

  test("obeys the server when it says how long to wait", async () => {
    const { link, outbox, clock } = setUp();
    link.answers["message:send"] = () => ({ ok: false, code: "too_many", retryAfterMs: 5_000 });
    link.up();
    await settle();
    outbox.add(here, message("one"));
    await clock.advance(4_900);
    expect(link.inputsOf("message:send")).toHaveLength(1);
    await clock.advance(200);
    expect(link.inputsOf("message:send")).toHaveLength(2);
  });

  test("keeps the words of a message that came too late, and sends them under the new epoch when asked", async () => {
    const { link, outbox, clock, states } = setUp();
    link.answers["message:send"] = ({ epoch }) =>
      epoch < 2 ? { ok: false, code: "stale_owner" } : { ok: true, seq: 1, at: 0 };
    link.up();
    await settle();
    outbox.add(here, message("too late"));
    await clock.advance(60_000);
    expect(link.inputsOf("message:send")).toHaveLength(1);
    expect(outbox.items.value[0]).toMatchObject({ state: "failed", problem: "stale_owner" });
    outbox.again(outbox.items.value[0]?.clientId as ClientId, 2);
    await settle();
    expect(link.inputsOf("message:send")[1]).toMatchObject({ text: "too late", epoch: 2 });
    expect(states()).toEqual(["sent"]);
  });

  test("a refused message does not hold up the next one", async () => {
    const { link, outbox, states } = setUp();
    link.answers["message:send"] = ({ text }) =>
      text === "bad" ? { ok: false, code: "invalid_input" } : { ok: true, seq: 1, at: 0 };
    link.up();
    await settle();
    outbox.add(here, message("bad"));
    outbox.add(here, message("good"));
    await settle();
    expect(states()).toEqual(["failed", "sent"]);
  });

  test("outlives a reload: what was under way is sent again under its own id", async () => {
    const first = setUp();
    first.link.answers["message:send"] = () => new Promise(() => undefined);
    first.link.up();
    await settle();
    first.outbox.add(here, message("on its way"));
    await settle();
    const second = setUp(first.kept, "other");
    expect(second.states()).toEqual(["waiting"]);
    second.link.up();
    await settle();
    expect(second.link.inputsOf("message:send")[0]).toMatchObject({
      text: "on its way",
      clientId: first.link.inputsOf("message:send")[0]?.clientId,
    });
    expect(second.kept.size).toBe(0);
  });

  test("drops what an older program left behind in another shape", () => {
    const kept = new Map([["foyer:outbox:me:x", '{"what":1}']]);
    const { outbox } = setUp(kept);
    expect(outbox.items.value).toEqual([]);
    expect(kept.size).toBe(0);
  });

  test("lets its copies go once the thread holds the facts", async () => {
    const { link, outbox } = setUp();
    link.up();
    await settle();
    outbox.add(here, message("one"));
    await settle();
    expect(outbox.items.value).toHaveLength(1);
    outbox.settle(here, 1, new Set());
    expect(outbox.items.value).toEqual([]);
  });
});
