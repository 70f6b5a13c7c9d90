import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { RepSnapshot } from "../../shared/model/conversations.ts";
import type { Fact } from "../../shared/model/facts.ts";
import type { ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { TeamMember } from "../../shared/model/people.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Attention } from "../ports.ts";
import { ConnectionModel } from "./connection.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { createFakeChance, createFakeShelf } from "./fake-shelf.ts";
import { OutboxModel } from "./outbox.ts";
import { ThreadModel } from "./thread.ts";

const me = "me" as MemberId;
const colleague = "colleague" as MemberId;
const id = "conversation-1" as ConversationId;
const start = Date.UTC(2026, 10, 23, 9);

const said = (seq: number, text = `words ${seq}`): Fact => ({
  seq,
  at: start + seq,
  by: { kind: "visitor" },
  body: { kind: "message", text },
});

function setUp(stored: Fact[] = [said(1), said(2)], change: Partial<RepSnapshot> = {}) {
  const clock = createFakeClock(start);
  const chance = createFakeChance();
  const server = { facts: stored, owner: me as MemberId | null, epoch: 1 };
  const isHere = signal(true);
  const attention: Attention = { isHere: () => isHere.value, onChange: (listen) => isHere.subscribe(listen) };
  const snapshot = (since: number): RepSnapshot => {
    const facts =
      since === 0 ? server.facts.slice(-limits.pageFacts) : server.facts.filter((f) => f.seq > since);
    return {
      id,
      isOpen: true,
      ownerId: server.owner,
      epoch: server.epoch,
      lastSeq: server.facts.length,
      visitorId: "visitor" as VisitorId,
      facts: facts.slice(0, limits.pageFacts),
      hasEarlier: (facts[0]?.seq ?? 1) > 1,
      marks: { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 },
      request: null,
      ...change,
    };
  };
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
    "conversation:watch": ({ since }) => ({ ok: true, conversation: snapshot(since) }),
    "conversation:unwatch": () => ({ ok: true }),
    "conversation:history": ({ before }) => {
      const facts = server.facts.filter((fact) => fact.seq < before).slice(-limits.pageFacts);
      return { ok: true, facts, hasEarlier: (facts[0]?.seq ?? 1) > 1 };
    },
    "marks:set": () => ({ ok: true }),
    "message:send": ({ text, clientId }) => {
      const fact: Fact = {
        seq: server.facts.length + 1,
        at: clock.now(),
        by: { kind: "rep", id: me },
        clientId,
        body: { kind: "message", text },
      };
      server.facts = [...server.facts, fact];
      return { ok: true, seq: fact.seq, at: fact.at };
    },
  });
  const connection = new ConnectionModel(link, clock, chance);
  const outbox = new OutboxModel(link, connection, clock, chance, createFakeShelf(), me);
  const thread = new ThreadModel({ link, connection, clock, attention, outbox, myId: me }, id);
  const seqs = () => thread.thread.value?.facts.map((fact) => fact.seq) ?? [];
  return { clock, link, connection, thread, server, seqs, isHere, outbox };
}

describe("a thread", () => {
  test("asks since the last fact after a lost link, and ends with the same list", async () => {
    const { link, server, seqs } = setUp();
    link.up();
    await settle();
    expect(seqs()).toEqual([1, 2]);
    link.down();
    server.facts = [...server.facts, said(3), said(4)];
    link.up();
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
    expect(link.inputsOf("conversation:watch").at(-1)?.since).toBe(2);
  });

  test("asks for the hole instead of showing news out of order", async () => {
    const { link, server, seqs } = setUp();
    link.up();
    await settle();
    server.facts = [...server.facts, said(3), said(4)];
    link.say("fact:new", { conversationId: id, facts: [said(4)] });
    await settle();
    expect(seqs()).toEqual([1, 2, 3, 4]);
  });

  test("finds by its tail check what no news told it", async () => {
    const { link, server, seqs, clock } = setUp();
    link.up();
    await settle();
    server.facts = [...server.facts, said(3)];
    await clock.advance(limits.tailCheckSeconds * 1000 - 1);
    expect(seqs()).toEqual([1, 2]);
    await clock.advance(1);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  test("starts again from the end when more is missing than one answer holds, and pages back", async () => {
    const { link, server, seqs, thread } = setUp();
    link.up();
    await settle();
    link.down();
    server.facts = Array.from({ length: 350 }, (_, at) => said(at + 1));
    link.answers["conversation:watch"] = () => ({
      ok: true,
      conversation: {
        ...thread.thread.value,
        id,
        isOpen: true,
        ownerId: me,
        epoch: 1,
        lastSeq: 350,
        visitorId: "visitor" as VisitorId,
        facts: server.facts.slice(-100),
        hasEarlier: true,
        marks: { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 },
        request: null,
      },
    });
    link.up();
    await settle();
    expect(seqs()[0]).toBe(251);
    await thread.loadEarlier();
    expect(seqs()[0]).toBe(151);
    expect(seqs()).toHaveLength(200);
  });

  test("ignores news of other conversations", async () => {
    const { link, seqs } = setUp();
    link.up();
    await settle();
    link.say("fact:new", { conversationId: "other" as ConversationId, facts: [said(3)] });
    expect(seqs()).toEqual([1, 2]);
  });

  test("shows a sent message once: as outgoing, then as the fact it became", async () => {
    const { link, thread, seqs, server } = setUp();
    link.up();
    await settle();
    thread.say("hello");
    await settle();
    expect(thread.outgoing.value.map((item) => item.state)).toEqual(["sent"]);
    link.say("fact:new", { conversationId: id, facts: server.facts.slice(-1) });
    expect(thread.outgoing.value).toEqual([]);
    expect(seqs()).toEqual([1, 2, 3]);
  });

  test("tells the visitor what was seen only while the owner looks", async () => {
    const { link, isHere } = setUp();
    isHere.value = false;
    link.up();
    await settle();
    expect(link.inputsOf("marks:set").at(-1)).toMatchObject({ delivered: 2, seen: 0 });
    isHere.value = true;
    await settle();
    expect(link.inputsOf("marks:set").at(-1)).toMatchObject({ delivered: 2, seen: 2 });
  });

  test("a colleague who looks in marks nothing", async () => {
    const { link, server } = setUp();
    server.owner = colleague;
    link.up();
    await settle();
    expect(link.inputsOf("marks:set")).toEqual([]);
  });

  test("carries the epoch it sees, and moves on with the owner", async () => {
    const { link, thread, server } = setUp();
    link.up();
    await settle();
    const joined: Fact = {
      seq: 3,
      at: start,
      by: { kind: "rep", id: me },
      body: { kind: "rep_joined", repId: me, how: "took", epoch: 7 },
    };
    server.facts = [...server.facts, joined];
    server.epoch = 7;
    link.say("fact:new", { conversationId: id, facts: [joined] });
    thread.say("hello");
    await settle();
    expect(link.inputsOf("message:send")[0]?.epoch).toBe(7);
  });

  test("says that the owner types at most every three seconds, and when it stops", async () => {
    const { link, thread, clock } = setUp();
    link.up();
    await settle();
    thread.typed("h");
    thread.typed("he");
    expect(link.told).toHaveLength(1);
    await clock.advance(3_000);
    thread.typed("hel");
    expect(link.told).toHaveLength(2);
    thread.typed("");
    expect(link.told.at(-1)?.input).toMatchObject({ isTyping: false });
  });

  test("forgets that the visitor types when no word of it comes any more", async () => {
    const { link, thread, clock } = setUp();
    link.up();
    await settle();
    link.say("typing:changed", { conversationId: id, by: "visitor", isTyping: true });
    expect(thread.isVisitorTyping.value).toBe(true);
    await clock.advance(6_000);
    expect(thread.isVisitorTyping.value).toBe(false);
  });

  test("stops asking once it is closed", async () => {
    const { link, thread, clock } = setUp();
    link.up();
    await settle();
    thread[Symbol.dispose]();
    const asked = link.inputsOf("conversation:watch").length;
    await clock.advance(60_000);
    expect(link.inputsOf("conversation:watch")).toHaveLength(asked);
  });
});
