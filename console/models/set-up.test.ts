import { expect, test } from "vitest";
import type { SetUpState } from "../../shared/model/set-up.ts";
import type { ApiCall, Attention } from "../ports.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { SetUpModel } from "./set-up.ts";

function setUp() {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  const server = { zone: "open" as SetUpState, asked: 0 };
  const call = (async (route: string, input: { isSkipped?: boolean }) => {
    server.asked += 1;
    if (route.startsWith("POST")) server.zone = input.isSkipped ? "skipped" : "open";
    return {
      ok: true,
      role: "rep",
      isReady: false,
      reasons: ["zone"],
      steps: [
        { name: "account", state: "done", isRequired: true },
        { name: "zone", state: server.zone, isRequired: true },
      ],
    };
  }) as ApiCall;
  const attention: Attention = { isHere: () => true, onChange: () => () => undefined };
  return { clock, server, model: new SetUpModel(createFakeLink(), call, clock, attention) };
}

test("the checklist follows what is done elsewhere while its page is open, and rests afterwards", async () => {
  const { clock, server, model } = setUp();
  const leave = model.watch();
  await settle();
  expect([model.open.value.length, model.done.value, model.isAllDone.value]).toEqual([1, 1, false]);
  server.zone = "done";
  await clock.advance(3_000);
  expect(model.isAllDone.value).toBe(true);
  leave();
  const { asked } = server;
  await clock.advance(60_000);
  expect(server.asked).toBe(asked);
});

test("what is put off is no longer open, and can be taken up again", async () => {
  const { model } = setUp();
  await model.load();
  await model.skip("zone", true);
  expect(model.open.value).toEqual([]);
  await model.skip("zone", false);
  expect(model.open.value.map(({ name }) => name)).toEqual(["zone"]);
});
