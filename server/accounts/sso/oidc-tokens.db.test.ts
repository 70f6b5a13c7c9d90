import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { OAuth2Server } from "oauth2-mock-server";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ProviderView } from "../../../shared/protocol/sso-routes.ts";
import { Company, endOf, type House, openHouse, TestBrowser, whoIs } from "./test-company.ts";

// Against oauth2-mock-server, a second and unrelated provider, which can be made to lie about everything.

let house: House;
let company: Company;
let provider: ProviderView;
const idp = new OAuth2Server();
const domain = "tokens.example";
const clientId = "foyer";

type Claims = Record<string, unknown>;
let claims: Claims = {};
let alterToken: (token: string) => string = (token) => token;

beforeAll(async () => {
  await idp.issuer.keys.generate("RS256");
  await idp.start(0, "127.0.0.1");
  idp.service.on("beforeTokenSigning", (token: { payload: Claims }) => {
    Object.assign(token.payload, claims);
    for (const [name, value] of Object.entries(claims)) if (value === null) delete token.payload[name];
  });
  idp.service.on("beforeResponse", (response: { body: { id_token?: string } | "" }) => {
    if (response.body !== "" && response.body.id_token)
      response.body.id_token = alterToken(response.body.id_token);
  });
  house = await openHouse();
  company = await Company.open(house, "Quiet Rooms");
  await company.provenDomain(domain);
  const draft = await company.draft("oidc");
  const issuer = idp.issuer.url ?? "";
  provider = await company.save(draft, { oidc: { issuer, clientId }, secret: "any secret" });
  claims = genuine;
  const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, provider.id);
  await company.browser.follow(url, (at) => at.pathname.startsWith("/console"));
  await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, provider.id);
});
afterAll(async () => {
  await house.close();
  await idp.stop();
});
afterEach(() => {
  claims = genuine;
  alterToken = (token) => token;
});

const genuine: Claims = { sub: "mei-1", email: `mei@${domain}`, email_verified: true, name: "Mei Lin" };
const now = () => Math.floor(Date.now() / 1_000);

async function signIn(changeUrl: (url: URL) => void = () => undefined) {
  const browser = new TestBrowser();
  const there = await company.start(browser, provider.id);
  const { url } = await browser.follow(there, (at) => at.origin === house.web.url);
  changeUrl(url);
  const { url: end } = await browser.follow(url, (at) => at.pathname.startsWith("/console"));
  return { end: endOf(end), member: await whoIs(browser, house) };
}

function parts(token: string): [header: Claims, payload: Claims, signature: string] {
  const [header = "", payload = "", signature = ""] = token.split(".");
  const read = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString()) as Claims;
  return [read(header), read(payload), signature];
}
const encode = (part: Claims) => Buffer.from(JSON.stringify(part)).toString("base64url");

describe("a sign-in by OpenID Connect (oauth2-mock-server)", () => {
  it("comes off, with names and address from the token itself", async () => {
    expect(await signIn()).toMatchObject({
      end: "/console",
      member: { email: `mei@${domain}`, firstName: "Mei", lastName: "Lin", role: "rep" },
    });
  });

  const other = generateKeyPairSync("rsa", { modulusLength: 2_048 }).privateKey;
  const lies: [what: string, problem: string, prepare: () => void][] = [
    [
      "made for another application",
      "wrong_audience",
      () => (claims = { ...genuine, aud: "another-client" }),
    ],
    ["of another issuer", "wrong_issuer", () => (claims = { ...genuine, iss: "https://evil.example" })],
    ["that has expired", "wrong_time", () => (claims = { ...genuine, exp: now() - 600 })],
    ["that is from the future", "wrong_time", () => (claims = { ...genuine, nbf: now() + 600 })],
    ["with another nonce", "not_ours", () => (claims = { ...genuine, nonce: "another-nonce" })],
    ["without a nonce", "bad_signature", () => (claims = { ...genuine, nonce: null })],
    [
      "that was altered",
      "bad_signature",
      () => {
        alterToken = (token) => {
          const [header, payload, signature] = parts(token);
          return `${encode(header)}.${encode({ ...payload, sub: "somebody-else" })}.${signature}`;
        };
      },
    ],
    [
      "that is not signed",
      "bad_signature",
      () => {
        alterToken = (token) => `${encode({ alg: "none", typ: "JWT" })}.${encode(parts(token)[1])}.`;
      },
    ],
    [
      "that is signed by another key",
      "bad_signature",
      () => {
        alterToken = (token) => {
          const [header, payload] = parts(token);
          const words = `${encode(header)}.${encode(payload)}`;
          return `${words}.${sign("sha256", Buffer.from(words), other).toString("base64url")}`;
        };
      },
    ],
    [
      "that is signed with the client's own secret",
      "bad_signature",
      () => {
        alterToken = (token) => {
          const words = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(parts(token)[1])}`;
          return `${words}.${createHmac("sha256", "any secret").update(words).digest("base64url")}`;
        };
      },
    ],
    ["that is no token at all", "bad_signature", () => (alterToken = () => "not-a-token")],
    [
      "with an address that is not verified",
      "email_unverified",
      () => (claims = { ...genuine, sub: "new", email_verified: false }),
    ],
    [
      "with a domain that is not proven",
      "domain_unproven",
      () => (claims = { ...genuine, sub: "new", email: "mei@evil.example" }),
    ],
    [
      "with two addresses in one",
      "no_email",
      () => (claims = { ...genuine, sub: "new", email: `mei@evil.example,x@${domain}` }),
    ],
  ];
  it.each(lies)("is refused for a token %s", async (_what, problem, prepare) => {
    prepare();
    expect(await signIn()).toEqual({ end: `/console#sso=${problem}`, member: null });
  });

  it("stands in the audit log when it is refused, once for each reason in a quarter of an hour", async () => {
    claims = { ...genuine, sub: "new", email_verified: false };
    await signIn();
    await signIn();
    const lines = async () => {
      const { rows } = await house.database.pool.query(
        "select subject_name, details, actor_id from audit where action = 'sso_refused' and details->>'problem' = 'email_unverified'",
      );
      return rows;
    };
    await expect
      .poll(lines)
      .toEqual([{ subject_name: provider.name, details: { problem: "email_unverified" }, actor_id: null }]);
  });

  it("counts as proven when the provider says the person signed in there, and not at all when it says nothing", async () => {
    const provedAt = async () => {
      const { rows } = await house.database.pool.query(
        "select extract(epoch from proved_at)::int as at from sessions where kind = 'sso' order by created_at desc limit 1",
      );
      return rows[0].at as number;
    };
    await signIn();
    expect(await provedAt()).toBe(0);
    const anHourAgo = now() - 3_600;
    claims = { ...genuine, auth_time: anHourAgo };
    await signIn();
    expect(await provedAt()).toBe(anHourAgo);
    claims = { ...genuine, auth_time: now() + 86_400 };
    await signIn();
    expect(await provedAt()).toBeLessThan(now() + 60);
  });

  it("proves anew who somebody is only by a sign-in of now, which the provider must tell", async () => {
    const browser = new TestBrowser();
    await browser.follow(await company.start(browser, provider.id), (at) => at.pathname === "/console");
    const prove = async () => {
      const { url } = await company.ok("POST /api/sso/prove", { returnTo: "/console/me" }, "", browser);
      return endOf((await browser.follow(url, (at) => at.pathname.startsWith("/console"))).url);
    };
    expect(await prove()).toBe("/console/me#sso=not_ours");
    claims = { ...genuine, auth_time: now() - 600 };
    expect(await prove()).toBe("/console/me#sso=not_ours");
    claims = { ...genuine, auth_time: now() };
    expect(await prove()).toBe("/console/me");
  });

  it("is refused when the answer says it comes from another provider (mix-up)", async () => {
    const mixed = await signIn((url) => url.searchParams.set("iss", "https://honest.example"));
    expect(mixed).toEqual({ end: "/console#sso=wrong_issuer", member: null });
  });

  it("is refused at the address of another provider, be it of the same company", async () => {
    const second = await company.draft("oidc");
    const moved = await signIn((url) => {
      url.pathname = url.pathname.replace(provider.id, second.id);
    });
    expect(moved).toEqual({ end: "/console#sso=start_again", member: null });
  });

  it("is told as unreachable when the provider is away, and a strange issuer is refused while it is set up", async () => {
    const draft = await company.draft("oidc");
    const away = await company.save(draft, { oidc: { issuer: "http://127.0.0.1:9", clientId }, secret: "x" });
    const begun = await company.call("POST /api/sso/providers/:id/verify", {}, away.id);
    expect([begun.status, begun.body.field]).toEqual([503, "unreachable"]);
    const issuer = `${idp.issuer.url?.replace("localhost", "127.0.0.1")}`;
    const renamed = await company.save(away, { oidc: { issuer, clientId } });
    const wrong = await company.call("POST /api/sso/providers/:id/verify", {}, renamed.id);
    expect([wrong.status, wrong.body.field]).toEqual([503, "wrong_issuer"]);
  });
});
