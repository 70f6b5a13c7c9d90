import { describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../ports.ts";
import { ForgottenModel } from "./forgotten.ts";
import { ResetModel } from "./reset.ts";

const open = {
  state: "open",
  email: "ada@example.com",
  firstName: "Ada",
  lastName: "Example",
  company: "Ours",
};

/** A server whose link is open until it is used, and which takes long passwords. */
function setUp(first: object = open) {
  let reset = first;
  const entered = vi.fn();
  const call = vi.fn(async (route: string, input: { password?: string }) => {
    if (route === "POST /api/reset/look") return { ok: true, reset };
    if (reset !== open) return { ok: false, code: "expired" };
    if ((input.password ?? "").length < 10)
      return { ok: false, code: "invalid_input", field: "password", reason: "too_short" };
    reset = { state: "used" };
    return { ok: true };
  });
  const model = new ResetModel(call as unknown as ApiCall, "secret", entered);
  return { model, entered, call, use: () => (reset = { state: "used" }) };
}

describe("the page behind a mailed link", () => {
  test("says which rule a password broke until another is written, and enters with a good one", async () => {
    const { model, entered } = setUp();
    await model.look();
    expect(model.view.value).toEqual(open);
    model.write("short");
    await model.finish();
    expect(model.problem.value).toBe("too_short");
    expect(entered).not.toHaveBeenCalled();
    model.write("four small grey cats");
    expect(model.problem.value).toBe(null);
    await model.finish();
    expect(entered).toHaveBeenCalledOnce();
  });

  test("shows that it was used in another tab meanwhile", async () => {
    const { model, entered, use } = setUp();
    await model.look();
    use();
    model.write("four small grey cats");
    await model.finish();
    expect(model.view.value).toEqual({ state: "used" });
    expect(model.isBusy.value).toBe(false);
    expect(entered).not.toHaveBeenCalled();
  });

  test("can be looked at again when the server was away", async () => {
    const call = vi.fn(async () => ({ ok: false, code: "unavailable" }));
    const model = new ResetModel(call as unknown as ApiCall, "secret", () => undefined);
    await model.look();
    expect([model.view.value, model.failure.value]).toEqual([null, "unavailable"]);
  });
});

describe("a forgotten password", () => {
  test("asks for what can be an address only, and says where to look", async () => {
    const call = vi.fn(async () => ({ ok: true }));
    const model = new ForgottenModel(call as unknown as ApiCall);
    model.write("ada@");
    await model.ask();
    expect(model.problem.value).toBe("no_address");
    expect(call).not.toHaveBeenCalled();
    model.write(" ada@example.com ");
    expect(model.problem.value).toBe(null);
    await model.ask();
    expect(call).toHaveBeenCalledWith("POST /api/reset", { email: "ada@example.com" });
    expect(model.sentTo.value).toBe("ada@example.com");
    model.again();
    expect(model.sentTo.value).toBe(null);
  });
});
