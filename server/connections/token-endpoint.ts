import type * as Library from "openid-client";
import type { ConnectedProvider, OAuthProvider } from "../../shared/model/connections.ts";
import { GuardedFetchError } from "../guarded-fetch.ts";
import type { ConnectionDeps } from "./deps.ts";
import { ProviderError } from "./port.ts";
import { placesOf, plans } from "./providers.ts";
import { lateness, retryAfterMs } from "./retry-after.ts";

/** The workspace's registration at a provider, opened. */
export type App = { provider: OAuthProvider; clientId: string; clientSecret: string };

export type Tokens = {
  accessToken: string;
  /** Null: the one that is there goes on. */
  refreshToken: string | null;
  expiresInSeconds: number | null;
  /** Null: it did not say, which means those that were asked for. */
  scopes: string[] | null;
};

type Deps = Pick<ConnectionDeps, "providers" | "fetchFor" | "now">;

/** Where the browser is sent. */
export async function consentUrl(
  deps: Deps,
  app: App,
  wish: {
    provider: ConnectedProvider;
    redirectUrl: string;
    state: string;
    codeVerifier: string;
    /** Of the account that is connected again. */
    hint: string | null;
  },
): Promise<string> {
  const library = await load();
  const { scopes, consent } = plans[wish.provider];
  const url = library.buildAuthorizationUrl(configure(library, deps, app), {
    ...consent,
    redirect_uri: wish.redirectUrl,
    scope: scopes.join(" "),
    state: wish.state,
    code_challenge: await library.calculatePKCECodeChallenge(wish.codeVerifier),
    code_challenge_method: "S256",
    ...(wish.hint === null ? {} : { login_hint: wish.hint }),
  });
  return url.href;
}

export async function newCodeVerifier(): Promise<string> {
  return (await load()).randomPKCECodeVerifier();
}

/** `url` is the whole address the browser came back to. Throws `ProviderError`. */
export async function exchangeCode(
  deps: Deps,
  app: App,
  answer: { url: URL; state: string; codeVerifier: string },
): Promise<Tokens> {
  const library = await load();
  return grant(library, () =>
    library.authorizationCodeGrant(configure(library, deps, app), answer.url, {
      expectedState: answer.state,
      pkceCodeVerifier: answer.codeVerifier,
    }),
  );
}

/** Throws `ProviderError`: `auth` when the consent is over, `refused` when the registration is not accepted. */
export async function renewAccess(deps: Deps, app: App, refreshToken: string): Promise<Tokens> {
  const library = await load();
  return grant(library, () => library.refreshTokenGrant(configure(library, deps, app), refreshToken));
}

/** Gives access back. What is not known there any more is given back. Throws `ProviderError`. */
export async function revokeToken(deps: Deps, app: App, token: string): Promise<void> {
  const library = await load();
  try {
    await library.tokenRevocation(configure(library, deps, app), token);
  } catch (error) {
    const problem = problemOf(library, error);
    if (problem.kind !== "auth") throw problem;
  }
}

/** Read when somebody first connects: most starts of the program never need it. */
function load(): Promise<typeof Library> {
  return import("openid-client");
}

function configure(
  library: typeof Library,
  { providers, fetchFor, now }: Deps,
  app: App,
): Library.Configuration {
  const places = placesOf(providers, app.provider);
  const config = new library.Configuration(
    {
      issuer: places.issuer,
      authorization_endpoint: places.consent,
      token_endpoint: places.token,
      ...(places.revoke === null ? {} : { revocation_endpoint: places.revoke }),
    },
    app.clientId,
    {},
    app.provider === "zoom" ? basicAuth(app) : library.ClientSecretPost(app.clientSecret),
  );
  const fetch = fetchFor(places.base);
  config.timeout = 10;
  config[library.customFetch] = async (url, { method, headers, body, signal }) => {
    const sent = body == null ? {} : { body: body instanceof Uint8Array ? body : String(body) };
    const response = await fetch(url, { method, headers, ...sent, ...(signal ? { signal } : {}) });
    if (lateness(response.status) || response.status >= 500)
      throw new ProviderError(
        lateness(response.status) ? "rate" : "transient",
        String(response.status),
        retryAfterMs(response.headers, now()),
      );
    return withoutIdToken(response);
  };
  if (places.token.startsWith("http:")) library.allowInsecureRequests(config);
  return config;
}

/** As Zoom documents it; the library encodes the characters `-` and `_` of a client id, as RFC 6749 has it. */
function basicAuth({ clientId, clientSecret }: App): Library.ClientAuth {
  const words = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  return (_server, _client, _body, headers) => headers.set("authorization", `Basic ${words}`);
}

/**
 * Who it is, the provider's API says, asked with the token. So what else stands in the answer about the person is dropped:
 * Microsoft's common address names another issuer for each tenant, and clocks need not agree.
 */
async function withoutIdToken(response: Response): Promise<Response> {
  const text = await response.text();
  const { status, headers } = response;
  if (!text.includes("id_token")) return new Response(text === "" ? null : text, { status, headers });
  const answer: unknown = JSON.parse(text);
  if (typeof answer === "object" && answer !== null && "id_token" in answer) delete answer.id_token;
  return new Response(JSON.stringify(answer), { status, headers });
}

async function grant(
  library: typeof Library,
  ask: () => Promise<Library.TokenEndpointResponse>,
): Promise<Tokens> {
  try {
    const { access_token, refresh_token, expires_in, scope } = await ask();
    return {
      accessToken: access_token,
      refreshToken: refresh_token ?? null,
      expiresInSeconds: expires_in ?? null,
      scopes: scope?.split(/[\s,]+/).filter((each) => each !== "") ?? null,
    };
  } catch (error) {
    throw problemOf(library, error);
  }
}

/** The consent is over, or never was: only the person can mend it. Zoom calls a dead token an invalid request. */
const overErrors = [
  "invalid_grant",
  "invalid_request",
  "invalid_token",
  "interaction_required",
  "login_required",
];
const approvalErrors = ["admin_policy_enforced", "consent_required"];

function problemOf(library: typeof Library, error: unknown): ProviderError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  for (const each of [error, cause]) {
    if (each instanceof ProviderError) return each;
    if (each instanceof GuardedFetchError) return new ProviderError("transient", each.problem);
  }
  if (error instanceof library.ResponseBodyError) {
    const { error: code } = error;
    if (approvalErrors.includes(code)) return new ProviderError("approval", code);
    return new ProviderError(overErrors.includes(code) ? "auth" : "refused", code.slice(0, 60));
  }
  if (error instanceof library.WWWAuthenticateChallengeError)
    return new ProviderError("refused", "invalid_client");
  if (error instanceof library.ClientError) {
    if (error.code === "OAUTH_TIMEOUT" || error.code === "OAUTH_ABORT")
      return new ProviderError("transient", "no_answer");
    return new ProviderError("transient", "unreadable");
  }
  throw error;
}
