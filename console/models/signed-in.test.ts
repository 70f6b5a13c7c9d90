import { describe, expect, test, vi } from "vitest";
import type { SessionId } from "../../shared/model/ids.ts";
import type { ApiCall } from "../ports.ts";
import { SignedInModel } from "./signed-in.ts";

const here = "00000000-0000-4000-8000-000000000001" as SessionId;
const phone = "00000000-0000-4000-8000-000000000002" as SessionId;

function setUp() {
  let ids = [here, phone];
  const call = vi.fn(async (route: string, input: { current?: string; password?: string }, id?: string) => {
    switch (route) {
      case "GET /api/sessions":
        return { ok: true, sessions: ids.map((one) => ({ id: one })), hasPassword: true };
      case "POST /api/sessions/:id/end": {
        const isThere = ids.includes(id as SessionId);
        ids = ids.filter((one) => one !== id);
        return isThere ? { ok: true } : { ok: false, code: "not_found" };
      }
      case "POST /api/password":
        if (input.current !== "right") return { ok: false, code: "invalid_input", field: "current" };
        if (input.password === "basketball")
          return { ok: false, code: "invalid_input", field: "password", reason: "common" };
    }
    const ended = ids.length - 1;
    ids = [here];
    return { ok: true, ended };
  });
  return { model: new SignedInModel(call as unknown as ApiCall), call };
}

const idsOf = (model: ReturnType<typeof setUp>["model"]) => model.sessions.value?.map(({ id }) => id);

describe("where I am signed in", () => {
  test("loses a line that is signed out, also one that was ended elsewhere", async () => {
    const { model } = setUp();
    await model.load();
    expect(idsOf(model)).toEqual([here, phone]);
    expect(await model.end(phone)).toBe(true);
    expect(await model.end(phone)).toBe(true);
    expect(idsOf(model)).toEqual([here]);
    expect(model.problem.value).toBe(null);
  });

  test("keeps this one when all others are signed out, and says how many those were", async () => {
    const { model } = setUp();
    await model.load();
    expect(await model.endOthers()).toBe(1);
    expect(idsOf(model)).toEqual([here]);
  });
});

describe("another password", () => {
  test("puts each refusal at its field, and forgets what was typed once it is done", async () => {
    const { model } = setUp();
    await model.load();
    model.openChange();
    model.writeCurrent("wrong");
    model.writeNext("basketball");
    expect(await model.change()).toBe(null);
    expect([model.isCurrentWrong.value, model.nextProblem.value]).toEqual([true, null]);
    model.writeCurrent("right");
    expect(await model.change()).toBe(null);
    expect([model.isCurrentWrong.value, model.nextProblem.value]).toEqual([false, "common"]);
    model.writeNext("four small grey cats");
    expect(await model.change()).toBe(1);
    expect([model.isChanging.value, model.current.value, model.next.value]).toEqual([false, "", ""]);
    expect(idsOf(model)).toEqual([here]);
  });

  test("leaves nothing typed behind when it is called off", async () => {
    const { model } = setUp();
    model.openChange();
    model.writeCurrent("right");
    model.closeChange();
    expect([model.isChanging.value, model.current.value]).toEqual([false, ""]);
  });
});
