import { randomBytes } from "node:crypto";
import { type CacheProvider, SAML, SamlStatusError, ValidateInResponseTo } from "@node-saml/node-saml";
import { attributesOf, type IdentityProtocol, type ReadyProvider, SsoRefused, type Told } from "./port.ts";
import { refuseOddShapes } from "./refuse-odd-shapes.ts";

export type SamlProvider = ReadyProvider & { kind: "saml" };
/** What was posted to us. `requestId` null: the provider began it (IdP-initiated), and it answers no question. */
export type SamlAnswer = { response: string; requestId: string | null; isProof: boolean; now: number };
/** An assertion may be used once: its id is remembered until it is past its time. */
export type SamlTold = Told & { assertionId: string; endsAt: number };

export type SamlDeps = {
  /** Ours at this provider: each has its own, so that what is made for one is nothing for another. */
  entityId: (provider: Pick<SamlProvider, "id">) => string;
  acsUrl: (provider: Pick<SamlProvider, "id">) => string;
};

const skewMs = 120_000;
const proofMs = 300_000;
const bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

const emailNames = [
  "email",
  "mail",
  "emailaddress",
  "urn:oid:0.9.2342.19200300.100.1.3",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
];
const firstNames = [
  "givenname",
  "firstname",
  "first_name",
  "given_name",
  "urn:oid:2.5.4.42",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
];
const lastNames = [
  "sn",
  "surname",
  "lastname",
  "last_name",
  "family_name",
  "urn:oid:2.5.4.4",
  "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname",
];

/**
 * SAML 2.0, web browser profile: the request leaves by redirect, the response comes by POST, and both the response and the
 * assertion in it must be signed. The library checks signatures, audience and times; what it leaves open is checked here.
 */
export function createSaml({
  entityId,
  acsUrl,
}: SamlDeps): IdentityProtocol<SamlProvider, SamlAnswer, SamlTold> {
  function library(provider: SamlProvider, requestId: string | null, isProof: boolean): SAML {
    return new SAML({
      issuer: entityId(provider),
      audience: entityId(provider),
      callbackUrl: acsUrl(provider),
      entryPoint: provider.settings.signInUrl,
      idpCert: provider.settings.certificates,
      identifierFormat: null,
      disableRequestedAuthnContext: true,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      acceptedClockSkewMs: skewMs,
      forceAuthn: isProof,
      validateInResponseTo: requestId === null ? ValidateInResponseTo.ifPresent : ValidateInResponseTo.always,
      cacheProvider: onlyRequest(requestId),
      ...(requestId === null ? {} : { generateUniqueId: () => requestId }),
    });
  }

  return {
    async begin(provider, { state, isProof }) {
      const requestId = `_${randomBytes(20).toString("hex")}`;
      const url = await library(provider, requestId, isProof).getAuthorizeUrlAsync(state, undefined, {});
      return { url: new URL(url), keeps: { nonce: null, codeVerifier: null, requestId } };
    },

    async finish(provider, { response, requestId, isProof, now }) {
      refuseOddShapes(response, acsUrl(provider));
      const { profile } = await library(provider, requestId, isProof)
        .validatePostResponseAsync({ SAMLResponse: response })
        .catch(fail);
      const assertion = parsedOf(profile?.getAssertion?.());
      if (profile === null || assertion === null) throw new SsoRefused("bad_signature");
      if (textOf(assertion.Issuer?.[0]) !== provider.settings.entityId) throw new SsoRefused("wrong_issuer");
      const endsAt = confirmedUntil(assertion, { requestId, recipient: acsUrl(provider), now });
      const signedInAt = Date.parse(attributeOf(assertion.AuthnStatement?.[0], "AuthnInstant") ?? "");
      if (Number.isNaN(signedInAt)) throw new SsoRefused("not_ours");
      if (isProof && signedInAt < now - proofMs - skewMs) throw new SsoRefused("not_ours");
      const assertionId = attributeOf(assertion, "ID");
      const subject = textOf(assertion.Subject?.[0]?.NameID?.[0]);
      if (assertionId === null || subject === null) throw new SsoRefused("not_ours");
      const attributes = attributesOf(Object.entries((profile.attributes ?? {}) as Record<string, unknown>));
      const format = attributeOf(assertion.Subject?.[0]?.NameID?.[0], "Format") ?? "";
      return {
        issuer: provider.settings.entityId,
        subject,
        email: firstOf(attributes, emailNames) ?? (format.endsWith(":emailAddress") ? subject : null),
        isEmailVerified: null,
        firstName: firstOf(attributes, firstNames),
        lastName: firstOf(attributes, lastNames),
        attributes,
        signedInAt,
        assertionId,
        endsAt: endsAt + skewMs,
      };
    },
  };
}

/** The request this response may answer. It is not forgotten here: the library would let a forged response burn it. */
function onlyRequest(requestId: string | null): CacheProvider {
  const askedAt = new Date().toISOString();
  return {
    saveAsync: async (_key, value) => ({ value, createdAt: Date.now() }),
    getAsync: async (key) => (key === requestId ? askedAt : null),
    removeAsync: async (key) => key,
  };
}

/** An element as xml2js reads it: children by name, `_` its text, `$` its attributes. */
type Parsed = { [child: string]: Parsed[] | undefined };

function parsedOf(told: Record<string, unknown> | undefined): Parsed | null {
  const assertion = told?.Assertion;
  return typeof assertion === "object" && assertion !== null ? (assertion as Parsed) : null; // The library's own reading.
}

function textOf(element: Parsed | undefined): string | null {
  const text: unknown = element?._;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : null;
}

function attributeOf(element: Parsed | undefined, name: string): string | null {
  const all = element?.$ as Record<string, unknown> | undefined; // Attributes are read as one object.
  const value = all?.[name];
  return typeof value === "string" ? value : null;
}

/** Until when the assertion may be handed in here, as an answer to this very request. The latest of its confirmations. */
function confirmedUntil(
  assertion: Parsed,
  { requestId, recipient, now }: { requestId: string | null; recipient: string; now: number },
): number {
  let latest: number | null = null;
  for (const confirmation of assertion.Subject?.[0]?.SubjectConfirmation ?? []) {
    const data = confirmation.SubjectConfirmationData?.[0];
    const endsAt = Date.parse(attributeOf(data, "NotOnOrAfter") ?? "");
    const isHere =
      attributeOf(confirmation, "Method") === bearer && attributeOf(data, "Recipient") === recipient;
    if (!isHere || attributeOf(data, "InResponseTo") !== requestId || Number.isNaN(endsAt)) continue;
    latest = Math.max(latest ?? endsAt, endsAt);
  }
  if (latest === null) throw new SsoRefused("not_ours");
  if (latest + skewMs <= now) throw new SsoRefused("wrong_time");
  return latest;
}

function firstOf(attributes: Told["attributes"], names: readonly string[]): string | null {
  const found = attributes.find(({ name }) => names.includes(name.toLowerCase()));
  return found?.values[0]?.trim() || null;
}

/** The library tells its refusals apart by their words only. */
function fail(error: unknown): never {
  if (error instanceof SamlStatusError) throw new SsoRefused("refused_there");
  const words = error instanceof Error ? error.message : "";
  if (/audience/i.test(words)) throw new SsoRefused("wrong_audience");
  if (/expired|not yet valid|No valid subject confirmation/i.test(words)) throw new SsoRefused("wrong_time");
  if (/InResponseTo/i.test(words)) throw new SsoRefused("not_ours");
  throw new SsoRefused("bad_signature");
}
