import { createHash, randomBytes, sign } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { makeCertificate } from "./test-certificate.ts";
import type { Posted, SamlApp, SamlIdp, SamlPerson } from "./test-saml-idp.ts";

// A SAML provider in a page of code, for machines without SimpleSAMLphp. It shares nothing with the library that checks
// it: what it writes is canonical XML as it stands (names declared where they are used, attributes in order, no empty
// tags), so that hashing and signing its own text is signing the canonical form.

const assertionNs = "urn:oasis:names:tc:SAML:2.0:assertion";
const protocolNs = "urn:oasis:names:tc:SAML:2.0:protocol";
const dsig = "http://www.w3.org/2000/09/xmldsig#";
const c14n = "http://www.w3.org/2001/10/xml-exc-c14n#";

export function openOwnSigner(): SamlIdp {
  const keys = makeCertificate("own signer");
  const entityId = "https://idp.example/own-signer";
  let who: SamlPerson | null = null;
  let known: SamlApp[] = [];

  /** Puts the signature of an element into it, after its issuer: where a check takes it out again. */
  function signed(xml: string, id: string): string {
    const digest = createHash("sha256").update(xml).digest("base64");
    const info = [
      `<ds:SignedInfo xmlns:ds="${dsig}">`,
      `<ds:CanonicalizationMethod Algorithm="${c14n}"></ds:CanonicalizationMethod>`,
      '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>',
      `<ds:Reference URI="#${id}"><ds:Transforms>`,
      `<ds:Transform Algorithm="${dsig}enveloped-signature"></ds:Transform>`,
      `<ds:Transform Algorithm="${c14n}"></ds:Transform></ds:Transforms>`,
      '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>',
      `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
    ].join("");
    const value = sign("sha256", Buffer.from(info), keys.privateKey).toString("base64");
    const signature = `<ds:Signature xmlns:ds="${dsig}">${info.replace(` xmlns:ds="${dsig}"`, "")}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
    const end = "</saml:Issuer>";
    const at = xml.indexOf(end) + end.length;
    return xml.slice(0, at) + signature + xml.slice(at);
  }

  function respond(app: SamlApp, requestId: string | null, relayState: string | null): Posted {
    if (who === null) throw new Error("nobody is there");
    const now = Date.now();
    const at = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
    const [responseId, assertionId] = [
      `_${randomBytes(16).toString("hex")}`,
      `_${randomBytes(16).toString("hex")}`,
    ];
    const answering = requestId === null ? "" : ` InResponseTo="${requestId}"`;
    const issuer = `<saml:Issuer xmlns:saml="${assertionNs}">${entityId}</saml:Issuer>`;
    const attribute = (name: string, values: string[]) =>
      `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join("")}</saml:Attribute>`;
    const { uid, mail, givenName, sn, groups } = who;
    let assertion = [
      `<saml:Assertion xmlns:saml="${assertionNs}" ID="${assertionId}" IssueInstant="${at(0)}" Version="2.0">`,
      `<saml:Issuer>${entityId}</saml:Issuer><saml:Subject>`,
      `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${uid}</saml:NameID>`,
      '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
      `<saml:SubjectConfirmationData${answering} NotOnOrAfter="${at(300)}" Recipient="${app.acsUrl}"></saml:SubjectConfirmationData>`,
      "</saml:SubjectConfirmation></saml:Subject>",
      `<saml:Conditions NotBefore="${at(-30)}" NotOnOrAfter="${at(300)}"><saml:AudienceRestriction>`,
      `<saml:Audience>${app.entityId}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
      `<saml:AuthnStatement AuthnInstant="${at(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>`,
      "urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>",
      "<saml:AttributeStatement>",
      attribute("mail", [mail]) +
        attribute("givenName", [givenName]) +
        attribute("sn", [sn]) +
        attribute("groups", groups),
      "</saml:AttributeStatement></saml:Assertion>",
    ].join("");
    if (app.signsAssertion !== false) assertion = signed(assertion, assertionId);
    let response = [
      `<samlp:Response xmlns:samlp="${protocolNs}" Destination="${app.acsUrl}" ID="${responseId}"${answering} IssueInstant="${at(0)}" Version="2.0">`,
      issuer,
      '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>',
      `${assertion}</samlp:Response>`,
    ].join("");
    if (app.signsResponse !== false) response = signed(response, responseId);
    return {
      action: app.acsUrl,
      SAMLResponse: Buffer.from(response).toString("base64"),
      ...(relayState === null ? {} : { RelayState: relayState }),
    };
  }

  return {
    entityId,
    signInUrl: "https://idp.example/own-signer/sign-in",
    keys,
    person(person) {
      who = person;
    },
    knows(apps) {
      known = apps;
    },
    async answer(url) {
      const request = inflateRawSync(
        Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64"),
      ).toString();
      const issuer = />([^<]+)<\/saml:Issuer>/.exec(request)?.[1];
      const app = known.find((each) => each.entityId === issuer);
      const id = / ID="([^"]+)"/.exec(request)?.[1];
      if (app === undefined || id === undefined) throw new Error("a request of nobody who is known");
      return respond(app, id, url.searchParams.get("RelayState"));
    },
    unasked: async (app) => respond(app, null, null),
    close: () => Promise.resolve(),
  };
}
