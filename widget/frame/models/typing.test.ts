import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { ConversationId, MemberId } from "../../../shared/model/ids.ts";
import { fakeClock, fakeLink } from "../fake-link.ts";
import { TypingModel } from "./typing.ts";

const conversationId = "c1" as ConversationId;
const repId = "r1" as MemberId;

function open(isOpen = true) {
  const fake = fakeLink({});
  const time = fakeClock(1_000_000);
  const thread = signal({ id: conversationId, isOpen });
  const model = new TypingModel({ link: fake.link, clock: time.clock, thread: { thread } as never });
  const says = (isTyping: boolean) => fake.news("typing:changed", { conversationId, repId, isTyping });
  return {
    fake,
    time,
    model,
    says,
    told: () => fake.told.map(({ input }) => (input as { isTyping: boolean }).isTyping),
  };
}

it("tells at the first key, then every three seconds at most, and that it has stopped", async () => {
  const { time, model, told } = open();
  for (let key = 0; key < 10; key++) {
    model.typed("words");
    await time.pass(500);
  }
  expect(told()).toEqual([true, true]);
  model.typed("");
  model.typed("");
  expect(told()).toEqual([true, true, false]);
});

it("says nothing without an open conversation", () => {
  const { model, told } = open(false);
  model.typed("words");
  expect(told()).toEqual([]);
});

it("believes that a rep is typing for six seconds, or until told otherwise, or until the words are there", async () => {
  const { fake, time, model, says } = open();
  says(true);
  expect(model.rep.value).toBe(repId);
  await time.pass(5_999);
  expect(model.rep.value).toBe(repId);
  await time.pass(1);
  expect(model.rep.value).toBeNull();
  says(true);
  says(false);
  expect(model.rep.value).toBeNull();
  says(true);
  fake.news("fact:new", {
    conversationId,
    facts: [{ seq: 1, at: 0, by: { kind: "rep", id: repId }, body: { kind: "message", text: "x" } }],
  });
  expect(model.rep.value).toBeNull();
});

it.each(["rep_left", "rep_joined", "closed"])("nobody is typing any more once there is a fact %s", (kind) => {
  const { fake, model, says } = open();
  says(true);
  fake.news("fact:new", {
    conversationId,
    facts: [{ seq: 2, at: 1, by: { kind: "system" }, body: { kind } }],
  } as never);
  expect(model.rep.value).toBeNull();
});
