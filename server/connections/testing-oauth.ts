import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { OAuthProvider } from "../../shared/model/connections.ts";
import { accountsPage, consentPage } from "./testing-oauth-pages.ts";

// One small authorization server for tests, in the manner of Google, Microsoft or Zoom, with pages for a real browser: an account
// picker, then what is allowed. It is strict where providers are: redirect addresses and PKCE compared, codes good once, and tokens
// to renew with that die when they are used (Microsoft, Zoom).

export type SimulatedAccount = { id: string; email: string; name: string };
export type ApiRequest = {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
  account: SimulatedAccount;
  scopes: readonly string[];
};
export type ApiAnswer = { status: number; json?: unknown; text?: string; headers?: Record<string, string> };

type Grant = { account: SimulatedAccount; scopes: string[]; refreshToken: string | null; isRevoked: boolean };
type Code = { grant: Grant; challenge: string; redirectUrl: string };

export type OAuthSimulator = Awaited<ReturnType<typeof openOAuthSimulator>>;

type Options = {
  kind: OAuthProvider;
  /** As registered there. */
  redirectUrls: string[];
  accounts?: SimulatedAccount[];
  /** What is at the API behind the tokens, but for the page that says who somebody is; null: not found. */
  api?: (request: ApiRequest) => Promise<ApiAnswer | null> | ApiAnswer | null;
};

const zoomScopes = [
  "meeting:write:meeting",
  "meeting:update:meeting",
  "meeting:delete:meeting",
  "user:read:user",
];
const placesOf = {
  google: { consent: "/o/oauth2/v2/auth", token: "/token", revoke: "/revoke" },
  microsoft: { consent: "/common/oauth2/v2.0/authorize", token: "/common/oauth2/v2.0/token", revoke: null },
  zoom: { consent: "/oauth/authorize", token: "/oauth/token", revoke: "/oauth/revoke" },
} as const;

export async function openOAuthSimulator({ kind, redirectUrls, accounts, api }: Options) {
  const places = placesOf[kind];
  const codes = new Map<string, Code>();
  const access = new Map<string, Grant>();
  const refresh = new Map<string, Grant>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const simulator = {
    kind,
    url,
    clientId: "foyer_client-1",
    clientSecret: "a secret both know",
    accounts: accounts ?? [
      { id: "1001", email: "robin@team.example", name: "Robin Reyes" },
      { id: "1002", email: "sam@team.example", name: "Sam Sousa" },
    ],
    /** In seconds; what it tells with a token. */
    accessSeconds: 3_600 as number | undefined,
    rotates: kind !== "google",
    /** Whoever comes is told that an admin must allow us first. */
    needsApproval: false,
    /** Answers every request to the token endpoint so, instead. */
    tokenAnswer: null as ApiAnswer | null,
    /** Answers every request to the API so, instead. */
    apiAnswer: null as ApiAnswer | null,
    /** Held back until it resolves, before a token is renewed. */
    beforeRenewal: null as (() => Promise<void>) | null,
    seen: {
      exchanges: 0,
      renewals: 0,
      refusedRenewals: 0,
      revoked: [] as string[],
      /** Every token and code that was handed out. */
      issued: [] as string[],
      consents: [] as URL[],
      api: 0,
    },
    /** All access tokens of before are no longer taken. */
    endAccess: () => access.clear(),
    /** The person takes the consent back at the provider. */
    endConsents() {
      access.clear();
      refresh.clear();
    },
    /** A consent without pages, for tests that begin connected. */
    grant(email: string, scopes: string[]) {
      return tokensOf({ account: byEmail(email), scopes, refreshToken: null, isRevoked: false });
    },
    /** Settings by which a server of ours finds it. */
    settings(): Record<string, string> {
      if (kind === "google") return { GOOGLE_ACCOUNTS_URL: url, GOOGLE_TOKENS_URL: url, GOOGLE_API_URL: url };
      if (kind === "microsoft") return { MICROSOFT_LOGIN_URL: url, MICROSOFT_GRAPH_URL: url };
      return { ZOOM_OAUTH_URL: url, ZOOM_API_URL: url };
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return simulator;

  function byEmail(email: string): SimulatedAccount {
    const found = simulator.accounts.find((each) => each.email === email);
    if (found === undefined) throw new Error("no such account");
    return found;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = new URL(request.url ?? "/", url);
    const body = await bodyOf(request);
    if (asked.pathname === places.consent)
      return send(response, consent(request, asked, new URLSearchParams(body)));
    if (asked.pathname === places.token && request.method === "POST")
      return send(response, simulator.tokenAnswer ?? (await token(request, new URLSearchParams(body))));
    if (asked.pathname === places.revoke && request.method === "POST")
      return send(response, revoke(request, new URLSearchParams(body)));
    return send(response, await askApi(request, body));
  }

  function consent(request: IncomingMessage, asked: URL, form: URLSearchParams): ApiAnswer {
    const query = request.method === "POST" ? (form.get("query") ?? "") : asked.search.slice(1);
    const wish = new URLSearchParams(query);
    const redirectUrl = wish.get("redirect_uri") ?? "";
    // Shown to the person, and sent back to nobody.
    if (wish.get("client_id") !== simulator.clientId || !redirectUrls.includes(redirectUrl))
      return { status: 400, text: "redirect_uri_mismatch or unknown client" };
    if (wish.get("response_type") !== "code" || wish.get("code_challenge_method") !== "S256")
      return backTo(wish, { error: "invalid_request" });
    if (request.method !== "POST") simulator.seen.consents.push(asked);
    if (simulator.needsApproval) return backTo(wish, approvalNeeded());
    const page = { action: places.consent, query, title: `${kind} of the tests` };
    const account = simulator.accounts.find(({ id }) => id === form.get("account"));
    if (account === undefined) return html(accountsPage(page, simulator.accounts));
    const scopes = kind === "zoom" ? zoomScopes : (wish.get("scope") ?? "").split(" ");
    if (!form.has("answer")) return html(consentPage(page, account, scopes, kind === "google"));
    if (form.get("answer") !== "allow") return backTo(wish, { error: "access_denied" });
    const code = newToken();
    simulator.seen.issued.push(code);
    codes.set(code, {
      grant: { account, scopes: form.getAll("scope"), refreshToken: null, isRevoked: false },
      challenge: wish.get("code_challenge") ?? "",
      redirectUrl,
    });
    return backTo(wish, { code });
  }

  function approvalNeeded(): Record<string, string> {
    const error_description =
      kind === "microsoft"
        ? "AADSTS90094: The grant requires admin permission."
        : "The app is pending approval of the account's admin.";
    return { error: "access_denied", error_description };
  }

  async function token(request: IncomingMessage, form: URLSearchParams): Promise<ApiAnswer> {
    if (!isClient(request, form)) return refusal(401, "invalid_client");
    if (form.get("grant_type") === "authorization_code") {
      simulator.seen.exchanges += 1;
      const code = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      if (!redirectUrls.includes(form.get("redirect_uri") ?? ""))
        return refusal(400, kind === "google" ? "redirect_uri_mismatch" : "invalid_request");
      if (code?.challenge !== challenge || code.redirectUrl !== form.get("redirect_uri"))
        return refusal(400, "invalid_grant");
      return { status: 200, json: tokensOf(code.grant) };
    }
    await simulator.beforeRenewal?.();
    const given = form.get("refresh_token") ?? "";
    const grant = refresh.get(given);
    if (grant === undefined || grant.isRevoked) {
      simulator.seen.refusedRenewals += 1;
      return refusal(400, kind === "zoom" ? "invalid_request" : "invalid_grant");
    }
    simulator.seen.renewals += 1;
    if (!simulator.rotates) return { status: 200, json: { ...tokensOf(grant), refresh_token: undefined } };
    refresh.delete(given);
    return { status: 200, json: tokensOf({ ...grant, refreshToken: null }) };
  }

  function tokensOf(grant: Grant) {
    const accessToken = newToken();
    grant.refreshToken ??= newToken();
    access.set(accessToken, grant);
    simulator.seen.issued.push(accessToken, grant.refreshToken);
    refresh.set(grant.refreshToken, grant);
    return {
      access_token: accessToken,
      refresh_token: grant.refreshToken,
      token_type: "Bearer",
      ...(simulator.accessSeconds === undefined ? {} : { expires_in: simulator.accessSeconds }),
      scope: grant.scopes.filter((scope) => scope !== "offline_access").join(" "),
      // As Microsoft's common address has it: an issuer that nobody was told of, and another clock.
      ...(kind === "zoom" ? {} : { id_token: "e30.eyJpc3MiOiJodHRwczovL2Vsc2V3aGVyZS5leGFtcGxlIn0.AA" }),
    };
  }

  function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
    const { clientId, clientSecret } = simulator;
    if (kind === "zoom") {
      const words = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
      return request.headers.authorization === `Basic ${words}`;
    }
    return form.get("client_id") === clientId && form.get("client_secret") === clientSecret;
  }

  function revoke(request: IncomingMessage, form: URLSearchParams): ApiAnswer {
    if (kind === "zoom" && !isClient(request, form)) return refusal(401, "invalid_client");
    const given = form.get("token") ?? "";
    const grant = refresh.get(given) ?? access.get(given);
    if (grant === undefined || grant.isRevoked) return refusal(400, "invalid_token");
    simulator.seen.revoked.push(grant.account.email);
    for (const [name, each] of access) if (each.account === grant.account) access.delete(name);
    for (const [name, each] of refresh) if (each.account === grant.account) refresh.delete(name);
    return { status: 200, json: {} };
  }

  async function askApi(request: IncomingMessage, body: string): Promise<ApiAnswer> {
    simulator.seen.api += 1;
    const grant = access.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (grant === undefined || grant.isRevoked) return refusal(401, "invalid_token");
    if (simulator.apiAnswer !== null) return simulator.apiAnswer;
    const path = request.url ?? "/";
    const { account, scopes } = grant;
    const { id, email, name } = account;
    if (path.startsWith("/oauth2/v2/userinfo"))
      return { status: 200, json: { id, email, verified_email: true } };
    if (/^\/v1\.0\/me(\?|$)/.test(path))
      return { status: 200, json: { id, mail: null, userPrincipalName: email } };
    if (path === "/v2/users/me") return { status: 200, json: { id, email, display_name: name } };
    const { method = "GET", headers } = request;
    return (await api?.({ method, path, headers, body, account, scopes })) ?? { status: 404, json: {} };
  }

  function refusal(status: number, error: string): ApiAnswer {
    return { status, json: { error, reason: "Invalid" } };
  }
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}

function backTo(wish: URLSearchParams, more: Record<string, string>): ApiAnswer {
  const to = new URL(wish.get("redirect_uri") ?? "");
  for (const [name, value] of Object.entries({ ...more, state: wish.get("state") ?? "" }))
    to.searchParams.set(name, value);
  return { status: 302, text: "", headers: { location: to.href } };
}

function html(text: string): ApiAnswer {
  return { status: 200, text, headers: { "content-type": "text/html; charset=utf-8" } };
}

function send(response: ServerResponse, { status, json, text, headers = {} }: ApiAnswer): void {
  const type = json === undefined ? "text/plain; charset=utf-8" : "application/json";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(json === undefined ? (text ?? "") : JSON.stringify(json));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
