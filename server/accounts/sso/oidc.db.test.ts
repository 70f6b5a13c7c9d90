import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ProviderView } from "../../../shared/protocol/sso-routes.ts";
import { Company, endOf, type House, openHouse, TestBrowser, whoIs } from "./test-company.ts";
import { openOidcProvider, type TestIdp } from "./test-oidc-provider.ts";

// Against oidc-provider, the reference implementation for Node, in this process and over loopback.

let house: House;
let company: Company;
let provider: ProviderView;
let idp: TestIdp;

beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

beforeEach(async () => {
  company = await Company.open(house, "Quiet Rooms");
  const draft = await company.draft("oidc");
  idp = await openOidcProvider(["redirectUrl" in draft.ours ? draft.ours.redirectUrl : ""]);
  const domain = domainOfTest();
  await company.provenDomain(domain);
  provider = await company.save(draft, {
    oidc: { issuer: idp.issuer, clientId: idp.clientId },
    secret: idp.secret,
  });
  idp.person = {
    sub: "ada-1",
    email: `ada@${domain}`,
    email_verified: true,
    given_name: "Ada",
    family_name: "Osei",
  };
});
afterEach(() => idp.close());

let tests = 0;
const domainOfTest = () => `company${++tests}.example`;
const addressOf = (name: string) => `${name}@company${tests}.example`;

async function verify() {
  const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, provider.id);
  await company.browser.follow(url, (at) => at.pathname.startsWith("/console"));
  provider = await company.provider(provider.id);
  return provider.lastRun;
}

async function turnOn() {
  await verify();
  const answer = await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, provider.id);
  provider = answer.provider;
}

/** A whole way there and back; answers the last address. */
async function signIn(browser = new TestBrowser()) {
  const { url } = await browser.follow(await company.start(browser, provider.id), (at) =>
    at.pathname.startsWith("/console"),
  );
  return { browser, end: endOf(url), member: await whoIs(browser, house) };
}

/** There and back, but the last step, the one to us, is not taken. */
async function wayBack(browser = new TestBrowser()) {
  const there = await company.start(browser, provider.id);
  const { url } = await browser.follow(there, (at) => at.origin === house.web.url);
  return { browser, url };
}

describe("setting a provider up", () => {
  it("shows what came back before it can be switched on, and takes it back when settings change", async () => {
    const early = await company.call("POST /api/sso/providers/:id/turn", { isOn: true }, provider.id);
    expect(early.body).toMatchObject({ ok: false, code: "invalid_input" });
    expect(await verify()).toMatchObject({
      problems: [],
      told: {
        issuer: idp.issuer,
        subject: "ada-1",
        email: addressOf("ada"),
        isEmailVerified: true,
        firstName: "Ada",
      },
    });
    expect(provider.verifiedAt).not.toBe(null);
    await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, provider.id);
    provider = await company.save(provider, { oidc: { issuer: idp.issuer, clientId: "another" } });
    expect(provider).toMatchObject({ isOn: false, verifiedAt: null, lastRun: null });
    // A verified one that is off has nobody to keep waiting: its new secret is tried first, as everything is.
    provider = await company.save(provider, { oidc: { issuer: idp.issuer, clientId: idp.clientId } });
    await verify();
    expect(provider.verifiedAt).not.toBe(null);
    provider = await company.save(provider, { secret: "another" });
    expect(provider).toMatchObject({ isOn: false, verifiedAt: null, lastRun: null });
  });

  it("says what is wrong in words: no verified address, a domain that is not proven, a wrong secret", async () => {
    idp.person.email_verified = false;
    expect((await verify())?.problems).toEqual(["email_unverified"]);
    idp.person = { ...idp.person, email_verified: true, email: "ada@elsewhere.example" };
    expect((await verify())?.problems).toEqual(["domain_unproven"]);
    delete idp.person.email;
    expect((await verify())?.problems).toEqual(["no_email"]);
    provider = await company.save(provider, { secret: "a wrong secret" });
    expect((await verify())?.problems).toEqual(["wrong_client"]);
    expect(provider.verifiedAt).toBe(null);
  });

  it("never sends the secret back, and keeps it sealed", async () => {
    const settings = JSON.stringify(await company.ok("GET /api/sso", {}));
    expect(settings).not.toContain(idp.secret);
    expect(settings).toContain('"hasSecret":true');
    const { rows } = await house.database.pool.query("select * from identity_providers where id = $1", [
      provider.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(idp.secret);
    expect(Buffer.from(rows[0].sealed_secret).toString("latin1")).not.toContain(idp.secret);
  });

  it("needs a fresh proof of who the admin is", async () => {
    await house.database.pool.query("update sessions set proved_at = foyer_now() - interval '11 minutes'");
    const refused = { code: "proof_needed" };
    expect((await company.call("POST /api/sso/providers", { kind: "oidc", name: "x" })).body).toMatchObject(
      refused,
    );
    expect((await company.call("POST /api/sso/domains", { domain: "x.example" })).body).toMatchObject(
      refused,
    );
    expect((await company.call("POST /api/sso/providers/:id/verify", {}, provider.id)).body).toMatchObject(
      refused,
    );
    expect(
      (await company.call("PUT /api/sso/only", { isSsoOnly: false, breakGlassIds: [] })).body,
    ).toMatchObject(refused);
  });
});

describe("a sign-in by OpenID Connect (oidc-provider)", () => {
  beforeEach(turnOn);

  it("makes a member of whoever comes first, with the default role, and knows them again by who they are there", async () => {
    const first = await signIn();
    expect([first.end, first.member]).toMatchObject([
      "/console",
      { email: addressOf("ada"), role: "rep", firstName: "Ada" },
    ]);
    idp.person.email = addressOf("ada.new-name");
    const again = await signIn();
    expect(again.member?.id).toBe(first.member?.id);
    const { rows } = await house.database.pool.query("select kind from sessions where member_id = $1", [
      first.member?.id,
    ]);
    expect(rows).toEqual([{ kind: "sso" }, { kind: "sso" }]);
  });

  it("signs out whoever came in by a provider alone when it is removed, and tells before who has no other way", async () => {
    const { browser, member } = await signIn();
    expect(await company.provider(provider.id)).toMatchObject({ people: 1, onlyWayOf: [member?.id] });
    const ways = (await company.call("GET /api/sso/mine", {}, "", browser)).body;
    expect(ways).toMatchObject({ provider: { name: provider.name }, hasPassword: false, instead: null });
    await house.database.pool.query("update members set password_hash = 'some' where id = $1", [member?.id]);
    expect((await company.provider(provider.id)).onlyWayOf).toEqual([]);
    await house.database.pool.query("update members set password_hash = null where id = $1", [member?.id]);
    await company.ok("POST /api/sso/providers/:id/delete", {}, provider.id);
    await expect.poll(() => whoIs(browser, house)).toBe(null);
    expect(await whoIs(company.browser, house)).not.toBe(null);
  });

  it("tells whoever has no way to confirm what helps: their company, else a mailed link", async () => {
    const { browser } = await signIn();
    await house.database.pool.query("delete from identities where provider_id = $1", [provider.id]);
    const mine = async () => (await company.call("GET /api/sso/mine", {}, "", browser)).body;
    expect(await mine()).toMatchObject({ provider: null, hasPassword: false, instead: "company" });
    await company.ok("POST /api/sso/providers/:id/turn", { isOn: false }, provider.id);
    expect(await mine()).toMatchObject({ instead: "mail", email: addressOf("ada") });
    expect((await company.ok("GET /api/sso/mine", {})).instead).toBe(null);
  });

  it("links a member of the same workspace by a verified address of a proven domain, once", async () => {
    const rep = company.workspace.members[1]!;
    await house.database.pool.query("update members set email = $1 where id = $2", [
      addressOf("ada"),
      rep.id,
    ]);
    expect((await signIn()).member?.id).toBe(rep.id);
    const { rows } = await house.database.pool.query(
      "select subject_name, details from audit where action = 'identity_linked' and actor_id = $1",
      [rep.id],
    );
    expect(rows).toEqual([
      { subject_name: provider.name, details: { outside: "ada-1", email: addressOf("ada") } },
    ]);
    // The address was given to somebody new: they are not who had it.
    idp.person = { ...idp.person, sub: "another-person" };
    const other = await signIn();
    expect([other.end, other.member]).toEqual(["/console#sso=no_account", null]);
  });

  it("refuses an address that is not verified, of a domain that is not proven, or none", async () => {
    const rep = company.workspace.members[1]!;
    await house.database.pool.query("update members set email = $1 where id = $2", [
      addressOf("ada"),
      rep.id,
    ]);
    for (const [change, problem] of [
      [{ email_verified: false }, "email_unverified"],
      [{ email_verified: undefined }, "email_unverified"],
      [{ email: "ada@elsewhere.example" }, "domain_unproven"],
      [{ email: `ada@${addressOf("x").slice(2)}.evil.example` }, "domain_unproven"],
      [{ email: undefined }, "no_email"],
    ] as const) {
      const before = idp.person;
      idp.person = JSON.parse(JSON.stringify({ ...before, ...change }));
      const tried = await signIn();
      expect([tried.end, tried.member], problem).toEqual([`/console#sso=${problem}`, null]);
      idp.person = before;
    }
  });

  it("keeps out who was deactivated, and whose address belongs to another workspace, alike", async () => {
    const { member } = await signIn();
    await house.database.pool.query("update members set is_active = false where id = $1", [member?.id]);
    expect((await signIn()).end).toBe("/console#sso=no_account");
    const others = await Company.open(house, "Others");
    idp.person = { ...idp.person, sub: "grace", email: addressOf("grace") };
    await house.database.pool.query("update members set email = $1 where id = $2", [
      addressOf("grace"),
      others.workspace.members[1]!.id,
    ]);
    expect((await signIn()).end).toBe("/console#sso=no_account");
  });

  it("ends what another workspace's provider says about our people at our own proof of the domain", async () => {
    const { member } = await signIn();
    const others = await Company.open(house, "Others");
    const draft = await others.draft("oidc");
    const theirs = await openOidcProvider(["redirectUrl" in draft.ours ? draft.ours.redirectUrl : ""]);
    // The very same issuer name and subject would change nothing either: both are counted by provider.
    theirs.person = { ...idp.person };
    await others.save(draft, {
      oidc: { issuer: theirs.issuer, clientId: theirs.clientId },
      secret: theirs.secret,
    });
    await house.database.pool.query(
      "update identity_providers set is_on = true, verified_at = now() where id = $1",
      [draft.id],
    );
    const browser = new TestBrowser();
    const { url } = await browser.follow(await others.start(browser, draft.id), (at) =>
      at.pathname.startsWith("/console"),
    );
    expect([endOf(url), await whoIs(browser, house)]).toEqual(["/console#sso=domain_unproven", null]);
    expect((await others.call("POST /api/sso/domains", { domain: addressOf("x").slice(2) })).body.ok).toBe(
      true,
    );
    const { domains } = await others.ok("GET /api/sso", {});
    house.txt.set(domains[0]!.dnsName, domains[0]!.text);
    expect((await others.ok("POST /api/sso/domains/:id/prove", {}, domains[0]!.id)).problem).toBe("taken");
    expect(member).not.toBe(null);
    await theirs.close();
  });

  it("refuses a state that is missing, wrong or used, and another browser's answer", async () => {
    const again = async (url: URL, browser: TestBrowser) => {
      const { url: end } = await browser.follow(url, (at) => at.pathname.startsWith("/console"));
      return endOf(end);
    };
    const refused = "/console#sso=start_again";
    const { browser, url } = await wayBack();
    const noState = new URL(url);
    noState.searchParams.delete("state");
    const wrongState = new URL(url);
    wrongState.searchParams.set("state", "x".repeat(43));
    expect(await again(noState, browser)).toBe(refused);
    expect(await again(wrongState, browser)).toBe(refused);
    expect(await again(url, new TestBrowser())).toBe(refused);
    const stranger = new TestBrowser();
    await company.start(stranger, provider.id); // A flow of its own, so a cookie, but not this one's.
    expect(await again(url, stranger)).toBe(refused);
    expect(await whoIs(stranger, house)).toBe(null);
    expect(await again(url, browser)).toBe("/console");
    expect(await again(url, browser)).toBe(refused);
  });

  it("refuses a code put into another flow: PKCE ties it to the one it was made for", async () => {
    const victim = await wayBack();
    const attacker = await wayBack();
    const injected = new URL(attacker.url);
    injected.searchParams.set("code", victim.url.searchParams.get("code") ?? "");
    const { url } = await attacker.browser.follow(injected, (at) => at.pathname.startsWith("/console"));
    expect([endOf(url), await whoIs(attacker.browser, house)]).toEqual(["/console#sso=not_ours", null]);
  });

  it("refuses a code for the second time", async () => {
    const first = await wayBack();
    await first.browser.follow(first.url, (at) => at.pathname.startsWith("/console"));
    const second = await wayBack();
    const replayed = new URL(second.url);
    replayed.searchParams.set("code", first.url.searchParams.get("code") ?? "");
    const { url } = await second.browser.follow(replayed, (at) => at.pathname.startsWith("/console"));
    expect(endOf(url)).toBe("/console#sso=not_ours");
  });

  it("refuses an answer that another issuer says it gave, or that says none where it must", async () => {
    for (const iss of ["https://evil.example", null]) {
      const { browser, url } = await wayBack();
      if (iss === null) url.searchParams.delete("iss");
      else url.searchParams.set("iss", iss);
      const { url: end } = await browser.follow(url, (at) => at.pathname.startsWith("/console"));
      expect(endOf(end)).toMatch(/^\/console#sso=(wrong_issuer|bad_signature)$/);
      expect(await whoIs(browser, house)).toBe(null);
    }
  });

  it("refuses an answer that comes ten minutes late, or after the provider was changed or switched off", async () => {
    const late = await wayBack();
    await house.database.pool.query("update sso_flows set expires_at = foyer_now() - interval '1 second'");
    expect(endOf((await late.browser.follow(late.url, (at) => at.pathname === "/console")).url)).toBe(
      "/console#sso=start_again",
    );
    const off = await wayBack();
    await company.ok("POST /api/sso/providers/:id/turn", { isOn: false }, provider.id);
    expect(endOf((await off.browser.follow(off.url, (at) => at.pathname === "/console")).url)).toBe(
      "/console#sso=start_again",
    );
    expect((await company.call("POST /api/sso/start", { providerId: provider.id, email: "" })).status).toBe(
      404,
    );
  });

  it("says no when the person says no there", async () => {
    const { browser, url } = await wayBack();
    url.searchParams.delete("code");
    url.searchParams.set("error", "access_denied");
    const { url: end } = await browser.follow(url, (at) => at.pathname.startsWith("/console"));
    expect(endOf(end)).toBe("/console#sso=refused_there");
  });

  it("makes one member of two tabs at once", async () => {
    const ways = await Promise.all([wayBack(), wayBack(), wayBack()]);
    await Promise.all(
      ways.map(({ browser, url }) => browser.follow(url, (at) => at.pathname.startsWith("/console"))),
    );
    const people = await Promise.all(ways.map(({ browser }) => whoIs(browser, house)));
    expect(new Set(people.map((each) => each?.id)).size).toBe(1);
  });

  it("proves who a member without a password is, and nobody else", async () => {
    const { browser, member } = await signIn();
    expect(member).not.toBe(null);
    const prove = async () => {
      const begun = await company.ok("POST /api/sso/prove", { returnTo: "/console/me/sign-in" }, "", browser);
      return endOf((await browser.follow(begun.url, (at) => at.pathname.startsWith("/console"))).url);
    };
    const provenLately = async () => {
      const { rows } = await house.database.pool.query(
        "select 1 from sessions where member_id = $1 and proved_at > foyer_now() - interval '1 minute'",
        [member?.id],
      );
      return rows.length === 1;
    };
    const old = () =>
      house.database.pool.query(
        "update sessions set proved_at = foyer_now() - interval '1 hour' where member_id = $1",
        [member?.id],
      );
    await old();
    expect([await prove(), await provenLately()]).toEqual(["/console/me/sign-in", true]);
    await old();
    browser.jar(new URL(idp.issuer)).clear();
    idp.person = { ...idp.person, sub: "a colleague", email: addressOf("colleague") };
    expect([await prove(), await provenLately()]).toEqual(["/console/me/sign-in#sso=other_account", false]);
  });
});
