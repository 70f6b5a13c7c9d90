import { describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../ports.ts";
import { JoinModel } from "./join.ts";

function setUp(answers: Record<string, object>) {
  const call = vi.fn(async (route: string, _input: object) => answers[route]);
  return { model: new JoinModel(call as unknown as ApiCall, "secret", "Asia/Beirut"), call, answers };
}
const open = { ok: true, state: "open", company: "Quiet Rooms", email: "noor@x.example" };

describe("joining", () => {
  test("sends what was filled in with the browser's zone", async () => {
    const { model, call } = setUp({ "POST /api/join/look": open, "POST /api/join": { ok: true } });
    await model.look();
    expect([model.view.value?.state, model.isFilled.value]).toEqual(["open", false]);
    const form = { firstName: "Noor", lastName: "Haddad", password: "a long and quiet evening" };
    model.edit(form);
    expect(model.isFilled.value).toBe(true);
    expect(await model.join()).toBe(true);
    expect(call).toHaveBeenLastCalledWith("POST /api/join", {
      secret: "secret",
      zone: "Asia/Beirut",
      ...form,
    });
  });

  test("says what is wrong with the password until it is changed", async () => {
    const refused = { ok: false, code: "invalid_input", field: "password", reason: "common" };
    const { model } = setUp({ "POST /api/join/look": open, "POST /api/join": refused });
    await model.look();
    expect(await model.join()).toBe(false);
    expect([model.passwordProblem.value, model.problem.value, model.isBusy.value]).toEqual([
      "common",
      null,
      false,
    ]);
    model.edit({ password: "another one" });
    expect(model.passwordProblem.value).toBe(null);
  });

  test("by a link that was used meanwhile shows why it leads nowhere", async () => {
    const { model, answers } = setUp({
      "POST /api/join/look": open,
      "POST /api/join": { ok: false, code: "expired" },
    });
    await model.look();
    answers["POST /api/join/look"] = { ok: true, state: "used", company: "Quiet Rooms" };
    expect(await model.join()).toBe(false);
    expect(model.view.value).toMatchObject({ state: "used" });
  });

  test("without a network keeps the form and says so", async () => {
    const { model } = setUp({
      "POST /api/join/look": open,
      "POST /api/join": { ok: false, code: "unavailable" },
    });
    await model.look();
    model.edit({ firstName: "Noor" });
    expect(await model.join()).toBe(false);
    expect([model.problem.value, model.form.value.firstName]).toEqual(["unavailable", "Noor"]);
  });
});
