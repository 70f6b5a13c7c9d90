import { z } from "zod";
import type { DomainId, Instant, MemberId, ProviderId, TeamId } from "../model/ids.ts";
import { idField, lineField, wordsField } from "./fields.ts";
import { limits } from "./limits.ts";

// Single sign-on: who a company's own directory says somebody is. Set up by admins, used from the sign-in page.

export type ProviderKind = "oidc" | "saml";

/** OpenID Connect: the address that names the provider, and who we are there. The secret is never sent back. */
export type OidcSettings = { issuer: string; clientId: string };
/** SAML 2.0: who the provider says it is, where a sign-in begins, and the certificates (PEM) it signs with. */
export type SamlSettings = { entityId: string; signInUrl: string; certificates: string[] };

/** What keeps somebody out who comes back from a provider, or keeps a "verify" run from counting. */
export const ssoProblems = [
  /** The flow is over: ten minutes passed, it was used, or it began in another browser. */
  "start_again",
  /** The person, or the provider, said no. */
  "refused_there",
  /** The provider could not be reached, or its answer makes no sense. */
  "unreachable",
  /** What it answered is not signed by the keys we know, or not signed at all. */
  "bad_signature",
  /** It is another provider than the one that was set up. */
  "wrong_issuer",
  /** It was made for another application. */
  "wrong_audience",
  /** It is past its time, or not yet valid: the clocks may differ. */
  "wrong_time",
  /** It answers another question, or was used before. */
  "not_ours",
  /** The client id or secret is not taken there. */
  "wrong_client",
  "no_email",
  "email_unverified",
  "domain_unproven",
  /** No account can be opened for this person here. Says no more on purpose. */
  "no_account",
  /** The account is another one than that which is signed in. */
  "other_account",
] as const;
export type SsoProblem = (typeof ssoProblems)[number];

/** What came back from a provider, for the admin who tries it. */
export type VerifyRun = {
  at: Instant;
  problems: SsoProblem[];
  told: {
    issuer: string;
    subject: string;
    email: string | null;
    /** Null: the provider says nothing of it (SAML never does). */
    isEmailVerified: boolean | null;
    firstName: string | null;
    lastName: string | null;
    /** Everything else it told, groups included. */
    attributes: { name: string; values: string[] }[];
  } | null;
};

export type ProviderView = {
  id: ProviderId;
  kind: ProviderKind;
  name: string;
  /** The settings of its kind; the other is null. Fields are empty in a draft. */
  oidc: OidcSettings | null;
  saml: (SamlSettings & { expiresAt: Instant | null }) | null;
  hasSecret: boolean;
  /** All that can be given has been given. */
  isComplete: boolean;
  isOn: boolean;
  verifiedAt: Instant | null;
  lastRun: VerifyRun | null;
  defaultRole: "rep" | "meetings_only";
  defaultTeamId: TeamId | null;
  allowsIdpInitiated: boolean;
  /** Members who have signed in through it. */
  people: number;
  /** Active ones among them who have no password and no other provider that is on: without this one they cannot come in. */
  onlyWayOf: MemberId[];
  /** What the provider must be told of us. OIDC has the redirect address, SAML the other three. */
  ours: { redirectUrl: string } | { entityId: string; acsUrl: string; metadataUrl: string };
};

/** How the person of a session can prove who they are. */
export type MyWays = {
  provider: { name: string } | null;
  hasPassword: boolean;
  /**
   * For whoever has neither: `company`, to sign in anew through a provider that is on, which then knows them; `mail`, to set
   * a password by a mailed link.
   */
  instead: "company" | "mail" | null;
  /** Where that mail goes. */
  email: string;
};

/** Why a proof of a domain did not come off. */
export type DomainProblem =
  | "nothing_found"
  | "other_value"
  | "unreachable"
  | "redirected"
  | "private"
  | "taken";

export type DomainView = {
  id: DomainId;
  domain: string;
  provenAt: Instant | null;
  provenBy: "dns" | "file" | null;
  /** The TXT record of this name with this text; or a file at this address with this line. */
  dnsName: string;
  fileUrl: string;
  text: string;
};

export type SsoSettings = {
  providers: ProviderView[];
  domains: DomainView[];
  isSsoOnly: boolean;
  /** Admins with a password: who may keep one for bad days. */
  admins: { id: MemberId; name: string; email: string; isBreakGlass: boolean }[];
  teams: { id: TeamId; name: string }[];
};

/** `https:` addresses; a plain one is for tests on this machine and refused by the server elsewhere. */
const webAddress = z
  .string()
  .max(limits.urlChars)
  .transform((value) => value.trim())
  .refine(
    (value) => /^https?:\/\/[^\s/@?#]+(\/\S*)?$/i.test(value) && URL.canParse(value),
    "not a web address",
  );

const certificate = z.string().max(20_000);

const oidcSettings: z.ZodType<OidcSettings, OidcSettings> = z.object({
  issuer: webAddress,
  clientId: lineField(300),
});
const samlSettings: z.ZodType<SamlSettings, SamlSettings> = z.object({
  entityId: lineField(1_000),
  signInUrl: webAddress,
  certificates: z.array(certificate).min(1).max(6),
});

const domainField = z
  .string()
  .max(253)
  .transform((value) => value.trim().toLowerCase().replace(/^@/, "").replace(/\.$/, ""))
  .refine(
    (value) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(value),
    "not a domain",
  );

/** A page of the console to come back to. */
const returnTo = z
  .string()
  .max(200)
  .regex(/^\/console(\/[a-z0-9-]+)*$/);

export const ssoRouteSchemas = {
  /** Open to all: through which providers people of this address sign in. Tells of the domain, never of an account. */
  "POST /api/sso/find": z.object({ email: wordsField(limits.emailChars) }),
  /** Open to all: begins a sign-in; the answer is where to send the browser. */
  "POST /api/sso/start": z.object({
    providerId: idField<"identity_provider">(),
    email: wordsField(limits.emailChars),
  }),
  "GET /api/sso": z.object({}),
  "POST /api/sso/providers": z.object({ kind: z.enum(["oidc", "saml"]), name: lineField(60) }),
  "PUT /api/sso/providers/:id": z.object({
    name: lineField(60),
    oidc: oidcSettings.nullable(),
    saml: samlSettings.nullable(),
    /** Left out: stays as it is. */
    secret: z.string().min(1).max(1_000).optional(),
    defaultRole: z.enum(["rep", "meetings_only"]),
    defaultTeamId: idField<"team">().nullable(),
    allowsIdpInitiated: z.boolean(),
  }),
  "POST /api/sso/providers/:id/delete": z.object({}),
  /** Begins a run that signs nobody in and shows what came back. */
  "POST /api/sso/providers/:id/verify": z.object({}),
  "POST /api/sso/providers/:id/turn": z.object({ isOn: z.boolean() }),
  /** Reads a provider's metadata (XML) into settings; stores nothing. */
  "POST /api/sso/metadata": z.object({ xml: z.string().min(1).max(400_000) }),
  "POST /api/sso/domains": z.object({ domain: domainField }),
  "POST /api/sso/domains/:id/prove": z.object({}),
  "POST /api/sso/domains/:id/delete": z.object({}),
  "PUT /api/sso/only": z.object({
    isSsoOnly: z.boolean(),
    breakGlassIds: z.array(idField<"member">()).max(20),
  }),
  /** Through which provider the person of this session can prove who they are. */
  "GET /api/sso/mine": z.object({}),
  /** Begins such a proof. */
  "POST /api/sso/prove": z.object({ returnTo }),
} as const;

export type SsoRouteAnswers = {
  "POST /api/sso/find": { providers: { id: ProviderId; name: string }[]; isOnlyWay: boolean };
  "POST /api/sso/start": { url: string };
  "GET /api/sso": SsoSettings;
  "POST /api/sso/providers": { provider: ProviderView };
  "PUT /api/sso/providers/:id": { provider: ProviderView };
  "POST /api/sso/providers/:id/delete": object;
  "POST /api/sso/providers/:id/verify": { url: string };
  "POST /api/sso/providers/:id/turn": { provider: ProviderView };
  "POST /api/sso/metadata": { settings: SamlSettings };
  "POST /api/sso/domains": { domain: DomainView };
  "POST /api/sso/domains/:id/prove": { domain: DomainView; problem: DomainProblem | null };
  "POST /api/sso/domains/:id/delete": object;
  "PUT /api/sso/only": object;
  "GET /api/sso/mine": MyWays;
  "POST /api/sso/prove": { url: string };
};
