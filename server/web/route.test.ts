import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MemberId, SessionId, SiteId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { consoleRouteSchemas } from "../../shared/protocol/console-routes.ts";
import { visitorRouteSchemas } from "../../shared/protocol/visitor-routes.ts";
import type { MemberAccess } from "../accounts/session.ts";
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import { createHttpApp, createHttpServer } from "./http-app.ts";
import { createOriginCheck } from "./origins.ts";
import { type ConsoleRoutes, createConsoleRouter, createVisitorRouter, type VisitorRoutes } from "./route.ts";

const ours = "https://chat.example.com";
const replyId = "0190f000-0000-7000-8000-000000000001";
const lines: string[] = [];
const log = createLog({ level: "debug", part: "test", write: (line) => lines.push(line) });
const visitor = {
  visitorId: "v1" as VisitorId,
  workspaceId: "w1" as WorkspaceId,
  siteId: "s1" as SiteId,
};
const members: Record<string, MemberAccess> = {
  admin: {
    memberId: "m1" as MemberId,
    workspaceId: "w1" as WorkspaceId,
    role: "admin",
    sessionId: "a" as SessionId,
    sessionKind: "password",
  },
  host: {
    memberId: "m2" as MemberId,
    workspaceId: "w1" as WorkspaceId,
    role: "meetings_only",
    sessionId: "b" as SessionId,
    sessionKind: "password",
  },
};
let seen: unknown[] = [];

/** Every route of a contract answers "not here"; the ones under test are put over it. */
function everyRoute(schemas: object, own: object): never {
  const absent = { handle: () => Promise.reject(new AppError("not_found")) };
  return { ...Object.fromEntries(Object.keys(schemas).map((name) => [name, absent])), ...own } as never;
}

const visitorRoutes = {
  "GET /visitor/slots": {
    limit: { points: 3, seconds: 60 },
    async handle(context, input) {
      seen.push({ visitor: context.visitor, input });
      return { durationMinutes: 30, offer: "", offerExpiresAt: 0, slots: "", hosts: [], type: null };
    },
  },
  "GET /visitor/meeting-links/:token": {
    async handle(_context, _input, { token }) {
      seen.push(token);
      throw new AppError("not_found");
    },
  },
} satisfies Partial<VisitorRoutes>;

const consoleRoutes = {
  "POST /api/session/end": { handle: async () => ({}) },
  "GET /api/mails": {
    handle: async () => ({ mails: [] }),
  },
  "PUT /api/canned-replies/:id": {
    async handle({ member }, input, { id }) {
      seen.push({ role: member.role, input, id });
      if (input.title === "break") throw new Error("row (secret@example.com) of table x broke");
      if (input.title === "database") throw Object.assign(new Error("no"), { code: "57P01" });
      return { reply: { id: id as never, ...input } };
    },
  },
} satisfies Partial<ConsoleRoutes>;

const app = createHttpApp({
  config: { publicUrl: ours, trustedProxies: "loopback" },
  log,
  beforeParsing: [],
  routers: [
    createVisitorRouter(
      {
        origins: createOriginCheck({ publicUrl: ours }),
        log,
        authenticateVisitor: async (credential) => (credential === "good" ? visitor : null),
      },
      everyRoute(visitorRouteSchemas, visitorRoutes),
    ),
    createConsoleRouter(
      {
        origins: createOriginCheck({ publicUrl: ours }),
        log,
        memberOf: async ({ cookie }) => members[cookie ?? ""] ?? null,
      },
      everyRoute(consoleRouteSchemas, consoleRoutes),
    ),
  ],
});
const server = createHttpServer(app);
let base = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  seen = [];
  lines.length = 0;
});

const jsonFromUs = { "content-type": "application/json", origin: ours };

async function call(method: string, path: string, headers: Record<string, string> = {}, body?: string) {
  const response = await fetch(base + path, { method, headers, body: body ?? null });
  return { status: response.status, headers: response.headers, body: (await response.json()) as object };
}

const put = (headers: Record<string, string>, reply: object, id = replyId) =>
  call("PUT", `/api/canned-replies/${id}`, { ...jsonFromUs, ...headers }, JSON.stringify(reply));

describe("a visitor's route", () => {
  it("passes on who asks and a checked input", async () => {
    const answer = await call("GET", "/visitor/slots?host=any&extra=1", { authorization: "Visitor good" });
    expect(answer).toMatchObject({ status: 200, body: { ok: true, durationMinutes: 30 } });
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(seen).toEqual([{ visitor, input: { host: "any" } }]);
  });

  it("refuses a missing, wrong or odd credential alike", async () => {
    for (const authorization of [undefined, "Visitor bad", "Bearer good", "Visitor  good"]) {
      const answer = await call("GET", "/visitor/slots?host=any", authorization ? { authorization } : {});
      expect(answer).toMatchObject({ status: 401, body: { ok: false, code: "unauthenticated" } });
    }
    expect(seen).toEqual([]);
  });

  it("names the first field it refuses", async () => {
    const answer = await call("GET", "/visitor/slots?host=nobody", { authorization: "Visitor good" });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid_input", field: "host" } });
  });

  it("limits each visitor and says how long to wait", async () => {
    let answer = await call("GET", "/visitor/slots?host=any", { authorization: "Visitor good" });
    for (let n = 0; n < 3 && answer.status === 200; n += 1)
      answer = await call("GET", "/visitor/slots?host=any", { authorization: "Visitor good" });
    expect(answer).toMatchObject({ status: 429, body: { code: "too_many" } });
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("asks for no credential where a mailed token is the permission, but for the shape of one", async () => {
    await call("GET", "/visitor/meeting-links/abc.DEF_1-2");
    expect(seen).toEqual(["abc.DEF_1-2"]);
    const odd = await call("GET", "/visitor/meeting-links/a%20b");
    expect(odd).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(seen).toHaveLength(1);
  });
});

describe("a member's route", () => {
  it("passes on member, body and path", async () => {
    const answer = await put({ cookie: "admin" }, { title: " Hello\n there ", text: "Hi" });
    expect(answer.body).toEqual({ ok: true, reply: { id: replyId, title: "Hello there", text: "Hi" } });
    expect(seen).toEqual([{ role: "admin", input: { title: "Hello there", text: "Hi" }, id: replyId }]);
  });

  it("refuses who is not signed in, and roles that may not", async () => {
    expect(await put({}, { title: "a", text: "b" })).toMatchObject({ status: 401 });
    expect(await put({ cookie: "host" }, { title: "a", text: "b" })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect(await call("GET", "/api/mails", { cookie: "host" })).toMatchObject({ status: 403 });
    expect(seen).toEqual([]);
  });

  it("takes an id that cannot be one for something that does not exist", async () => {
    const answer = await put({ cookie: "admin" }, { title: "a", text: "b" }, "1-or-1");
    expect(answer).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("refuses writes that no page of ours sent", async () => {
    const body = JSON.stringify({ title: "a", text: "b" });
    const path = `/api/canned-replies/${replyId}`;
    const from = (headers: Record<string, string>) =>
      call("PUT", path, { cookie: "admin", ...headers }, body);
    expect(await from({ "content-type": "application/json" })).toMatchObject({ status: 403 });
    expect(await from({ ...jsonFromUs, origin: "https://evil.example" })).toMatchObject({ status: 403 });
    expect(await from({ origin: ours, "content-type": "text/plain" })).toMatchObject({ status: 400 });
    expect(await from({ "content-type": "application/json", "sec-fetch-site": "same-origin" })).toMatchObject(
      {
        status: 200,
      },
    );
    // Also where no session is needed.
    expect(await call("POST", "/api/session/end", {}, "{}")).toMatchObject({ status: 403 });
  });

  it("hides what nobody expected behind a request id, and logs it once without addresses", async () => {
    const answer = await put({ cookie: "admin" }, { title: "break", text: "b" });
    const { requestId } = answer.body as { requestId: string };
    expect(answer).toMatchObject({ status: 500, body: { ok: false, code: "internal" } });
    expect(Object.keys(answer.body)).toEqual(["ok", "code", "requestId"]);
    expect(lines.filter((line) => line.includes(requestId))).toHaveLength(1);
    expect(lines.join()).not.toContain("secret@example.com");
  });

  it("says that it is unavailable while the database is away", async () => {
    const answer = await put({ cookie: "admin" }, { title: "database", text: "b" });
    expect(answer).toMatchObject({ status: 503, body: { code: "unavailable" } });
  });
});

describe("bodies that will not do", () => {
  const send = (body: string) =>
    call("PUT", `/api/canned-replies/${replyId}`, { ...jsonFromUs, cookie: "admin" }, body);

  it("are refused by kind", async () => {
    expect(await send("{")).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(await send("[1]")).toMatchObject({ status: 400, body: { code: "invalid_input" } });
    expect(await send(JSON.stringify({ title: "a", text: "x".repeat(70_000) }))).toMatchObject({
      status: 413,
      body: { code: "too_large" },
    });
    expect(await send('{"title":"a","text":"b","__proto__":{"admin":true}}')).toMatchObject({ status: 200 });
    expect(seen).toEqual([{ role: "admin", input: { title: "a", text: "b" }, id: replyId }]);
  });
});

describe("everything else", () => {
  it("is refused in the same words", async () => {
    for (const path of ["/nothing", "/api/nothing", "/api/%E0%A4%A", "/.env", "/openapi.json/x"]) {
      const answer = await call("GET", path);
      expect([400, 404], path).toContain(answer.status);
      expect(answer.body).toMatchObject({ ok: false });
      expect(JSON.stringify(answer.body)).not.toMatch(/Error|at |node_modules/);
    }
  });

  it("carries headers that keep others out", async () => {
    const { headers } = await call("GET", "/nothing");
    expect(headers.get("content-security-policy")).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("referrer-policy")).toBe("same-origin");
  });
});
