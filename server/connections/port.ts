import type { ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId } from "../../shared/model/ids.ts";

/**
 * What went wrong at a provider, by what is to be done about it.
 *   - `auth`: the account must be connected again · `scope`: a permission is missing · `approval`: the account's admin must allow us
 *   - `rate`, `transient`: later (after `retryAfterMs`, if it said so) · `conflict`: it is there already, or changed meanwhile
 *   - `gone`: the thing, or our place in its changes, is not there any more · `invalid`, `refused`: never, as it was asked
 */
export type ProviderErrorKind =
  | "auth"
  | "scope"
  | "approval"
  | "rate"
  | "transient"
  | "conflict"
  | "gone"
  | "invalid"
  | "refused";

/** Thrown by adapters. `code` is the provider's own word for it; never text, which may hold addresses or secrets. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    readonly kind: ProviderErrorKind,
    readonly code: string,
    readonly retryAfterMs?: number,
  ) {
    super(`${kind}: ${code}`);
  }
}

export type ProviderRequest = {
  /** GET when left out. */
  method?: string;
  /** From the provider's base address (`/calendar/v3/...`), or a whole address on the same origin. */
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; `headers` names its type. */
  body?: string;
  /** Larger answers are refused; 5 MB when left out. */
  mostBytes?: number;
  signal?: AbortSignal;
};

export type ProviderResponse = {
  status: number;
  headers: Headers;
  text: string;
};

/**
 * One account at a provider, as an adapter is given it: it knows the credential, and the adapter never does. At a 401 the
 * access is renewed and the request sent once more, however many requests are under way; a second 401 throws `auth`, and so does an account that is
 * known to be dead. No answer within ten seconds throws `transient`. Any other status is an answer, for the adapter to read.
 */
export interface ProviderAccount {
  readonly connectionId: ConnectionId;
  readonly provider: ProviderName;
  /** The address or name the account is known by. */
  readonly accountName: string;
  /** CalDAV: the address that was found for this account's calendars; else the provider's API. */
  readonly baseUrl: string;
  send(request: ProviderRequest): Promise<ProviderResponse>;
}
