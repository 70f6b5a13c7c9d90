import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Marks, VisitorFact } from "../../../shared/model/facts.ts";
import type { ConversationId, MemberId } from "../../../shared/model/ids.ts";
import type { Thread } from "../../../shared/sync/thread.ts";
import { fakeClock, fakeLink } from "../fake-link.ts";
import { ReadingModel } from "./reading.ts";

const conversationId = "c1" as ConversationId;
const said = (seq: number, by: "rep" | "visitor"): VisitorFact => ({
  seq,
  at: seq,
  by: by === "rep" ? { kind: "rep", id: "r" as MemberId } : { kind: "visitor" },
  body: { kind: "message", text: "x" },
});

function open(seenBefore = 0) {
  const fake = fakeLink({ "marks:set": () => ({ ok: true }) });
  const time = fakeClock(0);
  const thread = signal<Thread<VisitorFact> | null>(null);
  const marks = signal<Marks>({
    visitorDelivered: 0,
    visitorSeen: seenBefore,
    repDelivered: 0,
    repSeen: 0,
  });
  const model = new ReadingModel({ link: fake.link, clock: time.clock, thread: { thread, marks } as never });
  const hold = (facts: VisitorFact[]) => {
    thread.value = {
      id: conversationId,
      isOpen: true,
      ownerId: null,
      epoch: 0,
      lastSeq: facts.length,
      facts,
      hasEarlier: false,
    };
  };
  const told = () => fake.asked.map(({ input }) => input);
  return { fake, time, model, hold, told };
}

it("counts a rep's messages as unread until they were looked at", () => {
  const { model, hold } = open();
  hold([said(1, "visitor"), said(2, "rep"), said(3, "rep")]);
  expect(model.unread.value).toBe(2);
  model.setLooking(true);
  expect(model.unread.value).toBe(0);
  model.setLooking(false);
  hold([said(1, "visitor"), said(2, "rep"), said(3, "rep"), said(4, "rep")]);
  expect(model.unread.value).toBe(1);
});

it("does not count what was seen before, here or in another tab", () => {
  const { model, hold } = open(2);
  hold([said(1, "rep"), said(2, "rep"), said(3, "rep")]);
  expect(model.unread.value).toBe(1);
});

it("tells what was received, and once it was looked at, that too; gathered", async () => {
  const { time, model, hold, told } = open();
  hold([said(1, "rep")]);
  hold([said(1, "rep"), said(2, "rep")]);
  await time.pass(300);
  expect(told()).toEqual([{ conversationId, delivered: 2, seen: 0 }]);
  model.setLooking(true);
  await time.pass(300);
  expect(told()[1]).toEqual({ conversationId, delivered: 2, seen: 2 });
});

it("tells again when the telling was lost", async () => {
  const { fake, time, hold, told } = open();
  fake.answers["marks:set"] = () => ({ ok: false, code: "unavailable" });
  hold([said(1, "rep")]);
  await time.pass(300);
  fake.answers["marks:set"] = () => ({ ok: true });
  await time.pass(8_000);
  expect(told()).toHaveLength(2);
});
