import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { type SignedIn, signIn } from "../../promises/test-rep.ts";
import { startTestWeb, type TestWeb } from "../../promises/test-web.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";

let database: TestDatabase;
let web: TestWeb;
let workspace: TestWorkspace;
let desk: SignedIn;

beforeAll(async () => {
  database = await createTestDatabase();
  web = await startTestWeb({ databaseUrl: database.url });
  workspace = await addWorkspace(database.db, { roles: ["rep", "rep"] });
});
afterAll(async () => {
  await web.close();
  await database.close();
});
beforeEach(async () => {
  desk = await signIn(web.url, workspace.members[0]!);
});

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

async function ask(path: string, body: object | null, cookie = "") {
  const response = await fetch(web.url + path, {
    method: body === null ? "GET" : "POST",
    headers: { origin: web.url, cookie, "user-agent": iphone, "content-type": "application/json" },
    ...(body !== null && { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  const token = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { status: response.status, answer, cookie: token };
}

async function show(as = desk) {
  const { answer } = await ask("/api/phone-codes", {}, as.cookie);
  const secret = String(answer.link).split("#")[1] ?? "";
  return { id: String(answer.id), link: String(answer.link), secret };
}
const claim = async (secret: string) => (await ask("/api/phone-sign-in/claim", { secret })).answer;
const finish = (token: unknown) => ask("/api/phone-sign-in/finish", { claim: token });
const state = async (id: string, as = desk) => (await ask(`/api/phone-codes/${id}`, null, as.cookie)).answer;
const confirm = (id: string, isMine: boolean, as = desk) =>
  ask(`/api/phone-codes/${id}/answer`, { isMine }, as.cookie);

describe("a code on the console's screen", () => {
  it("signs in the phone that the person says is theirs, once, as a session of its own", async () => {
    const code = await show();
    expect(code.link).toBe(`${web.url}/console/phone#${code.secret}`);
    expect((await ask("/api/phone-sign-in/look", { secret: code.secret })).answer).toMatchObject({
      firstName: "Robin0",
    });
    expect(await state(code.id)).toMatchObject({ state: "open", phoneLabel: null });
    const { claim: token, number } = await claim(code.secret);
    expect(await state(code.id)).toMatchObject({ state: "claimed", phoneLabel: "Safari on iOS", number });
    expect((await finish(token)).answer).toEqual({ ok: true, isWaiting: true });
    expect((await confirm(code.id, true)).status).toBe(200);
    const finished = await Promise.all([finish(token), finish(token), finish(token)]);
    const opened = finished.filter(({ status }) => status === 200);
    expect(opened).toHaveLength(1);
    expect(await state(code.id)).toMatchObject({ state: "used" });
    const { answer } = await ask("/api/session", null, opened[0]!.cookie);
    expect(answer).toMatchObject({ member: { id: workspace.members[0]!.id } });
    const { rows } = await database.pool.query(
      "select kind, label, proved_at < foyer_now() - interval '1 day' as unproven from sessions where kind = 'phone'",
    );
    expect(rows).toEqual([{ kind: "phone", label: "Safari on iOS", unproven: true }]);
    const audit = await database.pool.query("select action from audit where action = 'phone_signed_in'");
    expect(audit.rows).toHaveLength(1);
  });

  it("is worth nothing to whoever photographs it while the person says no, or says nothing", async () => {
    const code = await show();
    const { claim: token } = await claim(code.secret);
    await confirm(code.id, false);
    expect(await finish(token)).toMatchObject({ status: 403, cookie: "" });
    const silent = await show();
    const { claim: other } = await claim(silent.secret);
    await database.pool.query("update phone_codes set expires_at = foyer_now() where state = 'claimed'");
    expect(await finish(other)).toMatchObject({ status: 410, cookie: "" });
    expect((await confirm(silent.id, true)).answer).toMatchObject({ code: "expired" });
  });

  it("belongs to the first phone, even when many claim it at once", async () => {
    const code = await show();
    const claims = await Promise.all(Array.from({ length: 8 }, () => claim(code.secret)));
    expect(claims.filter(({ ok }) => ok)).toHaveLength(1);
    for (const { ok, code: why } of claims) if (!ok) expect(why).toBe("expired");
  });

  it("ends when it is withdrawn, when a new one is shown, when its console signs out", async () => {
    const withdrawn = await show();
    await ask(`/api/phone-codes/${withdrawn.id}/withdraw`, {}, desk.cookie);
    const replaced = await show();
    const last = await show();
    for (const { secret } of [withdrawn, replaced]) expect((await claim(secret)).code).toBe("expired");
    const { claim: token } = await claim(last.secret);
    await confirm(last.id, true);
    await ask("/api/session/end", {}, desk.cookie);
    expect(await finish(token)).toMatchObject({ status: 410, cookie: "" });
  });

  it("is answered by the console that shows it, and by no other", async () => {
    const colleague = await signIn(web.url, workspace.members[1]!);
    const mineElsewhere = await signIn(web.url, workspace.members[0]!);
    const code = await show();
    await claim(code.secret);
    for (const other of [colleague, mineElsewhere]) {
      expect((await state(code.id, other)).code).toBe("not_found");
      expect((await confirm(code.id, true, other)).answer).toMatchObject({ code: "not_found" });
    }
  });
});
