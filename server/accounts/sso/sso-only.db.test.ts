import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProviderView } from "../../../shared/protocol/sso-routes.ts";
import { testPassword } from "../../promises/test-workspace.ts";
import { openSession } from "../open-session.ts";
import { Company, callAs, type House, openHouse, TestBrowser, whoIs } from "./test-company.ts";
import { openOidcProvider, type TestIdp } from "./test-oidc-provider.ts";

// Domains, what the sign-in page may tell, and workspaces where passwords are off.

let house: House;
let company: Company;
let provider: ProviderView;
let idp: TestIdp;
let tests = 0;
let domain = "";

beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  await house.close();
  await idp?.close();
});

beforeEach(async () => {
  domain = `only${++tests}.example`;
  await idp?.close();
  company = await Company.open(house, "Quiet Rooms");
  const draft = await company.draft("oidc");
  idp = await openOidcProvider(["redirectUrl" in draft.ours ? draft.ours.redirectUrl : ""]);
  idp.person = { sub: "ada", email: `ada@${domain}`, email_verified: true };
  provider = await company.save(draft, {
    oidc: { issuer: idp.issuer, clientId: idp.clientId },
    secret: idp.secret,
  });
});

async function turnOn() {
  await company.provenDomain(domain);
  const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, provider.id);
  await company.browser.follow(url, (at) => at.pathname.startsWith("/console"));
  await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, provider.id);
}

const password = (email: string) =>
  callAs(new TestBrowser(), house.web.url, "POST /api/session", { email, password: testPassword });
const find = async (email: string) =>
  (await callAs(new TestBrowser(), house.web.url, "POST /api/sso/find", { email })).body;

describe("a domain", () => {
  it("is proven by its TXT record, and says what was found instead", async () => {
    const { domain: added } = await company.ok("POST /api/sso/domains", {
      domain: `  @${domain.toUpperCase()}. `,
    });
    expect(added.domain).toBe(domain);
    const check = async () => (await company.ok("POST /api/sso/domains/:id/prove", {}, added.id)).problem;
    expect(await check()).toBe("nothing_found");
    house.txt.set(added.dnsName, "foyer-verification=of-somebody-else");
    expect(await check()).toBe("other_value");
    house.txt.set(added.dnsName, added.text);
    expect(await check()).toBe(null);
    expect((await company.ok("GET /api/sso", {})).domains).toMatchObject([{ domain, provenBy: "dns" }]);
  });

  it("is one workspace's: whoever would prove it second is told", async () => {
    const others = await Company.open(house, "Others");
    const ours = (await company.ok("POST /api/sso/domains", { domain })).domain;
    const theirs = (await others.ok("POST /api/sso/domains", { domain })).domain;
    expect(ours.text).not.toBe(theirs.text);
    house.txt.set(ours.dnsName, ours.text);
    expect((await others.ok("POST /api/sso/domains/:id/prove", {}, theirs.id)).problem).toBe("other_value");
    expect((await company.ok("POST /api/sso/domains/:id/prove", {}, ours.id)).problem).toBe(null);
    house.txt.set(theirs.dnsName, theirs.text);
    expect((await others.ok("POST /api/sso/domains/:id/prove", {}, theirs.id)).problem).toBe("taken");
  });

  it("cannot be one that gives mail to everybody, nor no domain at all", async () => {
    for (const bad of [
      "gmail.com",
      "localhost",
      "https://x.example",
      "a b.example",
      "*.example",
      "x..example",
    ])
      expect((await company.call("POST /api/sso/domains", { domain: bad })).body, bad).toMatchObject({
        code: "invalid_input",
      });
  });
});

describe("the sign-in page", () => {
  it("learns the way of a domain, and the same for every address of it, known or not", async () => {
    const nothing = { ok: true, providers: [], isOnlyWay: false };
    expect(await find(`ada@${domain}`)).toEqual(nothing);
    await turnOn();
    const ours = { ok: true, providers: [{ id: provider.id, name: provider.name }], isOnlyWay: false };
    await house.database.pool.query("update members set email = $1 where id = $2", [
      `known@${domain}`,
      company.workspace.members[1]!.id,
    ]);
    expect(await find(`known@${domain}`)).toEqual(ours);
    expect(await find(`nobody@${domain}`)).toEqual(ours);
    for (const other of [company.workspace.members[0]!.email, `x@sub.${domain}`, domain, "", "a@b@c"])
      expect(await find(other), other).toEqual(nothing);
  });
});

describe("a workspace that signs in by single sign-on only", () => {
  const only = (isSsoOnly: boolean, breakGlassIds = [company.workspace.members[0]!.id]) =>
    company.call("PUT /api/sso/only", { isSsoOnly, breakGlassIds });

  it("needs a way in, and an admin who keeps a password", async () => {
    expect((await only(true)).body).toMatchObject({ code: "invalid_input", field: "providers" });
    await turnOn();
    expect((await only(true, [])).body).toMatchObject({ code: "invalid_input", field: "breakGlassIds" });
    const rep = company.workspace.members[1]!.id;
    expect((await only(true, [rep])).body).toMatchObject({ code: "invalid_input", field: "breakGlassIds" });
    expect((await only(true)).body).toMatchObject({ ok: true });
    // Nor can the last way in be taken away while it is on.
    expect(
      (await company.call("POST /api/sso/providers/:id/turn", { isOn: false }, provider.id)).body.code,
    ).toBe("taken");
    expect((await company.call("POST /api/sso/providers/:id/delete", {}, provider.id)).body.code).toBe(
      "taken",
    );
    const { domains } = await company.ok("GET /api/sso", {});
    expect((await company.call("POST /api/sso/domains/:id/delete", {}, domains[0]!.id)).body.code).toBe(
      "taken",
    );
  });

  it("has its secret changed without a break, but no other client put in the place of the last way in", async () => {
    await turnOn();
    await only(true);
    const renewed = await company.save(provider, { secret: "a wrong secret" });
    expect(renewed).toMatchObject({ isOn: true, lastRun: null });
    expect(renewed.verifiedAt).not.toBe(null);
    // A try with it fails: the admin sees it, and the provider is theirs to mend.
    const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, provider.id);
    await company.browser.follow(url, (at) => at.pathname.startsWith("/console"));
    expect(await company.provider(provider.id)).toMatchObject({
      isOn: true,
      lastRun: { problems: ["wrong_client"] },
    });
    const { name, saml, defaultRole, defaultTeamId, allowsIdpInitiated } = renewed;
    const oidc = { issuer: idp.issuer, clientId: "another" };
    const other = { name, saml, oidc, defaultRole, defaultTeamId, allowsIdpInitiated };
    expect((await company.call("PUT /api/sso/providers/:id", other, provider.id)).body.code).toBe("taken");
    const { rows } = await house.database.pool.query(
      "select details from audit where workspace_id = $1 and action = 'sso_provider_changed' order by id desc limit 1",
      [company.workspace.id],
    );
    expect(rows).toEqual([{ details: { toBeVerifiedAgain: false, fields: "secret" } }]);
  });

  it("takes no passwords but those of its break-glass admins, ends what passwords opened, and tells strangers nothing", async () => {
    await turnOn();
    const [admin, rep] = company.workspace.members;
    const before = new TestBrowser();
    await callAs(before, house.web.url, "POST /api/session", { email: rep!.email, password: testPassword });
    expect(await whoIs(before, house)).not.toBe(null);
    await only(true);
    await expect.poll(() => whoIs(before, house)).toBe(null);
    const refused = await password(rep!.email);
    const unknown = await password("nobody@nowhere.example");
    expect([refused.status, refused.body]).toEqual([unknown.status, unknown.body]);
    expect((await password(admin!.email)).status).toBe(200);
    expect(await whoIs(company.browser, house)).not.toBe(null);
    await only(false);
    expect((await password(rep!.email)).status).toBe(200);
  });

  it("ends phones and apps too, with the codes that are open, and leaves what the provider opened", async () => {
    await turnOn();
    const [admin, rep] = company.workspace.members;
    const { db, pool } = house.database;
    const workspaceId = company.workspace.id;
    for (const memberId of [admin!.id, rep!.id])
      for (const kind of ["password", "invitation", "phone", "app", "sso"] as const)
        await openSession(db, { workspaceId, memberId, kind, label: "" });
    await pool.query(
      `insert into phone_codes (id, secret_hash, workspace_id, member_id, session_id, expires_at)
       select gen_random_uuid(), decode(md5(id::text), 'hex'), workspace_id, member_id, id, foyer_now() + interval '2 minutes'
       from sessions where workspace_id = $1 and kind = 'sso'`,
      [workspaceId],
    );
    await pool.query(
      `insert into device_codes (device_code_hash, user_code_hash, app_name, device, network_hash, workspace_id, member_id, state, expires_at)
       select decode(md5(id::text), 'hex'), decode(md5(id::text), 'hex'), 'app', '', '', workspace_id, id, 'authorized', foyer_now() + interval '2 minutes'
       from members where workspace_id = $1`,
      [workspaceId],
    );
    await only(true);
    const left = async (query: string, id: string) =>
      (await pool.query(query, [id])).rows.map(({ it }) => it);
    const kinds = "select kind as it from sessions where member_id = $1 order by kind";
    expect(await left(kinds, rep!.id)).toEqual(["sso"]);
    expect(await left(kinds, admin!.id)).toEqual([
      "app",
      "invitation",
      "password",
      "password",
      "phone",
      "sso",
    ]);
    const codes = "select 'code' as it from phone_codes where member_id = $1";
    expect([await left(codes, rep!.id), await left(codes, admin!.id)]).toEqual([[], ["code"]]);
    const apps = "select state as it from device_codes where member_id = $1";
    expect([await left(apps, rep!.id), await left(apps, admin!.id)]).toEqual([["denied"], ["authorized"]]);
  });

  it("changes no password that is worth nothing, and says that there is none", async () => {
    await turnOn();
    const [, rep] = company.workspace.members;
    const { pool, db } = house.database;
    await only(true);
    const opening = { workspaceId: company.workspace.id, memberId: rep!.id, kind: "sso", label: "" } as const;
    const { token } = await openSession(db, opening);
    const browser = new TestBrowser();
    browser.jar(new URL(house.web.url)).set("foyer", token);
    const change = { current: testPassword, password: "four small grey cats" };
    expect((await company.call("POST /api/password", change, "", browser)).body.code).toBe("forbidden");
    expect((await company.ok("GET /api/sso/mine", {}, "", browser)).hasPassword).toBe(false);
    expect((await company.ok("GET /api/sessions", {}, "", browser)).hasPassword).toBe(false);
    expect((await company.ok("GET /api/sso/mine", {})).hasPassword).toBe(true);
    await pool.query("update workspaces set is_sso_only = false where id = $1", [company.workspace.id]);
    expect((await company.call("POST /api/password", change, "", browser)).body.ok).toBe(true);
  });

  it("keeps one provider on when two are switched off at once, whoever is first (ten times)", async () => {
    await turnOn();
    const { pool } = house.database;
    const second = await company.draft("oidc");
    await pool.query(
      "update identity_providers set settings = (select settings from identity_providers where id = $2), verified_at = now() where id = $1",
      [second.id, provider.id],
    );
    await only(true);
    for (let round = 0; round < 10; round++) {
      await pool.query("update identity_providers set is_on = true where workspace_id = $1", [
        company.workspace.id,
      ]);
      const off = (id: string) => company.call("POST /api/sso/providers/:id/turn", { isOn: false }, id);
      const ends = await Promise.all([off(provider.id), off(second.id)]);
      expect(ends.map(({ body }) => body.ok).sort()).toEqual([false, true]);
    }
  });

  it("lets invited people join through the provider, as what they were invited", async () => {
    await turnOn();
    await only(true);
    await house.database.pool.query(
      `insert into invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
       values (gen_random_uuid(), $1, $2, 'meetings_only', '\\x00', $3, foyer_now() + interval '7 days')`,
      [company.workspace.id, `ADA@${domain}`, company.workspace.members[0]!.id],
    );
    const browser = new TestBrowser();
    await browser.follow(await company.start(browser, provider.id), (at) =>
      at.pathname.startsWith("/console"),
    );
    expect(await whoIs(browser, house)).toMatchObject({ email: `ada@${domain}`, role: "meetings_only" });
    const { rows } = await house.database.pool.query(
      "select accepted_at is not null as is_accepted, member_id is not null as is_member from invitations where workspace_id = $1",
      [company.workspace.id],
    );
    expect(rows).toEqual([{ is_accepted: true, is_member: true }]);
  });
});
