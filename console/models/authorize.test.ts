import { expect, it } from "vitest";
import type { ApiCall } from "../ports.ts";
import { AuthorizeModel } from "./authorize.ts";

const app = { appName: "Foyer Terminal", device: "curl", isSameNetwork: true, askedAt: 0 };

function setUp(codeOfAddress: string) {
  const asked: unknown[] = [];
  const answers: object[] = [];
  const call = (async (route: string, input: object) => {
    asked.push([route, input]);
    return answers.shift() ?? { ok: true, app };
  }) as ApiCall;
  return { model: new AuthorizeModel(call, codeOfAddress), asked, answers };
}

it("looks a code of the address up, and answers nothing by itself", async () => {
  const { model, asked } = setUp("wdjb-mjht");
  await model.arrive();
  await model.arrive();
  expect(asked).toEqual([["POST /api/apps/look", { userCode: "WDJB-MJHT" }]]);
  expect(model.step.value).toBe("question");
  await model.answer(true);
  expect(asked[1]).toEqual(["POST /api/apps/answer", { userCode: "WDJB-MJHT", isAllowed: true }]);
  expect(model.step.value).toBe("allowed");
});

it("writes a code in capitals and halves while it is typed", () => {
  const { model } = setUp("");
  for (const [typed, shown] of [
    ["wdj", "WDJ"],
    ["wdjbm", "WDJB-M"],
    ["WDJB-MJHT9x", "WDJB-MJHT"],
  ] as const) {
    model.type(typed);
    expect(model.code.value).toBe(shown);
  }
});

it("asks for a new code when the old one ran out before the answer", async () => {
  const { model, answers } = setUp("WDJBMJHT");
  await model.arrive();
  answers.push({ ok: false, code: "not_found" });
  await model.answer(true);
  expect(model.step.value).toBe("code");
  expect(model.problem.value).toBe("not_found");
});
