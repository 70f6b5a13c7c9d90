import type { ConnectionId, WorkspaceId } from "../../shared/model/ids.ts";
import { type GuardedFetch, GuardedFetchError } from "../guarded-fetch.ts";
import type { ConnectionDeps } from "./deps.ts";
import { noteProblem } from "./health.ts";
import { type ProviderAccount, ProviderError, type ProviderRequest, type ProviderResponse } from "./port.ts";
import { apiOf } from "./providers.ts";
import { renewedAccess } from "./renew-access.ts";
import { lateness, retryAfterMs } from "./retry-after.ts";
import { type ConnectionSecret, openSecret } from "./secrets.ts";
import { type ConnectionRef, type ConnectionRow, connectionRow } from "./store.ts";

const usualMostBytes = 5_242_880;
const agent = "Foyer";

/**
 * The account of a connection, ready to be asked. Throws `ProviderError`: `gone` where there is no such connection, `auth` where it is
 * known to be dead, so that nobody asks with it.
 */
export async function openAccount(
  deps: ConnectionDeps,
  workspaceId: WorkspaceId,
  connectionId: ConnectionId,
): Promise<ProviderAccount> {
  const ref = { workspaceId, connectionId };
  const row = await connectionRow(deps.db, ref);
  if (row === undefined) throw new ProviderError("gone", "no_connection");
  if (row.problem === "needs_reauth") throw new ProviderError("auth", "needs_reauth");
  const secret = openSecret(deps.keys, row);
  if (secret === null) {
    await noteProblem(deps, ref, "needs_reauth");
    throw new ProviderError("auth", "sealed_otherwise");
  }
  return row.provider === "caldav"
    ? passwordAccount(deps, row, secret)
    : tokenAccount(deps, ref, row, secret, apiOf(deps.providers, row.provider));
}

/** Basic authentication, with the server where the account was found and nobody else. */
function passwordAccount(
  deps: ConnectionDeps,
  row: ConnectionRow,
  secret: ConnectionSecret,
): ProviderAccount {
  if (secret.kind !== "password" || row.server_url === null)
    throw new TypeError("a CalDAV connection was kept without its server or password");
  const authorization = basic(secret.username, secret.password);
  const base = row.server_url;
  const fetch = deps.fetchFor(base);
  return {
    ...namesOf(row),
    baseUrl: base,
    async send(request) {
      const response = await ask(
        deps,
        fetch,
        addressOf(base, request.path, "server"),
        request,
        authorization,
      );
      if (response.status === 401) throw new ProviderError("auth", "401");
      return response;
    },
  };
}

function tokenAccount(
  deps: ConnectionDeps,
  ref: ConnectionRef,
  row: ConnectionRow & { is_ending: boolean },
  secret: ConnectionSecret,
  base: string,
): ProviderAccount {
  if (secret.kind !== "tokens") throw new TypeError("a connection by consent was kept without tokens");
  const fetch = deps.fetchFor(base);
  let access = secret.accessToken;
  let isEnding = row.is_ending;
  return {
    ...namesOf(row),
    baseUrl: base,
    async send(request) {
      const address = addressOf(base, request.path, "api");
      if (isEnding) await renew(access);
      const used = access;
      const first = await ask(deps, fetch, address, request, `Bearer ${used}`);
      if (first.status !== 401) return first;
      // Whatever the clocks say: the provider does not take it any more. Another request may have renewed it meanwhile.
      if (access === used) await renew(used);
      const second = await ask(deps, fetch, address, request, `Bearer ${access}`);
      if (second.status === 401) throw new ProviderError("auth", "401");
      return second;
    },
  };

  async function renew(stale: string): Promise<void> {
    access = await renewedAccess(deps, ref, stale);
    isEnding = false;
  }
}

function namesOf(row: ConnectionRow): Pick<ProviderAccount, "connectionId" | "provider" | "accountName"> {
  return { connectionId: row.id, provider: row.provider, accountName: row.account_name };
}

/**
 * An API's paths begin at its base; a CalDAV server's are of its whole origin. Credentials go to that origin only, whatever an answer
 * named: a whole address elsewhere is refused.
 */
function addressOf(base: string, path: string, of: "api" | "server"): URL {
  const isWhole = /^https?:/i.test(path);
  const text = isWhole || of === "server" ? path : `${base}${path}`;
  const url = URL.canParse(text, base) ? new URL(text, base) : null;
  if (url === null || url.origin !== new URL(base).origin) throw new ProviderError("refused", "other_origin");
  return url;
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

async function ask(
  { now }: Pick<ConnectionDeps, "now">,
  fetch: GuardedFetch,
  address: URL,
  request: ProviderRequest,
  authorization: string,
): Promise<ProviderResponse> {
  const body = request.json === undefined ? request.body : JSON.stringify(request.json);
  const response = await fetch(address, {
    method: request.method ?? "GET",
    headers: {
      "user-agent": agent,
      ...(request.json === undefined ? {} : { "content-type": "application/json" }),
      ...request.headers,
      authorization,
    },
    mostBytes: request.mostBytes ?? usualMostBytes,
    ...(body === undefined ? {} : { body }),
    ...(request.signal ? { signal: request.signal } : {}),
  }).catch(throwAsProvider);
  if (lateness(response.status))
    throw new ProviderError("rate", String(response.status), retryAfterMs(response.headers, now()));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function throwAsProvider(error: unknown): never {
  if (!(error instanceof GuardedFetchError)) throw error;
  const { problem } = error;
  if (problem === "no_answer" || problem === "no_such_host") throw new ProviderError("transient", problem);
  throw new ProviderError(problem === "too_large" ? "invalid" : "refused", problem);
}
