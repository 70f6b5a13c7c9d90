import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionId } from "../../shared/model/ids.ts";
import { connectDatabase } from "../db/connect.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { prepareJobs } from "../jobs/queue.ts";
import { createLog } from "../log.ts";
import { addWorkspace, type TestWorkspace } from "../promises/test-workspace.ts";
import type { ConnectionDeps } from "./deps.ts";
import { openAccount } from "./open-account.ts";
import type { ProviderError } from "./port.ts";
import { saveConnection } from "./save-connection.ts";
import { connectAccount, registerApp, testConnectionDeps } from "./testing.ts";
import { type OAuthSimulator, openOAuthSimulator } from "./testing-oauth.ts";

let database: TestDatabase;
let workspace: TestWorkspace;
let simulator: OAuthSimulator;
let deps: ConnectionDeps;
let id: ConnectionId;
let hints: string[];

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  await prepareJobs(database.pool);
});
afterAll(() => database.close());

beforeEach(async () => {
  hints = [];
  workspace = await addWorkspace(database.db, { roles: ["admin", "rep", "admin"] });
  simulator = await openOAuthSimulator({
    kind: "zoom",
    redirectUrls: [],
    api: ({ path, account }) => ({ status: 200, json: { path, email: account.email } }),
  });
  deps = testConnectionDeps(database.db, simulator.settings(), ({ kind }) => hints.push(kind));
  await registerApp(database.db, workspace, simulator);
  id = await connectAccount(deps, workspace, simulator, { member: 1 });
});
afterEach(() => simulator.close());

const open = (more: Partial<ConnectionDeps> = {}) => openAccount({ ...deps, ...more }, workspace.id, id);
const ask = async (more: Partial<ConnectionDeps> = {}) => (await open(more)).send({ path: "/v2/thing" });

function failure(asking: Promise<unknown>): Promise<ProviderError> {
  return asking.then(
    () => {
      throw new Error("it was answered");
    },
    (error: ProviderError) => error,
  );
}

function row() {
  return database.db.selectFrom("connections").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
}

function mails() {
  return database.db
    .selectFrom("mails")
    .select(["to_address", "subject", "body_text"])
    .where("workspace_id", "=", workspace.id)
    .orderBy("to_address")
    .execute();
}

describe("an account that is asked", () => {
  it("is asked with its token, and the answer comes as it is", async () => {
    const answer = await ask();
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { path: "/v2/thing", email: "robin@team.example" },
    ]);
    expect(simulator.seen.renewals).toBe(0);
  });

  it("is renewed before its end, and the new token to renew with is kept", async () => {
    await sql`update connections set access_expires_at = foyer_now() + interval '50 seconds' where id = ${id}`.execute(
      database.db,
    );
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    expect(simulator.seen).toMatchObject({ renewals: 1, refusedRenewals: 0 });
    simulator.endAccess();
    expect((await ask()).status).toBe(200);
    expect(simulator.seen).toMatchObject({ renewals: 2, refusedRenewals: 0 });
  });

  it("is renewed once at a 401 and asked once more, whatever the clocks say", async () => {
    simulator.endAccess();
    expect((await ask()).status).toBe(200);
    expect(simulator.seen.renewals).toBe(1);
    // A database clock that is five minutes behind the provider's: our hour is not over, theirs is.
    await sql`update connections set access_expires_at = foyer_now() + interval '5 minutes' where id = ${id}`.execute(
      database.db,
    );
    simulator.endAccess();
    expect((await ask()).status).toBe(200);
    expect(simulator.seen).toMatchObject({ renewals: 2, refusedRenewals: 0 });
    expect((await row()).problem).toBeNull();
  });

  it("throws auth at the second 401, without renewing again", async () => {
    simulator.apiAnswer = { status: 401, json: {} };
    expect(await failure(ask())).toMatchObject({ kind: "auth" });
    expect(simulator.seen.renewals).toBe(1);
  });

  it("asks no address but that of its API with the token", async () => {
    const account = await open();
    expect(await failure(account.send({ path: "https://elsewhere.example/v2/thing" }))).toMatchObject({
      kind: "refused",
      code: "other_origin",
    });
    expect(simulator.seen.api).toBe(0);
    expect((await account.send({ path: `${simulator.url}/v2/next?page=2` })).status).toBe(200);
  });

  it("waits as long as the provider says, in seconds or by an instant of the provider's own clock", async () => {
    simulator.apiAnswer = { status: 429, json: {}, headers: { "retry-after": "7" } };
    expect(await failure(ask())).toMatchObject({ kind: "rate", retryAfterMs: 7_000 });
    const theirs = Date.UTC(2026, 0, 5, 12, 0, 0);
    simulator.apiAnswer = {
      status: 503,
      json: {},
      headers: {
        date: new Date(theirs).toUTCString(),
        "retry-after": new Date(theirs + 90_000).toUTCString(),
      },
    };
    expect(await failure(ask())).toMatchObject({ kind: "rate", retryAfterMs: 90_000 });
  });

  it("takes other errors of the provider for answers, and silence for something that passes", async () => {
    simulator.apiAnswer = { status: 500, json: { message: "broken" } };
    expect((await ask()).status).toBe(500);
    await simulator.close();
    expect(await failure(ask())).toMatchObject({ kind: "transient" });
    expect((await row()).problem).toBeNull();
  });
});

describe("renewing", () => {
  it("happens once for a hundred requests over two pools, though the token to renew with dies by its use", async () => {
    const other = connectDatabase({
      url: database.url,
      log: createLog({ level: "silent", part: "test" }),
      poolSize: 4,
      name: "test-other",
    });
    const theirs = testConnectionDeps(other.db, simulator.settings());
    simulator.endAccess();
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => ask(index % 2 === 0 ? deps : theirs)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(simulator.seen).toMatchObject({ renewals: 1, refusedRenewals: 0 });
    await other.close();
  });

  it("commits the new token before the access is used", async () => {
    const before = (await row()).sealed_secret;
    simulator.endAccess();
    const account = await open();
    let atUse: Buffer | null = null;
    const fetchFor: ConnectionDeps["fetchFor"] = (base) => async (url, request) => {
      if (simulator.seen.renewals > 0 && String(url).includes("/v2/")) atUse = (await row()).sealed_secret;
      return deps.fetchFor(base)(url, request);
    };
    await (await open({ fetchFor })).send({ path: "/v2/thing" });
    expect(account.accountName).toBe("robin@team.example");
    expect(atUse).not.toBeNull();
    expect(before.equals(atUse as unknown as Buffer)).toBe(false);
  });

  it("ends the account when the consent is over: told once, asked never again", async () => {
    simulator.endConsents();
    expect(await failure(ask())).toMatchObject({ kind: "auth" });
    expect(await failure(ask())).toMatchObject({ kind: "auth" });
    expect(await failure(open())).toMatchObject({ kind: "auth", code: "needs_reauth" });
    expect(simulator.seen.refusedRenewals).toBe(1);
    expect(await row()).toMatchObject({ problem: "needs_reauth" });
    expect(hints).toEqual(["settings"]);
    const told = await mails();
    expect(told.map(({ to_address }) => to_address).sort()).toEqual(
      workspace.members.map(({ email }) => email).sort(),
    );
    const mine = told.find(({ to_address }) => to_address === workspace.members[1]!.email)!;
    expect(mine.subject).toBe("Your Zoom needs you");
    expect(mine.body_text).toContain("/console/me/meeting-details");
  });

  it("keeps an account whose provider is away or in a hurry as it is", async () => {
    simulator.endAccess();
    simulator.tokenAnswer = { status: 503, json: {}, headers: { "retry-after": "3" } };
    expect(await failure(ask())).toMatchObject({ kind: "rate", retryAfterMs: 3_000 });
    simulator.tokenAnswer = { status: 500, json: {} };
    expect(await failure(ask())).toMatchObject({ kind: "transient" });
    simulator.tokenAnswer = null;
    expect((await ask()).status).toBe(200);
    expect(await row()).toMatchObject({ problem: null });
  });

  it("says that the registration is refused, not that the person must come again", async () => {
    simulator.endAccess();
    simulator.clientSecret = "changed at the provider";
    expect(await failure(ask())).toMatchObject({ kind: "refused" });
    expect(await row()).toMatchObject({ problem: "refused" });
  });

  it("tells no token and no secret in what is thrown", async () => {
    simulator.endConsents();
    const error = await failure(ask());
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toMatch(
      /[A-Za-z0-9_-]{30,}|secret/,
    );
  });
});

describe("what is sealed", () => {
  it("does not open in another row, for another member, provider or workspace", async () => {
    const other = await connectAccount(deps, workspace, simulator, { member: 0, email: "sam@team.example" });
    await sql`update connections set sealed_secret = (select sealed_secret from connections where id = ${id}) where id = ${other}`.execute(
      database.db,
    );
    expect(await failure(openAccount(deps, workspace.id, other))).toMatchObject({
      kind: "auth",
      code: "sealed_otherwise",
    });
    await sql`update connections set member_id = ${workspace.members[2]!.id} where id = ${id}`.execute(
      database.db,
    );
    expect(await failure(open())).toMatchObject({ code: "sealed_otherwise" });
    expect(simulator.seen.api).toBe(0);
  });

  it("holds no token as text", async () => {
    const { sealed_secret } = await row();
    expect(sealed_secret.toString("latin1")).not.toContain("Token");
  });

  it("opens with the key of before", async () => {
    const keys = {
      secretKey: "another key of the tests, long enough",
      previousSecretKey: deps.keys.secretKey,
    };
    expect((await ask({ keys })).status).toBe(200);
    expect(await failure(open({ keys: { ...keys, previousSecretKey: null } }))).toMatchObject({
      code: "sealed_otherwise",
    });
  });
});

describe("a CalDAV account", () => {
  it("is asked with name and password at its own server, and nowhere else", async () => {
    const saved = await saveConnection(database.db, deps, {
      workspaceId: workspace.id,
      memberId: workspace.members[1]!.id,
      provider: "caldav",
      accountId: `${simulator.url}/dav/robin/`,
      accountName: "robin",
      serverUrl: `${simulator.url}/dav/robin/`,
      scopes: [],
      secret: { kind: "password", username: "robin", password: "app password" },
      expiresInSeconds: null,
      problem: null,
      again: null,
    });
    if (saved === null) throw new Error("not saved");
    const strict = await openAccount(deps, workspace.id, saved);
    expect(await failure(strict.send({ path: "/dav/robin/work/" }))).toMatchObject({ kind: "refused" });
    const inside = testConnectionDeps(database.db, { ...simulator.settings(), ALLOW_PRIVATE_HOSTS: "on" });
    const seen: [string, string | undefined][] = [];
    const fetchFor: ConnectionDeps["fetchFor"] = () => async (url, request) => {
      seen.push([String(url), request?.headers?.authorization]);
      return new Response("", { status: 207 });
    };
    const account = await openAccount({ ...inside, fetchFor }, workspace.id, saved);
    expect((await account.send({ method: "PROPFIND", path: "/dav/robin/work/" })).status).toBe(207);
    expect(seen).toEqual([
      [`${simulator.url}/dav/robin/work/`, `Basic ${Buffer.from("robin:app password").toString("base64")}`],
    ]);
    expect(await failure(account.send({ path: "//elsewhere.example/dav/" }))).toMatchObject({
      code: "other_origin",
    });
  });
});
