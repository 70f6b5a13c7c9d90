import { type ProviderAccount, ProviderError, type ProviderResponse } from "../../connections/port.ts";
import { type Multistatus, namespaces, readMultistatus } from "./read-multistatus.ts";

// Requests of WebDAV and CalDAV (RFC 4918, 4791, 6578), and what their failures mean.

/** Reads of whole calendars, with many guests in each event. */
const mostBytes = 30_000_000;

type Question = {
  method: "PROPFIND" | "REPORT";
  /** A path of the account's server, or a whole address there. */
  path: string;
  depth: "0" | "1";
  body: string;
  signal?: AbortSignal | undefined;
};

/** The server's answer as it came; throws where it is none. */
export async function askServer(account: ProviderAccount, question: Question): Promise<string> {
  const response = await sendTo(account, question);
  if (response.status !== 207) throw failureOf(response);
  return response.text;
}

/** The same for a small answer, read. */
export async function ask(account: ProviderAccount, question: Question): Promise<Multistatus> {
  const answer = readMultistatus(await askServer(account, question));
  if (answer === null) throw malformed();
  return answer;
}

export async function sendTo(
  account: ProviderAccount,
  { method, path, depth, body, signal }: Question,
): Promise<ProviderResponse> {
  return account.send({
    method,
    path: addressOn(account, path),
    headers: { depth, "content-type": "application/xml; charset=utf-8" },
    body,
    mostBytes,
    ...(signal ? { signal } : {}),
  });
}

/** Always whole: a path of the server is not one under the account's base. */
export function addressOn(account: ProviderAccount, path: string): string {
  return new URL(path, account.baseUrl).href;
}

/** Cut off, or no XML: it may be whole at the next try. */
export function malformed(): ProviderError {
  return new ProviderError("transient", "malformed_answer");
}

export function failureOf({ status, headers }: Pick<ProviderResponse, "status" | "headers">): ProviderError {
  const code = String(status);
  const later = retryAfterMs(headers);
  if (status === 401) return new ProviderError("auth", code);
  if (status === 429) return new ProviderError("rate", code, later);
  if (status >= 500 || status === 408 || status === 423) return new ProviderError("transient", code, later);
  if (status === 404 || status === 410) return new ProviderError("gone", code);
  if (status === 409 || status === 412) return new ProviderError("conflict", code);
  if (status === 403) return new ProviderError("refused", code);
  // Anything else that is no failure by HTTP is not what was asked for: a page of a proxy, a sign-in form, a redirect.
  return new ProviderError(status < 300 ? "transient" : "invalid", code);
}

/** Given in seconds; a date would need both clocks to agree, and is left to the usual pause. */
function retryAfterMs(headers: Headers): number | undefined {
  const seconds = headers.get("retry-after")?.trim() ?? "";
  return /^\d{1,5}$/.test(seconds) ? Number(seconds) * 1_000 : undefined;
}

const declarations = Object.entries(namespaces)
  .map(([prefix, namespace]) => `xmlns:${prefix}="${namespace}"`)
  .join(" ");

/** `names` as `D:getetag`. */
export function propfindBody(names: readonly string[]): string {
  return `<?xml version="1.0" encoding="utf-8"?><D:propfind ${declarations}>${prop(names)}</D:propfind>`;
}

/** Events that touch the window, as far as the server can tell. */
export function queryBody(names: readonly string[], window: { start: number; end: number }): string {
  const range = `<C:time-range start="${utcTime(window.start)}" end="${utcTime(window.end)}"/>`;
  const filter = `<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${range}</C:comp-filter></C:comp-filter></C:filter>`;
  return `<?xml version="1.0" encoding="utf-8"?><C:calendar-query ${declarations}>${prop(names)}${filter}</C:calendar-query>`;
}

export function multigetBody(names: readonly string[], paths: readonly string[]): string {
  const hrefs = paths.map((path) => `<D:href>${escapeXml(path)}</D:href>`).join("");
  return `<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget ${declarations}>${prop(names)}${hrefs}</C:calendar-multiget>`;
}

export function syncBody(names: readonly string[], token: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><D:sync-collection ${declarations}><D:sync-token>${escapeXml(token)}</D:sync-token><D:sync-level>1</D:sync-level>${prop(names)}</D:sync-collection>`;
}

function prop(names: readonly string[]): string {
  return `<D:prop>${names.map((name) => `<${name}/>`).join("")}</D:prop>`;
}

function utcTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
