import { expect, it } from "vitest";
import type { ApiCall } from "../ports.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { PhoneCodeModel } from "./phone-code.ts";
import { PhoneDoorModel } from "./phone-door.ts";

/** Answers by route, last one for ever; and what was asked. */
function setUp(answers: Record<string, object[]>) {
  const asked: string[] = [];
  const call = (async (route: string) => {
    asked.push(route);
    const list = answers[route] ?? [];
    return (list.length > 1 ? list.shift() : list[0]) ?? { ok: true };
  }) as ApiCall;
  return { call, asked, clock: createFakeClock(0) };
}

const view = (state: string) => ({ ok: true, state, phoneLabel: "Safari on iOS", number: 42 });
const made = (id: string, expiresAt: number) => ({ ok: true, id, link: `https://x/#${id}`, expiresAt });
const turn = (clock: FakeClock, ms: number) => clock.advance(ms);

it("asks the person about the phone that has read the code, and says when it is in", async () => {
  const { call, asked, clock } = setUp({
    "POST /api/phone-codes": [made("a", 120_000 + 1e15)],
    "GET /api/phone-codes/:id": [view("open"), view("claimed"), view("used")],
    "POST /api/phone-codes/:id/answer": [view("confirmed")],
  });
  const model = new PhoneCodeModel(call, clock);
  await model.show();
  await turn(clock, 1_500);
  expect(model.view.value?.state).toBe("open");
  await turn(clock, 1_500);
  expect(model.view.value).toMatchObject({ state: "claimed", number: 42 });
  await model.answer(true);
  await turn(clock, 1_500);
  expect(model.view.value?.state).toBe("used");
  const before = asked.length;
  await turn(clock, 60_000);
  expect(asked).toHaveLength(before);
  model.hide();
  expect(asked).toHaveLength(before);
});

it("shows a new code before the old one is over, and takes it back when it is hidden", async () => {
  const clock = createFakeClock(0);
  const now = clock.now();
  const { call, asked } = setUp({
    "POST /api/phone-codes": [made("a", now + 9_000), made("b", now + 1e9)],
    "GET /api/phone-codes/:id": [view("open")],
  });
  const model = new PhoneCodeModel(call, clock);
  await model.show();
  await turn(clock, 1_500);
  expect(model.code.value?.id).toBe("b");
  model.hide();
  expect(asked.at(-1)).toBe("POST /api/phone-codes/:id/withdraw");
  const before = asked.length;
  await turn(clock, 60_000);
  expect(asked).toHaveLength(before);
});

it("makes way for a new code when a stranger's phone was turned away", async () => {
  const { call, clock } = setUp({
    "POST /api/phone-codes": [made("a", 1e15), made("b", 1e15)],
    "GET /api/phone-codes/:id": [view("claimed")],
    "POST /api/phone-codes/:id/answer": [view("refused")],
  });
  const model = new PhoneCodeModel(call, clock);
  await model.show();
  await turn(clock, 1_500);
  await model.answer(false);
  expect(model.code.value?.id).toBe("b");
  expect(model.note.value).toBe("refused");
});

it("claims nothing before the person has pressed, then waits for the console", async () => {
  const { call, asked, clock } = setUp({
    "POST /api/phone-sign-in/look": [
      { ok: true, firstName: "Imogen", lastName: "Hartley", workspaceName: "Larchwell" },
    ],
    "POST /api/phone-sign-in/claim": [{ ok: true, claim: "c", number: 42 }],
    "POST /api/phone-sign-in/finish": [
      { ok: true, isWaiting: true },
      { ok: false, code: "unavailable" },
      { ok: true, isWaiting: false },
    ],
  });
  const door = new PhoneDoorModel(call, clock, "secret");
  await door.start();
  expect(door.state.value).toEqual({ kind: "question", name: "Imogen Hartley", workspaceName: "Larchwell" });
  expect(asked).toEqual(["POST /api/phone-sign-in/look"]);
  await door.signIn();
  expect(door.state.value).toEqual({ kind: "waiting", number: 42 });
  for (let at = 0; at < 3; at++) await turn(clock, 1_500);
  expect(door.state.value).toEqual({ kind: "in" });
});

it("says plainly that a code was turned away or no longer works", async () => {
  for (const [code, kind] of [
    ["forbidden", "refused"],
    ["expired", "over"],
  ] as const) {
    const { call, clock } = setUp({
      "POST /api/phone-sign-in/claim": [{ ok: true, claim: "c", number: 42 }],
      "POST /api/phone-sign-in/finish": [{ ok: false, code }],
    });
    const door = new PhoneDoorModel(call, clock, "secret");
    await door.signIn();
    await turn(clock, 1_500);
    expect(door.state.value).toEqual({ kind });
  }
});
