import { describe, expect, test, vi } from "vitest";
import type { ApiCall } from "../ports.ts";
import { ProofModel } from "./proof.ts";

/** A server that wants the right password before it exports, here "right". */
function setUp() {
  let isProven = false;
  const asked: string[] = [];
  const call = vi.fn(async (route: string, input: { password?: string }) => {
    asked.push(route);
    if (route === "POST /api/session/prove") {
      isProven = input.password === "right";
      return isProven ? { ok: true } : { ok: false, code: "invalid_input", field: "password" };
    }
    if (route === "GET /api/sso/mine")
      return { ok: true, provider: null, hasPassword: false, instead: "mail", email: "ada@acme.example" };
    if (route === "POST /api/reset") return { ok: true };
    return isProven ? { ok: true, hours: 1 } : { ok: false, code: "proof_needed" };
  });
  return { proof: new ProofModel(call as unknown as ApiCall), asked };
}

describe("a proof of who one is", () => {
  test("is asked for once and the same question is then taken", async () => {
    const { proof, asked } = setUp();
    const answer = proof.call("GET /api/hours", {});
    const another = proof.call("GET /api/meetings", { from: 0, to: 1 });
    await vi.waitFor(() => expect(proof.isAsked.value).toBe(true));
    await proof.proveByPassword("wrong");
    expect(proof.problem.value).toBe("invalid_input");
    expect(proof.isAsked.value).toBe(true);
    await proof.proveByPassword("right");
    expect(await answer).toMatchObject({ ok: true });
    expect(await another).toMatchObject({ ok: true });
    expect(proof.isAsked.value).toBe(false);
    expect(asked.filter((route) => route === "GET /api/hours")).toHaveLength(2);
  });

  test("that nothing can be given for is helped on by a mailed link", async () => {
    const { proof, asked } = setUp();
    const answer = proof.call("GET /api/hours", {});
    await vi.waitFor(() => expect(proof.isAsked.value).toBe(true));
    await proof.mailPassword();
    expect(asked).not.toContain("POST /api/reset");
    await proof.loadWays();
    await proof.mailPassword();
    expect(proof.sentTo.value).toBe("ada@acme.example");
    proof.cancel();
    expect(proof.sentTo.value).toBe(null);
    expect(await answer).toMatchObject({ ok: false });
  });

  test("that is not given leaves the refusal as it was", async () => {
    const { proof, asked } = setUp();
    const answer = proof.call("GET /api/hours", {});
    await vi.waitFor(() => expect(proof.isAsked.value).toBe(true));
    proof.cancel();
    expect(await answer).toMatchObject({ ok: false, code: "proof_needed" });
    expect(asked).toEqual(["GET /api/hours"]);
  });
});

test("the demo's accounts are known to the dialog", async () => {
  const accounts = [{ email: "ada@demo.example", password: "welcome" }];
  const call = async (route: string) =>
    route === "GET /api/demo-accounts" ? { ok: true, accounts } : { ok: false, code: "unavailable" };
  const proof = new ProofModel(call as unknown as ApiCall);
  await proof.loadWays();
  await vi.waitFor(() => expect(proof.accounts.value).toEqual(accounts));
});
