import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import { Company, TestBrowser } from "../accounts/sso/test-company.ts";
import { workspaceTables } from "../accounts/workspace/workspace-tables.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import { createLog } from "../log.ts";
import { freePort, startTestWeb, type TestWeb } from "../promises/test-web.ts";
import { checkApp } from "./check-app.ts";
import { openAccount } from "./open-account.ts";
import { registerApp, testConnectionDeps } from "./testing.ts";
import { type OAuthSimulator, openOAuthSimulator } from "./testing-oauth.ts";

let database: TestDatabase;
let web: TestWeb;
let company: Company;
const simulators = {} as Record<OAuthProvider, OAuthSimulator>;
const settings = () => Object.assign({}, ...Object.values(simulators).map((each) => each.settings()));
const logged: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ poolSize: 8 });
  const port = await freePort();
  const redirectUrls = [`http://127.0.0.1:${port}/connect/callback`];
  for (const kind of ["google", "microsoft", "zoom"] as const)
    simulators[kind] = await openOAuthSimulator({ kind, redirectUrls });
  web = await startTestWeb({
    databaseUrl: database.url,
    log: createLog({ level: "debug", part: "web", write: (line) => logged.push(line) }),
    settings: { ...settings(), PORT: String(port) },
  });
});
afterAll(async () => {
  await web.close();
  await Promise.all(Object.values(simulators).map((each) => each.close()));
  await database.close();
});

beforeEach(async () => {
  company = await Company.open(
    { database, web, txt: new Map(), close: () => Promise.resolve() },
    "Rowan Ltd",
  );
  for (const each of Object.values(simulators)) await registerApp(database.db, company.workspace, each);
});
afterEach(() => {
  for (const each of Object.values(simulators)) {
    each.needsApproval = false;
    each.tokenAnswer = null;
  }
});

type Wish = Partial<ConsoleRouteInput<"POST /api/connections/begin">>;

async function begin(wish: Wish = {}, browser = company.browser): Promise<URL> {
  const input = { provider: "google", again: null, returnTo: "/console/me/calendars", ...wish } as const;
  return new URL((await company.ok("POST /api/connections/begin", input, "", browser)).url);
}

/** Goes to the provider, picks an account and answers; where the browser is led back to, without going there. */
async function consent(at: URL, { account = "1001", leaveOut = "", answer = "allow" } = {}): Promise<URL> {
  const there = new TestBrowser();
  const page = await there.ask(at);
  const back = page.headers.get("location");
  if (back !== null) return new URL(back);
  const query = at.search.slice(1);
  const action = new URL(at.pathname, at);
  const asked = await (await there.ask(action, { form: { query, account } })).text();
  const scopes = [...asked.matchAll(/name="scope" value="([^"]+)"/g)].map(([, scope = ""]) => scope);
  const form = new URLSearchParams({ query, account, answer });
  for (const scope of scopes) if (leaveOut === "" || !scope.endsWith(leaveOut)) form.append("scope", scope);
  const done = await fetch(action, { method: "POST", redirect: "manual", body: form });
  return new URL(done.headers.get("location") ?? "");
}

async function comeBack(back: URL, browser = company.browser): Promise<string> {
  const response = await browser.ask(back);
  return response.headers.get("location") ?? String(response.status);
}

async function connect(wish: Wish = {}, answer: Parameters<typeof consent>[1] = {}): Promise<string> {
  return comeBack(await consent(await begin(wish), answer));
}

function rows() {
  return database.db
    .selectFrom("connections")
    .selectAll()
    .where("workspace_id", "=", company.workspace.id)
    .orderBy("created_at")
    .execute();
}

async function only() {
  const [row, ...more] = await rows();
  if (row === undefined || more.length > 0) throw new Error(`${more.length + 1} connections`);
  return row;
}

describe("connecting", () => {
  it.each([
    ["google", "google", "/console/me/calendars"],
    ["microsoft", "microsoft", "/console/setup"],
    ["teams", "microsoft", "/console/me/meeting-details"],
    ["zoom", "zoom", "/console/me/meeting-details"],
  ] as const)(
    "an account of %s leads back to where it began, and the account answers",
    async (provider, kind, returnTo) => {
      expect(await connect({ provider, returnTo })).toBe(`${returnTo}?connect=connected`);
      expect(await only()).toMatchObject({
        provider,
        account_id: "1001",
        account_name: "robin@team.example",
        problem: null,
      });
      const asked = simulators[kind].seen.consents.at(-1);
      expect(asked?.searchParams.get("code_challenge_method")).toBe("S256");
      expect(asked?.searchParams.get("redirect_uri")).toBe(`${web.url}/connect/callback`);
      const deps = testConnectionDeps(database.db, settings());
      const account = await openAccount(deps, company.workspace.id, (await only()).id);
      expect((await account.send({ path: "/nothing-here" })).status).toBe(404);
      const { apps } = await company.ok("GET /api/provider-apps", {});
      expect(apps.find((app) => app.provider === kind)?.isVerified).toBe(true);
    },
  );

  it("asks Google for a token that renews, and names the account that is connected again", async () => {
    await connect();
    const again = await begin({ again: (await only()).id });
    expect(Object.fromEntries(again.searchParams)).toMatchObject({
      access_type: "offline",
      prompt: "consent",
      include_granted_scopes: "true",
      login_hint: "robin@team.example",
    });
  });

  it("names a permission that was not ticked, and takes it when it is given after all", async () => {
    expect(await connect({}, { leaveOut: "calendar.freebusy" })).toBe(
      "/console/me/calendars?connect=missing_scope",
    );
    const row = await only();
    expect(row.problem).toBe("missing_scope");
    expect(row.scopes).not.toContain("https://www.googleapis.com/auth/calendar.freebusy");
    expect(await connect({ again: row.id })).toBe("/console/me/calendars?connect=connected");
    expect(await only()).toMatchObject({ id: row.id, problem: null });
  });

  it("connects the same account again, and no other one instead", async () => {
    await connect();
    const { id } = await only();
    expect(await connect({ again: id }, { account: "1002" })).toBe(
      "/console/me/calendars?connect=other_account",
    );
    expect(await only()).toMatchObject({ id, account_id: "1001" });
    expect(await connect()).toBe("/console/me/calendars?connect=connected");
    expect(await only()).toMatchObject({ id });
    expect(await connect({}, { account: "1002" })).toBe("/console/me/calendars?connect=connected");
    expect(await rows()).toHaveLength(2);
  });

  it("says that the person said no", async () => {
    expect(await connect({}, { answer: "deny" })).toBe("/console/me/calendars?connect=denied");
    expect(await rows()).toEqual([]);
  });

  it.each(["microsoft", "zoom"] as const)(
    "remembers that an admin at %s must allow us first, until it is connected",
    async (provider) => {
      simulators[provider].needsApproval = true;
      expect(await connect({ provider })).toBe("/console/me/calendars?connect=needs_approval");
      const waits = () =>
        database.db
          .selectFrom("connect_waits")
          .select("provider")
          .where("workspace_id", "=", company.workspace.id)
          .execute();
      expect(await waits()).toEqual([{ provider }]);
      simulators[provider].needsApproval = false;
      expect(await connect({ provider })).toBe("/console/me/calendars?connect=connected");
      expect(await waits()).toEqual([]);
    },
  );

  it("thanks an admin who allowed us, signed in or not", async () => {
    const stranger = new TestBrowser();
    const page = await stranger.ask(`${web.url}/connect/callback?admin_consent=True&tenant=t&state=approved`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Foyer is allowed")]);
  });

  it("says when the provider does not take the registration, and when it is away", async () => {
    const { clientSecret } = simulators.google;
    simulators.google.clientSecret = "another one";
    expect(await connect()).toBe("/console/me/calendars?connect=misconfigured");
    simulators.google.clientSecret = clientSecret;
    simulators.google.tokenAnswer = { status: 503, json: {} };
    expect(await connect()).toBe("/console/me/calendars?connect=unreachable");
    expect(await rows()).toEqual([]);
  });

  it("begins nowhere the workspace is not registered, and with no connection of somebody else", async () => {
    await connect();
    const { id } = await only();
    const colleague = new TestBrowser();
    const member = company.workspace.members[1]!;
    await company.ok("POST /api/session", { email: member.email, password: member.password }, "", colleague);
    const input = { provider: "google", again: id, returnTo: "/console/me/calendars" } as const;
    expect((await company.call("POST /api/connections/begin", input, "", colleague)).body.code).toBe(
      "not_found",
    );
    expect((await company.call("POST /api/connections/:id/disconnect", {}, id, colleague)).body.code).toBe(
      "not_found",
    );
    await company.ok("POST /api/provider-apps/:provider/remove", {}, "zoom");
    const zoom = { provider: "zoom", again: null, returnTo: "/console/me/calendars" } as const;
    expect((await company.call("POST /api/connections/begin", zoom)).body.code).toBe("not_found");
  });
});

describe("an answer that is not this browser's, this member's, or this moment's", () => {
  const expired = "/console/me/calendars?connect=expired";

  it("is refused the second time", async () => {
    const back = await consent(await begin());
    expect(await comeBack(back)).toBe("/console/me/calendars?connect=connected");
    expect(await comeBack(back)).toBe(expired);
    expect(simulators.google.seen.exchanges).toBeGreaterThan(0);
  });

  it("is refused in another browser, though the same member is signed in there, and stays good where it began", async () => {
    const back = await consent(await begin());
    const other = new TestBrowser();
    const [member] = company.workspace.members;
    await company.ok("POST /api/session", { email: member!.email, password: member!.password }, "", other);
    expect(await comeBack(back, other)).toBe(expired);
    await begin({}, other);
    expect(await comeBack(back, other)).toBe(expired);
    expect(await comeBack(back)).toBe("/console/me/calendars?connect=connected");
  });

  it("is refused when somebody else has signed in meanwhile", async () => {
    const back = await consent(await begin());
    const colleague = company.workspace.members[1]!;
    await company.ok("POST /api/session", { email: colleague.email, password: colleague.password });
    expect(await comeBack(back)).toBe(expired);
    expect(await rows()).toEqual([]);
  });

  it("is refused after ten minutes, and with a state that nobody made", async () => {
    const back = await consent(await begin());
    await sql`update connect_flows set expires_at = foyer_now()`.execute(database.db);
    expect(await comeBack(back)).toBe(expired);
    const made = await consent(await begin());
    made.searchParams.set("state", "a".repeat(43));
    expect(await comeBack(made)).toBe(expired);
    expect(await rows()).toEqual([]);
  });

  it("is refused with the code of another flow: the verifier does not fit", async () => {
    const [first, second] = [await consent(await begin()), await consent(await begin())];
    second.searchParams.set("code", first.searchParams.get("code") ?? "");
    expect(await comeBack(second)).toBe(expired);
    expect(await rows()).toEqual([]);
  });

  it("is refused when the registration was changed meanwhile", async () => {
    const back = await consent(await begin());
    await company.ok(
      "PUT /api/provider-apps/:provider",
      { clientId: "another", clientSecret: "another secret" },
      "google",
    );
    expect(await comeBack(back)).toBe("/console/me/calendars?connect=misconfigured");
  });
});

describe("registrations", () => {
  it("show what to enter, and never the secret", async () => {
    const answer = await company.ok("GET /api/provider-apps", {});
    const google = answer.apps.find(({ provider }) => provider === "google")!;
    expect(google).toMatchObject({
      clientId: simulators.google.clientId,
      redirectUrl: `${web.url}/connect/callback`,
    });
    expect(JSON.stringify(answer)).not.toContain(simulators.google.clientSecret);
  });

  it("need the secret of a new client, keep the one of the same, and end what another client connected", async () => {
    await connect();
    const { clientId } = simulators.google;
    await company.ok("PUT /api/provider-apps/:provider", { clientId, clientSecret: null }, "google");
    expect((await only()).problem).toBeNull();
    const other = { clientId: "another", clientSecret: null };
    expect((await company.call("PUT /api/provider-apps/:provider", other, "google")).body).toMatchObject({
      code: "invalid_input",
      field: "clientSecret",
    });
    await company.ok("PUT /api/provider-apps/:provider", { ...other, clientSecret: "its secret" }, "google");
    expect((await only()).problem).toBe("needs_reauth");
  });

  it("are changed, removed and everything revoked only by whoever has just proved who they are", async () => {
    await sql`update sessions set proved_at = foyer_now() - interval '1 day'`.execute(database.db);
    const save = { clientId: "another", clientSecret: "another secret" };
    expect((await company.call("PUT /api/provider-apps/:provider", save, "google")).body.code).toBe(
      "proof_needed",
    );
    for (const route of [
      "POST /api/provider-apps/:provider/remove",
      "POST /api/connections/revoke-all",
    ] as const)
      expect((await company.call(route, {}, "google")).body.code).toBe("proof_needed");
  });

  it("are tested without a person: the client, its secret, our address", async () => {
    const check = async (kind: OAuthProvider) =>
      (await company.ok("POST /api/provider-apps/:provider/check", {}, kind)).check;
    for (const kind of ["google", "microsoft", "zoom"] as const) expect(await check(kind)).toBe("works");
    const { google, zoom } = simulators;
    const secrets = [google.clientSecret, zoom.clientSecret];
    google.clientSecret = zoom.clientSecret = "changed there";
    expect([await check("google"), await check("zoom")]).toEqual(["wrong_secret", "wrong_client"]);
    [google.clientSecret, zoom.clientSecret] = secrets as [string, string];
    const elsewhere = await openOAuthSimulator({
      kind: "google",
      redirectUrls: ["https://elsewhere.example/"],
    });
    const deps = testConnectionDeps(database.db, elsewhere.settings());
    expect(await checkApp(deps, company.workspace.id, "google")).toBe("wrong_redirect");
    await elsewhere.close();
    expect(await checkApp(deps, company.workspace.id, "google")).toBe("unreachable");
  });
});

describe("a token", () => {
  it("is found in no row of the database as text, in no answer and in no line of the log", async () => {
    const from = simulators.google.seen.issued.length;
    const { id } = await connect().then(only);
    simulators.google.endConsents();
    const deps = testConnectionDeps(database.db, settings());
    const account = await openAccount(deps, company.workspace.id, id);
    await expect(account.send({ path: "/thing" })).rejects.toMatchObject({ kind: "auth" });
    const dump: string[] = [];
    for (const { name, owner } of await workspaceTables(database.db)) {
      const { rows: found } = await sql<{ row: string }>`
        select to_jsonb(t)::text as row from ${sql.table(name)} t where ${sql.ref(owner)} = ${company.workspace.id}`.execute(
        database.db,
      );
      dump.push(...found.map(({ row }) => row));
    }
    const text = `${dump.join("\n")}\n${logged.join("\n")}`;
    expect(text).toContain("connection_added");
    expect(text).toContain("needs you");
    const issued = simulators.google.seen.issued.slice(from);
    expect(issued).toHaveLength(3);
    for (const token of [...issued, simulators.google.clientSecret]) {
      expect(text.includes(token)).toBe(false);
      expect(text.includes(Buffer.from(token).toString("hex"))).toBe(false);
    }
  });
});
