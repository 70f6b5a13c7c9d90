import { expect, it } from "vitest";
import { limits } from "../../../shared/protocol/limits.ts";
import { fakeClock, fakeLink, settled } from "../fake-link.ts";
import { ConnectionModel } from "./connection.ts";

const silence = limits.tailCheckSeconds * 1_000;

function open(isUp = true) {
  const fake = fakeLink({}, isUp);
  const time = fakeClock(0);
  let syncs = 0;
  let isAlive = true;
  const thread = {
    sync: async () => {
      syncs++;
      return isAlive;
    },
  };
  const model = new ConnectionModel({ link: fake.link, clock: time.clock, thread });
  return {
    fake,
    time,
    model,
    syncs: () => syncs,
    die: () => {
      isAlive = false;
    },
  };
}

it("asks for what was missed as soon as there is a line", async () => {
  const { fake, syncs } = open(false);
  await settled();
  expect(syncs()).toBe(0);
  fake.setUp(true);
  expect(syncs()).toBe(1);
});

it("asks again after each silence, and not while news keep coming", async () => {
  const { time, fake, syncs } = open();
  await time.pass(silence);
  expect(syncs()).toBe(2);
  for (let step = 0; step < 5; step++) {
    await time.pass(silence / 2);
    fake.news("typing:changed", { conversationId: "c" as never, repId: "r" as never, isTyping: true });
  }
  expect(syncs()).toBe(2);
  await time.pass(silence);
  expect(syncs()).toBe(3);
});

it("begins anew when the line looks alive and does not answer", async () => {
  const { time, fake, die } = open();
  await settled();
  die();
  await time.pass(silence);
  expect(fake.reconnects()).toBe(1);
});

it("speaks of a lost line only after a while, and is quiet at once when it is back", async () => {
  const { time, fake, model } = open();
  fake.setUp(false);
  await time.pass(2_000);
  expect(model.isLost.value).toBe(false);
  await time.pass(1_000);
  expect(model.isLost.value).toBe(true);
  fake.setUp(true);
  expect(model.isLost.value).toBe(false);
});

it("does not ask while there is no line", async () => {
  const { time, fake, syncs } = open();
  await settled();
  fake.setUp(false);
  await time.pass(10 * silence);
  expect(syncs()).toBe(1);
});
