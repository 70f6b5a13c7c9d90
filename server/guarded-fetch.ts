import { lookup as dnsLookup } from "node:dns/promises";
import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { isLinkLocal, isPublicAddress } from "./public-address.ts";

// Every request to an address that somebody typed in goes through here.

/** Why nothing came back. `private_host`: the name leads into a network that is not the internet. */
export type FetchProblem =
  | "not_https"
  | "private_host"
  | "no_such_host"
  | "no_answer"
  | "redirected_away"
  | "too_large";

export class GuardedFetchError extends Error {
  override readonly name = "GuardedFetchError";

  constructor(readonly problem: FetchProblem) {
    super(problem);
  }
}

export type GuardedRequest = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Answers above this are refused; 1 MB when left out. */
  mostBytes?: number;
  /** Follows up to three redirects on the same host; else a redirect is the answer. */
  follows?: boolean;
  signal?: AbortSignal;
};

/** Throws `GuardedFetchError`; any HTTP status is an answer. */
export type GuardedFetch = (url: string | URL, request?: GuardedRequest) => Promise<Response>;

export type GuardedFetchDeps = {
  /** For companies that keep their identity provider inside, and for tests: private networks, and HTTP on this machine. */
  allowsPrivateHosts: boolean;
  resolve?: (host: string) => Promise<string[]>;
};

const deadlineMs = 10_000;
const usualMostBytes = 1_048_576;
const mostRedirects = 3;

/**
 * HTTPS only, to public addresses only. The name is resolved once, every address of it is judged, and the connection goes
 * to an address that was judged: a second answer of the DNS changes nothing. Ends after ten seconds in all.
 */
export function createGuardedFetch({
  allowsPrivateHosts,
  resolve = resolveAll,
}: GuardedFetchDeps): GuardedFetch {
  return async (address, request = {}) => {
    const deadline = AbortSignal.timeout(deadlineMs);
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
    let url = new URL(address);
    for (let redirects = 0; ; redirects++) {
      const response = await send(url, request, signal);
      const next = response.headers.get("location");
      if (request.follows !== true || response.status < 300 || response.status > 399 || next === null)
        return response;
      const target = URL.canParse(next, url) ? new URL(next, url) : null;
      if (target === null || target.origin !== url.origin || redirects === mostRedirects)
        throw new GuardedFetchError("redirected_away");
      url = target;
    }
  };

  async function send(url: URL, request: GuardedRequest, signal: AbortSignal): Promise<Response> {
    if (url.protocol !== "https:" && url.protocol !== "http:") throw new GuardedFetchError("not_https");
    if (url.protocol === "http:" && !allowsPrivateHosts) throw new GuardedFetchError("not_https");
    if (url.username !== "" || url.password !== "") throw new GuardedFetchError("no_such_host");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const addresses = isIP(host) !== 0 ? [host] : await withinTime(resolve(host), signal);
    const [first] = addresses;
    if (first === undefined) throw new GuardedFetchError("no_such_host");
    if (!addresses.every((each) => mayAsk(each))) throw new GuardedFetchError("private_host");
    if (url.protocol === "http:" && !isThisMachine(first)) throw new GuardedFetchError("not_https");
    return exchange(url, host, first, request, signal);
  }

  function mayAsk(address: string): boolean {
    return allowsPrivateHosts ? !isLinkLocal(address) : isPublicAddress(address);
  }
}

function isThisMachine(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

async function resolveAll(host: string): Promise<string[]> {
  const found = await dnsLookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address).sort((a, b) => isIP(a) - isIP(b));
}

async function withinTime(addresses: Promise<string[]>, signal: AbortSignal): Promise<string[]> {
  const late = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new GuardedFetchError("no_answer")), { once: true });
  });
  late.catch(() => undefined); // It may come after the race is over.
  try {
    return await Promise.race([addresses, late]);
  } catch (error) {
    throw error instanceof GuardedFetchError ? error : new GuardedFetchError("no_such_host");
  }
}

function exchange(
  url: URL,
  host: string,
  address: string,
  { method = "GET", headers = {}, body, mostBytes = usualMostBytes }: GuardedRequest,
  signal: AbortSignal,
): Promise<Response> {
  const family = isIP(address);
  const options: RequestOptions = {
    method,
    headers: { ...headers, "accept-encoding": "identity" },
    signal,
    agent: false,
    // The judged address, whatever the name leads to by now; certificates are still those of the name.
    lookup: (_name, wanted, answer) =>
      wanted.all === true ? answer(null, [{ address, family }]) : answer(null, address, family),
    ...(url.protocol === "https:" && isIP(host) === 0 ? { servername: host } : {}),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, (answer) => {
      readAll(answer, mostBytes).then((bytes) => resolve(responseOf(answer, bytes)), reject);
    });
    request.once("error", () => reject(new GuardedFetchError("no_answer")));
    request.end(body);
  });
}

async function readAll(answer: IncomingMessage, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > mostBytes) throw new GuardedFetchError("too_large");
      chunks.push(chunk);
    }
  } catch (error) {
    answer.destroy();
    throw error instanceof GuardedFetchError ? error : new GuardedFetchError("no_answer");
  }
  return Buffer.concat(chunks);
}

function responseOf(answer: IncomingMessage, bytes: Buffer): Response {
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 599) throw new GuardedFetchError("no_answer");
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers))
    for (const each of [value ?? []].flat()) headers.append(name, each);
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : new Uint8Array(bytes), { status, headers });
}
