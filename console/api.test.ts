import { describe, expect, test } from "vitest";
import { createApi } from "./api.ts";

function setUp(status: number, body: string) {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  let signedOut = 0;
  const call = createApi(
    async (input, init) => {
      asked.push({ url: String(input), init });
      return new Response(body, { status });
    },
    () => {
      signedOut += 1;
    },
  );
  return { call, asked, signedOut: () => signedOut };
}

describe("questions over HTTP", () => {
  test("GET inputs travel in the query, ids in the path, the rest as JSON", async () => {
    const { call, asked } = setUp(200, "{}");
    await call("GET /api/search", { q: "a&b" });
    await call("POST /api/meetings/:id/cancel", {}, "m/1");
    await call("POST /api/canned-replies", { title: "t", text: "x" });
    expect(asked.map(({ url }) => url)).toEqual([
      "/api/search?q=a%26b",
      "/api/meetings/m%2F1/cancel",
      "/api/canned-replies",
    ]);
    expect(asked[2]?.init?.body).toBe('{"title":"t","text":"x"}');
    expect(asked[2]?.init?.headers).toMatchObject({ "content-type": "application/json" });
  });

  test("a refusal keeps its code; without one the status decides", async () => {
    const coded = setUp(409, '{"ok":false,"code":"taken","takenBy":"x"}');
    expect(await coded.call("GET /api/hours", {})).toEqual({ ok: false, code: "taken", takenBy: "x" });
    const bare = setUp(503, "<html>");
    expect(await bare.call("GET /api/hours", {})).toEqual({ ok: false, code: "unavailable" });
  });

  test("a session that ended is told, except where signing in was asked", async () => {
    const { call, signedOut } = setUp(401, '{"code":"unauthenticated"}');
    await call("GET /api/session", {});
    await call("POST /api/session", { email: "a@b.example", password: "x" });
    expect(signedOut()).toBe(0);
    await call("GET /api/hours", {});
    expect(signedOut()).toBe(1);
  });

  test("no network is unavailable, never a rejection", async () => {
    const call = createApi(
      () => Promise.reject(new TypeError("network")),
      () => undefined,
    );
    expect(await call("GET /api/session", {})).toEqual({ ok: false, code: "unavailable" });
  });
});
