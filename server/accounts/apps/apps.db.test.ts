import * as openid from "openid-client";
import { io } from "socket.io-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PROTOCOL_VERSION } from "../../../shared/protocol/version.ts";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { connected } from "../../promises/test-link.ts";
import { type SignedIn, signIn } from "../../promises/test-rep.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { hashToken } from "../session-cookie.ts";

// Device authorization, asked by openid-client: somebody else's reading of the RFCs.
let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let person: SignedIn;
const app = "Foyer for the Terminal";

beforeAll(async () => {
  database = await createTestDatabase();
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep", "meetings_only"] });
});
afterAll(async () => {
  await web.close();
  await database.close();
});
beforeEach(async () => {
  person = await signIn(web.url, workspace.members[0]!);
});

const discover = (clientId = app) =>
  openid.discovery(new URL(web.url), clientId, undefined, openid.None(), {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });

async function ask(path: string, form: Record<string, string> | string) {
  const response = await fetch(`${web.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: typeof form === "string" ? form : new URLSearchParams(form).toString(),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, response };
}

/** An app whose polls are never early, so that no test waits. */
async function start(clientId = app) {
  const { body } = await ask("/oauth/device_authorization", { client_id: clientId });
  const deviceCode = String(body.device_code);
  await database.pool.query("update device_codes set interval_seconds = 0 where device_code_hash = $1", [
    hashToken(deviceCode),
  ]);
  return { deviceCode, userCode: String(body.user_code) };
}

const poll = (deviceCode: string, clientId = app) =>
  ask("/oauth/token", {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: deviceCode,
    client_id: clientId,
  });

async function call(
  path: string,
  { cookie, token, body }: { cookie?: string; token?: string; body?: object },
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${web.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(cookie !== undefined && { cookie, origin: web.url }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** As an app opens one: from no page, so without an origin. */
function openAppLink(token: string) {
  return io(`${web.url}/rep`, {
    path: "/socket",
    transports: ["websocket"],
    extraHeaders: { authorization: `Bearer ${token}` },
    auth: { version: PROTOCOL_VERSION },
    forceNew: true,
    reconnection: false,
  });
}

const answer = (userCode: string, isAllowed: boolean, as = person) =>
  call("/api/apps/answer", { cookie: as.cookie, body: { userCode, isAllowed } });

async function tokenFor(as: SignedIn): Promise<string> {
  const { deviceCode, userCode } = await start();
  expect((await answer(userCode, true, as)).status).toBe(200);
  return String((await poll(deviceCode)).body.access_token);
}

describe("an app that signs in through the browser", () => {
  it("is let in by openid-client's flow, and acts as its person", async () => {
    const config = await discover();
    const codes = await openid.initiateDeviceAuthorization(config, {});
    expect(codes.verification_uri).toBe(`${web.url}/console/authorize`);
    expect(codes.verification_uri_complete).toBe(`${web.url}/console/authorize?user_code=${codes.user_code}`);
    expect(codes).toMatchObject({ interval: 5, expires_in: 600 });
    await database.pool.query("update device_codes set interval_seconds = 0");
    const polling = openid.pollDeviceAuthorizationGrant(config, { ...codes, interval: 0 });
    const looked = await call("/api/apps/look", {
      cookie: person.cookie,
      body: { userCode: codes.user_code },
    });
    expect(looked.body).toMatchObject({ app: { appName: app, isSameNetwork: true } });
    expect((await answer(codes.user_code, true)).status).toBe(200);
    const tokens = await polling;
    expect(tokens.token_type).toBe("bearer");
    expect(tokens.expires_in).toBe(90 * 86_400);
    expect((await call("/api/session", { token: tokens.access_token })).body).toMatchObject({
      member: { id: workspace.members[0]!.id },
    });
    const { rows } = await database.pool.query(
      "select kind, label, token_hash from sessions where kind = 'app' order by created_at desc limit 1",
    );
    expect(rows[0]).toEqual({ kind: "app", label: app, token_hash: hashToken(tokens.access_token) });
    const lines = await database.pool.query(
      "select action, subject_name from audit where action = 'app_authorized'",
    );
    expect(lines.rows).toEqual([{ action: "app_authorized", subject_name: app }]);
  });

  it("hears openid-client's words for a refusal and for a code past its time", async () => {
    const config = await discover();
    for (const [change, error] of [
      ["", "access_denied"],
      ["update device_codes set expires_at = foyer_now()", "expired_token"],
    ] as const) {
      const codes = await openid.initiateDeviceAuthorization(config, {});
      await database.pool.query("update device_codes set interval_seconds = 0");
      if (change === "") await answer(codes.user_code, false);
      else await database.pool.query(change);
      const polled = openid.pollDeviceAuthorizationGrant(config, { ...codes, interval: 0 });
      await expect(polled).rejects.toMatchObject({ error });
    }
  });

  it("gets one session for one code, as the app it is", async () => {
    const { deviceCode, userCode } = await start();
    expect((await poll(deviceCode)).body).toEqual({ error: "authorization_pending" });
    await answer(userCode, true);
    expect(await poll(deviceCode, "Another app")).toMatchObject({
      status: 400,
      body: { error: "invalid_grant" },
    });
    const answers = await Promise.all(Array.from({ length: 8 }, () => poll(deviceCode)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { status, body } of answers)
      if (status !== 200) expect(body).toEqual({ error: "invalid_grant" });
    expect((await answer(userCode, true)).body).toMatchObject({ code: "not_found" });
  });

  it("is told to slow down, five seconds more each time", async () => {
    const { body } = await ask("/oauth/device_authorization", { client_id: app });
    expect((await poll(String(body.device_code))).body).toEqual({ error: "authorization_pending" });
    expect((await poll(String(body.device_code))).body).toEqual({ error: "slow_down" });
    expect((await poll(String(body.device_code))).body).toEqual({ error: "slow_down" });
    const { rows } = await database.pool.query(
      "select interval_seconds from device_codes where device_code_hash = $1",
      [hashToken(String(body.device_code))],
    );
    expect(rows).toEqual([{ interval_seconds: 15 }]);
  });

  it("is refused in the RFC's words for questions that make no sense", async () => {
    for (const [form, error] of [
      ["", "invalid_request"],
      ["client_id=", "invalid_request"],
      ["client_id=a&client_id=b", "invalid_request"],
      ["client_id=%E2%80%AEevil", "invalid_request"],
      [`client_id=${"a".repeat(61)}`, "invalid_request"],
    ] as const)
      expect(await ask("/oauth/device_authorization", form), form).toMatchObject({
        status: 400,
        body: { error },
      });
    expect((await ask("/oauth/token", { grant_type: "password", client_id: app })).body).toEqual({
      error: "unsupported_grant_type",
    });
    expect((await ask("/oauth/token", { client_id: app })).body).toEqual({ error: "invalid_request" });
    expect((await poll("A".repeat(43))).body).toEqual({ error: "invalid_grant" });
    const { response } = await ask("/oauth/token", "");
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("keeps no code that a thief of the database could use", async () => {
    const { deviceCode, userCode } = await start();
    const { rows } = await database.pool.query("select to_jsonb(d)::text as row from device_codes d");
    const all = JSON.stringify(rows);
    expect(all).not.toContain(deviceCode);
    expect(all).not.toContain(userCode.replace("-", ""));
  });

  it("is not let in when its person has left meanwhile", async () => {
    const leaver = workspace.members[1]!;
    const { deviceCode, userCode } = await start();
    await answer(userCode, true, await signIn(web.url, leaver));
    await database.pool.query("update members set is_active = false where id = $1", [leaver.id]);
    expect((await poll(deviceCode)).body).toEqual({ error: "access_denied" });
    await database.pool.query("update members set is_active = true where id = $1", [leaver.id]);
  });
});

it("one network that begins too often keeps nobody else from beginning", async () => {
  const begin = (from: string) =>
    fetch(`${web.url}/oauth/device_authorization`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", "x-forwarded-for": from },
      body: "client_id=An+app",
    }).then(({ status }) => status);
  const statuses: number[] = [];
  for (let round = 0; round < 42; round++)
    statuses.push(
      ...(await Promise.all(
        Array.from({ length: 50 }, (_, at) => begin(`2001:db8:7:${(round * 50 + at).toString(16)}::1`)),
      )),
    );
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  expect(await begin("198.51.100.9")).toBe(200);
});

describe("a person who types a code", () => {
  it("may be wrong ten times in ten minutes, even all at once", async () => {
    const { userCode } = await start();
    const rep = await signIn(web.url, workspace.members[1]!);
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, at) =>
        call("/api/apps/look", {
          cookie: rep.cookie,
          body: { userCode: `BCDFGH${"BCDFGHJKLM"[at % 10]}${"BCDFGHJKLM"[Math.floor(at / 10)]}` },
        }),
      ),
    );
    expect(guesses.filter(({ body }) => body.code === "not_found")).toHaveLength(10);
    expect(guesses.filter(({ body }) => body.code === "too_many")).toHaveLength(20);
    const right = await call("/api/apps/look", { cookie: rep.cookie, body: { userCode } });
    expect(right.body.code).toBe("too_many");
    expect((await call("/api/apps/look", { cookie: person.cookie, body: { userCode } })).status).toBe(200);
  });

  it("must be signed in, on our own page", async () => {
    const { userCode } = await start();
    const body = { userCode, isAllowed: true };
    expect((await call("/api/apps/answer", { body }, { origin: web.url })).status).toBe(401);
    const foreign = await call(
      "/api/apps/answer",
      { cookie: person.cookie, body },
      { origin: "https://evil.example" },
    );
    expect(foreign.status).toBe(403);
  });
});

describe("an app's token", () => {
  it("does the day's work, and nothing that lets others in or changes the workspace", async () => {
    const token = await tokenFor(person);
    expect((await call("/api/hours", { token })).status).toBe(200);
    const reply = { title: "From an app", text: "Hello" };
    expect((await call("/api/canned-replies", { token, body: reply })).status).toBe(200);
    const { userCode } = await start();
    for (const [path, body] of [
      ["/api/apps/answer", { userCode, isAllowed: true }],
      ["/api/phone-codes", {}],
      ["/api/session/prove", { password: workspace.members[0]!.password }],
    ] as const)
      expect((await call(path, { token, body })).body, path).toMatchObject({ code: "forbidden" });
    expect((await call("/api/mails", { token })).status).toBe(403);
  });

  it("counts as a bearer token only, and then alone", async () => {
    const token = await tokenFor(person);
    expect((await call("/api/session", { cookie: `foyer=${token}` })).status).toBe(401);
    // With a cookie that would do, a bearer that does not is refused; a browser's session is no bearer token.
    expect((await call("/api/session", { cookie: person.cookie, token: "A".repeat(43) })).status).toBe(401);
    expect((await call("/api/session", { token: person.cookie.split("=")[1] ?? "" })).status).toBe(401);
    const both = await call("/api/mails", { cookie: person.cookie, token });
    expect(both.body).toMatchObject({ code: "forbidden" });
    for (const authorization of ["Bearer", "Bearer ", "bearer x", "BEARER\ta"])
      expect((await call("/api/session", { cookie: person.cookie }, { authorization })).status).toBe(401);
  });

  it("is refused from a page of another site", async () => {
    const token = await tokenFor(person);
    const body = { title: "From a page", text: "Hello" };
    const headers = { origin: "https://evil.example" };
    expect((await call("/api/canned-replies", { token, body }, headers)).status).toBe(403);
    const crossSite = { "sec-fetch-site": "cross-site" };
    expect((await call("/api/canned-replies", { token, body }, crossSite)).status).toBe(403);
  });

  it("opens a link to the desk, which ends within five seconds when the app signs itself out", async () => {
    const token = await tokenFor(person);
    const socket = openAppLink(token);
    await connected(socket);
    const ended = new Promise<void>((resolve) => socket.once("disconnect", () => resolve()));
    const startedAt = performance.now();
    expect((await call("/api/session/end", { token, body: {} })).status).toBe(200);
    await ended;
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect((await call("/api/session", { token })).status).toBe(401);
    expect((await call("/api/session", { cookie: person.cookie })).status).toBe(200);
  });

  it("is taken back in the list of sessions, and its link ends within five seconds", async () => {
    const token = await tokenFor(person);
    const socket = openAppLink(token);
    await connected(socket);
    const ended = new Promise<void>((resolve) => socket.once("disconnect", () => resolve()));
    const { body } = await call("/api/sessions", { cookie: person.cookie });
    const lines = body.sessions as { id: string; kind: string; label: string }[];
    const line = lines.find(({ kind }) => kind === "app");
    expect(line?.label).toBe(app);
    for (const { id, kind } of lines)
      if (kind === "app")
        expect((await call(`/api/sessions/${id}/end`, { cookie: person.cookie, body: {} })).status).toBe(200);
    const startedAt = performance.now();
    await ended;
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect((await call("/api/session", { token })).status).toBe(401);
    // An app can look at no list of sessions, nor end one.
    const other = await tokenFor(person);
    expect((await call("/api/sessions", { token: other })).status).toBe(403);
  });

  it("opens no link for a member who never chats", async () => {
    const token = await tokenFor(await signIn(web.url, workspace.members[2]!));
    await expect(connected(openAppLink(token))).rejects.toThrow("unauthenticated");
    await expect(connected(openAppLink("A".repeat(43)))).rejects.toThrow("unauthenticated");
  });
});
