import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProviderView } from "../../../shared/protocol/sso-routes.ts";
import { makeCertificate } from "./test-certificate.ts";
import { Company, endOf, type House, openHouse, TestBrowser, whoIs } from "./test-company.ts";
import { openOwnSigner } from "./test-own-signer.ts";
import type { Posted, SamlApp, SamlIdp } from "./test-saml-idp.ts";
import { hasSimpleSamlPhp, openSimpleSamlPhp } from "./test-simplesamlphp.ts";

// Against SimpleSAMLphp where it is installed (`npm test` tries to), and everywhere against responses signed by the test
// itself. Whether the first ran stands in the names.

const counterparts: [string, () => SamlIdp | Promise<SamlIdp>][] = [["an own signer", openOwnSigner]];
if (hasSimpleSamlPhp()) counterparts.unshift(["SimpleSAMLphp", openSimpleSamlPhp]);
else counterparts[0]![0] = "an own signer; SimpleSAMLphp is not installed here";

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());
afterEach(() => vi.useRealTimers());

describe.each(counterparts)("a sign-in by SAML (%s)", (name, open) => {
  const domain = `${name.split(" ")[0]!.toLowerCase()}.example`;
  const ada = {
    uid: "ada-1",
    mail: `ada@${domain}`,
    givenName: "Ada",
    sn: "Osei",
    groups: ["sales", "london"],
  };
  let idp: SamlIdp;
  let company: Company;
  let provider: ProviderView;
  let app: SamlApp;

  beforeAll(async () => {
    idp = await open();
    company = await Company.open(house, "Quiet Rooms");
    await company.provenDomain(domain);
    provider = await company.draft("saml");
    app = appOf(provider);
    idp.knows([app]);
    idp.person(ada);
    provider = await company.save(provider, {
      saml: { entityId: idp.entityId, signInUrl: idp.signInUrl, certificates: [idp.keys.certificate] },
    });
  });
  afterAll(() => idp.close());
  beforeEach(() => {
    idp.knows([app]);
    idp.person(ada);
  });

  const isConsole = (url: URL) => url.pathname.startsWith("/console");

  async function hand(browser: TestBrowser, posted: Posted): Promise<string> {
    const { action, ...fields } = posted;
    const first = { form: fields, from: "https://idp.example" };
    const { url, response } = await browser.follow(action, isConsole, first);
    if (response === null) return endOf(url);
    // The provider began it: the page that asks.
    return press(browser, url, house.web.url);
  }

  async function press(browser: TestBrowser, asked: URL, from: string): Promise<string> {
    const form = { state: asked.searchParams.get("state") ?? "" };
    return endOf((await browser.follow(asked, isConsole, { form, from })).url);
  }

  /** There; the answer is not posted yet. */
  async function wayBack(browser = new TestBrowser()) {
    const there = await company.start(browser, provider.id);
    return { browser, posted: await idp.answer(there) };
  }

  async function refusal(posted: Posted, browser: TestBrowser) {
    const end = await hand(browser, posted);
    expect(await whoIs(browser, house)).toBe(null);
    return end.replace("/console#sso=", "");
  }

  it("is tried by an admin first, who sees what came back", async () => {
    const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, provider.id);
    expect(await hand(company.browser, await idp.answer(new URL(url)))).toBe("/console/settings/sign-in");
    provider = await company.provider(provider.id);
    expect(provider.lastRun).toMatchObject({
      problems: [],
      told: {
        issuer: idp.entityId,
        subject: "ada-1",
        email: ada.mail,
        isEmailVerified: null,
        firstName: "Ada",
        lastName: "Osei",
      },
    });
    expect(provider.lastRun?.told?.attributes).toContainEqual({
      name: "groups",
      values: ["sales", "london"],
    });
    await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, provider.id);
  });

  it("comes off, makes a member, and knows them again", async () => {
    const { browser, posted } = await wayBack();
    expect(await hand(browser, posted)).toBe("/console");
    const member = await whoIs(browser, house);
    expect(member).toMatchObject({ email: ada.mail, firstName: "Ada", role: "rep" });
    idp.person({ ...ada, mail: `renamed@${domain}` });
    const again = await wayBack();
    await hand(again.browser, again.posted);
    expect((await whoIs(again.browser, house))?.id).toBe(member?.id);
  });

  it("comes off for somebody in hundreds of groups", async () => {
    const groups = Array.from(
      { length: 400 },
      (_, number) => `A department with a long name, number ${number}`,
    );
    idp.person({ ...ada, groups });
    const { browser, posted } = await wayBack();
    expect(await hand(browser, posted)).toBe("/console");
  });

  it("is refused for the second time, in the same browser and in any other", async () => {
    const { browser, posted } = await wayBack();
    await hand(browser, posted);
    expect(await refusal(posted, new TestBrowser())).toBe("start_again");
    const other = await wayBack();
    expect(await refusal({ ...posted, RelayState: other.posted.RelayState ?? "" }, other.browser)).toBe(
      "not_ours",
    );
  });

  it("is refused in a browser that did not begin it, and for the answer to another's request", async () => {
    const { posted } = await wayBack();
    expect(await refusal(posted, new TestBrowser())).toBe("start_again");
    const [one, two] = [await wayBack(), await wayBack()];
    expect(await refusal({ ...one.posted, RelayState: two.posted.RelayState ?? "" }, two.browser)).toBe(
      "not_ours",
    );
  });

  it("is refused when anything in it was altered, and the genuine answer is still good then", async () => {
    const { browser, posted } = await wayBack();
    for (const [from, to] of [
      [ada.mail, `eve@${domain}`],
      ["ada-1", "eve-1"],
      [">sales<", ">admins<"],
      ["status:Success", "status:Succes"],
    ] as const)
      expect(
        await refusal(
          altered(posted, (xml) => xml.replaceAll(from, to)),
          browser,
        ),
        from,
      ).toMatch(/bad_signature|refused_there/);
    // Nobody spoils a sign-in by posting nonsense in its name: the library alone would have forgotten the request.
    expect(await hand(browser, posted)).toBe("/console");
  });

  it("is refused without a signature on the response, on the assertion, or on both", async () => {
    for (const change of [
      { signsResponse: false },
      { signsAssertion: false },
      { signsResponse: false, signsAssertion: false },
    ]) {
      idp.knows([{ ...app, ...change }]);
      const { browser, posted } = await wayBack();
      expect(await refusal(posted, browser), JSON.stringify(change)).toBe("bad_signature");
    }
    idp.knows([app]);
    const { browser, posted } = await wayBack();
    const bare = altered(posted, (xml) => xml.replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/g, ""));
    expect(await refusal(bare, browser)).toBe("bad_signature");
  });

  it("is refused when signed elements are wrapped into a forged answer, in every known way", async () => {
    const { browser, posted } = await wayBack();
    const xml = read(posted);
    const assertion = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(xml)![0];
    const evil = assertion.replaceAll("ada-1", "eve-1").replaceAll(ada.mail, `eve@${domain}`);
    const noSignature = (text: string) => text.replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/, "");
    const newId = (text: string) => text.replace(/ ID="[^"]+"/, ' ID="_evil"');
    const bareEvil = newId(noSignature(evil));
    const signature = /<ds:Signature[\s\S]*?<\/ds:Signature>/.exec(xml)![0];
    const inside = (text: string, more: string) =>
      text.replace(/(<saml:Issuer[^>]*>[^<]*<\/saml:Issuer>)/, `$1${more}`);
    const object = (text: string) =>
      `<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${text}</ds:Object>`;
    const extensions = (text: string) => `<samlp:Extensions>${text}</samlp:Extensions>`;
    const variants: Record<string, string> = {
      "1: the signed response within a forged one": newId(xml)
        .replaceAll("ada-1", "eve-1")
        .replace("</samlp:Response>", `${noSignature(xml)}</samlp:Response>`),
      "2: the signed response beside the signature": newId(xml).replace(
        signature,
        `${signature}${xml.replace(/<\?xml[^>]*>/, "")}`,
      ),
      "3: a forged assertion before the signed one": xml.replace(assertion, bareEvil + assertion),
      "4: the signed assertion within the forged one": xml.replace(
        assertion,
        bareEvil.replace("</saml:Assertion>", `${assertion}</saml:Assertion>`),
      ),
      "5: a forged assertion with the signature, the signed one behind it": xml.replace(
        assertion,
        newId(evil) + noSignature(assertion),
      ),
      "6: the signed assertion within the signature of the forged one": xml.replace(
        assertion,
        newId(
          inside(
            noSignature(evil),
            signature.replace("</ds:Signature>", `${object(noSignature(assertion))}</ds:Signature>`),
          ),
        ),
      ),
      "7: the signed assertion in extensions": xml.replace(assertion, `${extensions(assertion)}${bareEvil}`),
      "8: the forged one with the same id": xml.replace(assertion, noSignature(evil) + assertion),
      "9: the forged one behind": xml.replace("</samlp:Response>", `${bareEvil}</samlp:Response>`),
      "10: the signed one in an object of the response's signature": xml
        .replace(assertion, bareEvil)
        .replace("</ds:Signature>", `${object(assertion)}</ds:Signature>`),
    };
    for (const [variant, forged] of Object.entries(variants)) {
      expect(forged, variant).not.toBe(xml);
      expect(
        await refusal({ ...posted, SAMLResponse: Buffer.from(forged).toString("base64") }, browser),
        variant,
      ).toBe("bad_signature");
    }
  });

  it("is refused when comments or a document type are put into it to cut a name short", async () => {
    const { browser, posted } = await wayBack();
    for (const change of [
      (xml: string) => xml.replace("ada-1", "ada<!---->-1"),
      (xml: string) => xml.replace(ada.mail, `ada@${domain}<!-- -->.evil.example`),
      (xml: string) => xml.replace("ada-1", "<![CDATA[ada-1]]>"),
      (xml: string) =>
        `<!DOCTYPE r [<!ENTITY x "ada-1">]>${xml.replace(/<\?xml[^>]*>/, "").replace("ada-1", "&x;")}`,
      (xml: string) => `${xml.slice(0, -30)}`,
      () => "",
    ])
      expect(await refusal(altered(posted, change), browser)).toBe("bad_signature");
  });

  it("is refused with the certificate of another provider", async () => {
    const { browser, posted } = await wayBack();
    const settings = { entityId: idp.entityId, signInUrl: idp.signInUrl };
    const withCertificate = (certificate: string) =>
      house.database.pool.query("update identity_providers set settings = $1 where id = $2", [
        JSON.stringify({ ...settings, certificates: [certificate] }),
        provider.id,
      ]);
    await withCertificate(makeCertificate("another").certificate);
    expect(await refusal(posted, browser)).toBe("bad_signature");
    await withCertificate(idp.keys.certificate);
    await house.database.pool.query(
      "update identity_providers set settings = jsonb_set(settings, '{entityId}', '\"https://another.example\"') where id = $1",
      [provider.id],
    );
    expect(await refusal(posted, browser)).toBe("wrong_issuer");
    await withCertificate(idp.keys.certificate);
  });

  it("is refused past its time, with two minutes for clocks that differ", async () => {
    const { browser, posted } = await wayBack();
    const end = Date.parse(/<saml:Conditions[^>]* NotOnOrAfter="([^"]+)"/.exec(read(posted))![1]!);
    vi.useFakeTimers({ toFake: ["Date"], now: end + 121_000 });
    expect(await refusal(posted, browser)).toBe("wrong_time");
    vi.setSystemTime(
      Date.parse(/<saml:Conditions[^>]* NotBefore="([^"]+)"/.exec(read(posted))![1]!) - 121_000,
    );
    expect(await refusal(posted, browser)).toBe("wrong_time");
    vi.setSystemTime(end + 100_000);
    expect(await hand(browser, posted)).toBe("/console");
  });

  it("is refused at another workspace, which may even trust the same provider", async () => {
    const others = await Company.open(house, "Others");
    const draft = await others.draft("saml");
    const settings = {
      entityId: idp.entityId,
      signInUrl: idp.signInUrl,
      certificates: [idp.keys.certificate],
    };
    await others.save(draft, { saml: settings, allowsIdpInitiated: true });
    await house.database.pool.query(
      "update identity_providers set is_on = true, verified_at = now() where id = $1",
      [draft.id],
    );
    const theirs = appOf(draft);
    const { posted } = await wayBack();
    expect(await refusal({ ...posted, action: theirs.acsUrl }, new TestBrowser())).toBe("wrong_audience");
    // Made for them and sent to them: our people are none of theirs, whoever proves the domain is.
    idp.knows([app, theirs]);
    expect(await refusal(await idp.unasked(theirs), new TestBrowser())).toBe("domain_unproven");
  });

  describe("that the provider begins", () => {
    it("is refused unless the admin allows it", async () => {
      expect(await refusal(await idp.unasked(app), new TestBrowser())).toBe("start_again");
    });

    it("comes off where it is allowed, once, and only for us", async () => {
      provider = await company.save(await company.provider(provider.id), { allowsIdpInitiated: true });
      expect(provider.isOn).toBe(true);
      const browser = new TestBrowser();
      const posted = await idp.unasked(app);
      expect(await hand(browser, posted)).toBe("/console");
      expect(await whoIs(browser, house)).toMatchObject({ email: ada.mail });
      expect(await refusal(posted, new TestBrowser())).toBe("not_ours");
      // Another application of the same company that answers at our address.
      const another = { entityId: "https://another-app.example", acsUrl: app.acsUrl };
      idp.knows([app, another]);
      expect(await refusal(await idp.unasked(another), new TestBrowser())).toBe("wrong_audience");
      // An answer to a question does not pass as one that nobody asked for.
      const asked = await wayBack();
      const { RelayState: _state, ...unasked } = asked.posted;
      expect(await refusal(unasked, asked.browser)).toBe("not_ours");
    });
  });

  it("signs nobody out or in whom a provider sent without being asked, until they say so on our page", async () => {
    const { action, ...form } = await idp.unasked(app);
    const victim = company.browser;
    const before = await whoIs(victim, house);
    const { url, response } = await victim.follow(action, isConsole, { form, from: "https://evil.example" });
    const page = (await response?.text()) ?? "";
    expect(page).toContain(`Continue as ${ada.mail}?`);
    expect(page).toContain("You are signed in here already");
    expect(response?.headers.get("content-security-policy")).toContain(
      "form-action 'self'; frame-ancestors 'none'",
    );
    expect(await whoIs(victim, house)).toEqual(before);
    // A strange page's form has no cookie; if a browser sent it along, its origin would still tell.
    expect(await press(victim, url, "https://evil.example")).toBe("/console#sso=start_again");
    const cookie = [...victim.jar(url)].map(([name, value]) => `${name}=${value}`).join("; ");
    const forged = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: { cookie, origin: "https://evil.example" },
      body: new URLSearchParams({ state: url.searchParams.get("state") ?? "" }),
    });
    expect(forged.headers.get("location")).toBe("/console#sso=start_again");
    expect(await whoIs(victim, house)).toEqual(before);
    const other = new TestBrowser();
    expect(await press(other, url, house.web.url)).toBe("/console#sso=start_again");
    expect(await press(victim, url, house.web.url)).toBe("/console");
    expect((await whoIs(victim, house))?.email).toBe(ada.mail);
  });

  it("knows nobody by an address of a domain that is not proven, nor without one", async () => {
    idp.person({ ...ada, uid: "mallory", mail: "mallory@elsewhere.example" });
    const one = await wayBack();
    expect(await refusal(one.posted, one.browser)).toBe("domain_unproven");
    idp.person({ ...ada, uid: "mallory", mail: "mallory" });
    const two = await wayBack();
    expect(await refusal(two.posted, two.browser)).toBe("no_email");
  });

  function altered(posted: Posted, change: (xml: string) => string): Posted {
    return { ...posted, SAMLResponse: Buffer.from(change(read(posted))).toString("base64") };
  }
});

function appOf({ ours }: ProviderView): SamlApp {
  if ("redirectUrl" in ours) throw new Error("not SAML");
  return { entityId: ours.entityId, acsUrl: ours.acsUrl };
}

function read({ SAMLResponse }: Posted): string {
  return Buffer.from(SAMLResponse, "base64").toString();
}
