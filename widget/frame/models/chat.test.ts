import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { VisitorSnapshot } from "../../../shared/model/conversations.ts";
import type { VisitorFact } from "../../../shared/model/facts.ts";
import type { ClientId, ConversationId, MemberId } from "../../../shared/model/ids.ts";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import type { BookerStep } from "../../../shared/ui/booker-props.ts";
import { fakeClock, fakeLink, settled } from "../fake-link.ts";
import type { Asked } from "../link.ts";
import { ChatModel } from "./chat.ts";

const rep: RepCard = {
  id: "r1" as MemberId,
  firstName: "Nora",
  lastName: "Lind",
  jobTitle: "Engineer",
  photoUrl: null,
  presence: "available",
};
const fact = (seq: number, by: VisitorFact["by"], body: VisitorFact["body"]): VisitorFact => ({
  seq,
  at: seq,
  by,
  body,
});
const words = (seq: number, by: "visitor" | "rep") =>
  fact(seq, by === "visitor" ? { kind: "visitor" } : { kind: "rep", id: rep.id }, {
    kind: "message",
    text: "x",
  });

function conversation(facts: VisitorFact[], ownerId: MemberId | null = null): VisitorSnapshot {
  return {
    id: "c1" as ConversationId,
    isOpen: true,
    ownerId,
    epoch: 1,
    lastSeq: facts.length,
    facts,
    hasEarlier: false,
    marks: { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 },
    request: null,
    reps: [rep],
  };
}

const lost: Asked<{ meeting: GuestMeeting }> = { ok: false, code: "unavailable" };

async function open(held: VisitorSnapshot | null, kept = new Map<string, string>(), looked = lost) {
  const fake = fakeLink({
    "conversation:sync": () => ({ ok: true, conversation: held, team: [rep] }),
    "visitor:identify": () => ({ ok: true }),
    "marks:set": () => ({ ok: true }),
  });
  const time = fakeClock(0);
  const chat = new ChatModel({
    link: fake.link,
    clock: time.clock,
    clientId: () => "id" as ClientId,
    look: async () => looked,
    kept: {
      get: (name) => kept.get(name) ?? null,
      set: (name, value) => void (value === null ? kept.delete(name) : kept.set(name, value)),
    },
  });
  await settled();
  const identified = () =>
    fake.asked.filter(({ event }) => event === "visitor:identify").map(({ input }) => input);
  return { chat, fake, time, identified, kept };
}

it("asks for an address once words were left and nobody is there to answer them", async () => {
  expect((await open(null)).chat.wantsEmail.value).toBe(false);
  expect((await open(conversation([words(1, "visitor")], rep.id))).chat.wantsEmail.value).toBe(false);
  const { chat } = await open(conversation([words(1, "visitor")]));
  expect(chat.wantsEmail.value).toBe(true);
  chat.putOffAsk();
  expect(chat.wantsEmail.value).toBe(false);
});

it("does not ask again for an address it was given, also after a reload", async () => {
  const kept = new Map<string, string>();
  const first = await open(conversation([words(1, "visitor")]), kept);
  first.chat.identify(null, "ada@example.com");
  expect(first.chat.wantsEmail.value).toBe(false);
  expect((await open(conversation([words(1, "visitor")]), kept)).chat.wantsEmail.value).toBe(false);
});

it("tells who the visitor is when there is a line again", async () => {
  const { chat, fake, identified } = await open(null);
  fake.setUp(false);
  chat.identify("Ada", null);
  await settled();
  expect(identified()).toEqual([]);
  fake.setUp(true);
  await settled();
  expect(identified()).toEqual([{ conversationId: null, name: "Ada", email: null }]);
  fake.setUp(false);
  fake.setUp(true);
  await settled();
  expect(identified()).toHaveLength(1);
});

it("counts messages as looked at only while the panel is open, in front, and at the conversation", async () => {
  const { chat } = await open(conversation([words(1, "rep")], rep.id));
  expect(chat.reading.unread.value).toBe(1);
  chat.show({ kind: "book", host: "any" });
  chat.setOpen(true);
  expect(chat.reading.unread.value).toBe(1);
  chat.setInFront(false);
  chat.show({ kind: "chat" });
  expect(chat.reading.unread.value).toBe(1);
  chat.setInFront(true);
  expect(chat.reading.unread.value).toBe(0);
});

it("shows the owner's card, and the new one's after a hand-over", async () => {
  const other = { ...rep, id: "r2" as MemberId, firstName: "Tomás" };
  const { chat, fake } = await open(conversation([words(1, "rep")], rep.id));
  expect(chat.owner.value?.firstName).toBe("Nora");
  fake.news("rep:changed", { reps: [other] });
  fake.news("fact:new", {
    conversationId: "c1" as ConversationId,
    facts: [
      fact(2, { kind: "system" }, { kind: "rep_joined", repId: other.id, how: "handed_over", epoch: 2 }),
    ],
  });
  expect(chat.owner.value?.firstName).toBe("Tomás");
});

it("goes back from the form to the times, from the times to the conversation, and not while it books", async () => {
  const { chat } = await open(null);
  const form = {
    kind: "details" as const,
    startAt: 0,
    endAt: 1,
    host: rep,
    secondsLeft: 9,
    isBooking: true,
    draft: { name: "", email: "", note: "", answers: [] },
  } satisfies BookerStep;
  const step = signal<BookerStep>(form);
  const back = () => {
    step.value = { kind: "times" };
  };
  chat.show({ kind: "book", host: "any" });
  chat.setBooking({ step, back } as never);
  chat.back();
  expect(step.value.kind).toBe("details");
  step.value = { ...form, isBooking: false };
  chat.back();
  expect(step.value.kind).toBe("times");
  expect(chat.view.value.kind).toBe("book");
  chat.back();
  expect(chat.view.value.kind).toBe("chat");
});

it("shows a meeting that was booked without a word in the chat after a reload too, until it is over or gone", async () => {
  const url = "https://foyer.example/meeting/t";
  const meeting = { state: "booked", endAt: 1_000, host: rep } as GuestMeeting;
  const { chat, kept } = await open(null);
  chat.keepMeeting({ meeting, manageUrl: url });
  expect(chat.booked.value?.meeting).toBe(meeting);
  const again = await open(null, kept, { ok: true, meeting });
  expect(again.chat.booked.value).toBeNull();
  again.chat.setOpen(true);
  await settled();
  expect(again.chat.booked.value).toEqual({ meeting, manageUrl: url });
  // A line that is down says nothing about the meeting.
  const offline = await open(null, kept);
  offline.chat.setOpen(true);
  await settled();
  expect(kept.get("meeting")).toBe(url);
  for (const looked of [
    { ok: true, meeting: { ...meeting, endAt: -1 } },
    { ok: false, code: "not_found" },
  ] as const) {
    kept.set("meeting", url);
    const late = await open(null, kept, looked);
    late.chat.setOpen(true);
    await settled();
    expect(late.chat.booked.value).toBeNull();
    expect(kept.has("meeting")).toBe(false);
  }
});
