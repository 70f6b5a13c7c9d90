import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  type ServerMetadata,
  WWWAuthenticateChallengeError,
} from "openid-client";
import { type GuardedFetch, GuardedFetchError } from "../../guarded-fetch.ts";
import { isAddressVerified } from "./address-verified.ts";
import {
  attributesOf,
  type FlowSecrets,
  type IdentityProtocol,
  type ReadyProvider,
  SsoRefused,
  type Told,
} from "./port.ts";

export type OidcProvider = ReadyProvider & { kind: "oidc" };
/** The whole address that the browser came back to, and what the flow had kept. */
export type OidcAnswer = { url: URL; state: string; keeps: FlowSecrets; isProof: boolean };

export type OidcDeps = {
  fetch: GuardedFetch;
  allowsPrivateHosts: boolean;
  /** Where a provider sends the browser back to: an address of its own for each, so that one cannot answer for another. */
  redirectUrl: (provider: Pick<OidcProvider, "id">) => string;
  /** A clock in ms that only goes forward; the process's own when left out. */
  now?: () => number;
};

/** Signatures that only the provider can make: with `none` or a shared secret anybody, or we ourselves, could. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const skewSeconds = 60;
const proofSeconds = 300;
const knownMs = 300_000;
const mostKnown = 500;
/** These have fields of their own, or say nothing about the person. */
const notAttributes = [
  "iss",
  "sub",
  "aud",
  "exp",
  "iat",
  "nbf",
  "auth_time",
  "nonce",
  "at_hash",
  "c_hash",
  "s_hash",
  "azp",
  "sid",
  "jti",
];

/**
 * OpenID Connect: code flow with PKCE (S256), state and nonce, the issuer of the answer (RFC 9207) and of the token
 * compared with the one that was set up, and the token's signature checked although it came over TLS.
 */
export function createOidc({
  fetch,
  allowsPrivateHosts,
  redirectUrl,
  now = () => performance.now(),
}: OidcDeps): IdentityProtocol<OidcProvider, OidcAnswer> {
  const known = new Map<string, { config: Promise<Configuration>; until: number }>();

  /**
   * What a provider says of itself holds for some minutes, and so do its keys, which the library keeps with it: whoever begins
   * a sign-in, and anybody may, makes us ask nobody. Other settings are another entry; a failure is none.
   */
  function configure(provider: OidcProvider): Promise<Configuration> {
    const key = JSON.stringify([provider.id, provider.settings, provider.secret]);
    const found = known.get(key);
    if (found !== undefined && found.until > now()) return found.config;
    if (known.size >= mostKnown) known.clear();
    const config = discover(provider);
    known.set(key, { config, until: now() + knownMs });
    config.catch(() => known.delete(key));
    return config;
  }

  async function discover(provider: OidcProvider): Promise<Configuration> {
    const { issuer, clientId } = provider.settings;
    const options = {
      timeout: 10,
      [customFetch]: askGuarded,
      // The guard lets HTTP through to this machine only, and only where private hosts are allowed.
      ...(allowsPrivateHosts ? { execute: [allowInsecureRequests] } : {}),
    };
    const found = await discovery(new URL(issuer), clientId, undefined, undefined, options).catch(fail);
    const server = found.serverMetadata();
    // Compared here too and as text: the library takes some well-known providers' word for other issuers.
    if (server.issuer !== issuer && `${server.issuer}/` !== issuer && server.issuer !== `${issuer}/`)
      throw new SsoRefused("wrong_issuer");
    const config = new Configuration(
      { ...server },
      clientId,
      { client_secret: provider.secret, [clockTolerance]: skewSeconds },
      clientAuth(server, provider.secret),
    );
    config[customFetch] = askGuarded;
    config.timeout = 10;
    if (allowsPrivateHosts) allowInsecureRequests(config);
    enableNonRepudiationChecks(config);
    return config;
  }

  function askGuarded(
    url: string,
    { method, headers, body, signal }: Parameters<NonNullable<Configuration[typeof customFetch]>>[1],
  ) {
    const sent = body == null ? {} : { body: body instanceof Uint8Array ? body : String(body) };
    return fetch(url, { method, headers, ...sent, ...(signal ? { signal } : {}) });
  }

  return {
    async begin(provider, { state, isProof, email }) {
      const config = await configure(provider);
      const [nonce, codeVerifier] = [randomNonce(), randomPKCECodeVerifier()];
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUrl(provider),
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: "S256",
        // Some providers tell when the person signed in only where the claim itself is asked for (OpenID Connect Core 5.5).
        ...(isProof ? { prompt: "login", max_age: "0", claims: askedOfProof } : {}),
        ...(email === null ? {} : { login_hint: email }),
      });
      if (url.protocol !== "https:" && !allowsPrivateHosts) throw new SsoRefused("unreachable");
      return { url, keeps: { nonce, codeVerifier, requestId: null } };
    },

    async finish(provider, { url, state, keeps, isProof }) {
      const config = await configure(provider);
      // Some providers send it always and do not say so; whenever it is there it must be right.
      const iss = url.searchParams.get("iss");
      if (iss !== null && iss !== config.serverMetadata().issuer) throw new SsoRefused("wrong_issuer");
      const tokens = await authorizationCodeGrant(config, url, {
        expectedState: state,
        ...(keeps.nonce === null ? {} : { expectedNonce: keeps.nonce }),
        ...(keeps.codeVerifier === null ? {} : { pkceCodeVerifier: keeps.codeVerifier }),
        idTokenExpected: true,
      }).catch(fail);
      const claims = tokens.claims();
      if (claims === undefined || !algorithms.includes(algorithmOf(tokens.id_token)))
        throw new SsoRefused("bad_signature");
      if (isProof && !isFresh(claims)) throw new SsoRefused("not_ours");
      const more = await moreOf(config, tokens.access_token, claims);
      return toldBy({ ...more, ...claims }, claims.auth_time);
    },
  };
}

/** Addresses and names stand in the token, or else are asked for; a provider without that page has told all it will. */
async function moreOf(
  config: Configuration,
  accessToken: string,
  claims: IDToken,
): Promise<Record<string, unknown>> {
  if (typeof claims.email === "string" || config.serverMetadata().userinfo_endpoint === undefined) return {};
  return fetchUserInfo(config, accessToken, claims.sub).catch(fail);
}

/** `authTime` is the token's own word, in seconds. */
function toldBy(
  claims: Record<string, unknown> & { iss: string; sub: string },
  authTime: number | undefined,
): Told {
  const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
  const [first = null, ...rest] = text(claims.name)?.split(/\s+/) ?? [];
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: text(claims.email),
    isEmailVerified: isAddressVerified(claims),
    firstName: text(claims.given_name) ?? first,
    lastName: text(claims.family_name) ?? (rest.length > 0 ? rest.join(" ") : null),
    signedInAt: typeof authTime === "number" && Math.abs(authTime) < 4e9 ? authTime * 1_000 : null,
    attributes: attributesOf(Object.entries(claims).filter(([name]) => !notAttributes.includes(name))),
  };
}

const askedOfProof = JSON.stringify({ id_token: { auth_time: { essential: true } } });

/** Whoever is asked with `max_age` must say when the person signed in (OpenID Connect Core 3.1.2.1), and it must be now. */
function isFresh({ auth_time }: IDToken): boolean {
  return typeof auth_time === "number" && auth_time >= Date.now() / 1_000 - proofSeconds;
}

function algorithmOf(token: string | undefined): string {
  const [head = ""] = (token ?? "").split(".");
  const header: unknown = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
  const isHeader = typeof header === "object" && header !== null && "alg" in header;
  return isHeader ? String(header.alg) : "";
}

function clientAuth(
  { token_endpoint_auth_methods_supported: methods }: ServerMetadata,
  secret: string,
): ClientAuth {
  const takesBasic =
    methods === undefined ||
    methods.includes("client_secret_basic") ||
    !methods.includes("client_secret_post");
  return takesBasic ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}

/** What the library threw, as the words a page has for it. */
function fail(error: unknown): never {
  throw new SsoRefused(problemOf(error));
}

function problemOf(error: unknown): SsoRefused["problem"] {
  if (error instanceof SsoRefused) return error.problem;
  if (error instanceof GuardedFetchError || error instanceof TypeError) return "unreachable";
  if (error instanceof AuthorizationResponseError) return "refused_there";
  if (error instanceof WWWAuthenticateChallengeError) return "wrong_client";
  if (error instanceof ResponseBodyError)
    return error.error === "invalid_client" || error.error === "unauthorized_client"
      ? "wrong_client"
      : "not_ours";
  if (!(error instanceof ClientError) || error.cause instanceof GuardedFetchError) return "unreachable";
  const claim = claimIn(error.cause);
  if (claim === "iss" || claim === "issuer") return "wrong_issuer";
  if (claim === "aud" || claim === "azp") return "wrong_audience";
  if (
    claim === "exp" ||
    claim === "nbf" ||
    claim === "iat" ||
    error.code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED"
  )
    return "wrong_time";
  if (claim === "nonce" || claim === "state") return "not_ours";
  if (error.code === "OAUTH_JWT_CLAIM_COMPARISON_FAILED") return "not_ours";
  if (
    error.code === "OAUTH_RESPONSE_IS_NOT_CONFORM" ||
    error.code === "OAUTH_TIMEOUT" ||
    error.code === "OAUTH_ABORT"
  )
    return "unreachable";
  if (error.code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") return "wrong_issuer";
  return "bad_signature";
}

function claimIn(cause: unknown): string | null {
  if (typeof cause !== "object" || cause === null) return null;
  if ("claim" in cause) return String(cause.claim);
  return "attribute" in cause ? String(cause.attribute) : claimIn("cause" in cause ? cause.cause : null);
}
