import type { ProviderAccount } from "../../connections/port.ts";
import { ask, propfindBody } from "./dav.ts";
import { hrefPath } from "./paths.ts";
import { addressOf } from "./read-event.ts";
import { hrefsIn } from "./read-multistatus.ts";

/** Of the account's own principal, and the name by which it is known. */
export async function askAddresses(
  account: ProviderAccount,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const named = [addressOf(account.accountName)];
  const principal = await principalOf(account, signal);
  if (principal === null) return named;
  const { responses } = await ask(account, {
    method: "PROPFIND",
    path: principal,
    depth: "0",
    body: propfindBody(["C:calendar-user-address-set"]),
    signal,
  });
  const told = responses.flatMap((response) => hrefsIn(response, "C", "calendar-user-address-set"));
  return [...new Set([...named, ...told.map(addressOf)])];
}

async function principalOf(account: ProviderAccount, signal?: AbortSignal): Promise<string | null> {
  const { responses } = await ask(account, {
    method: "PROPFIND",
    path: account.baseUrl,
    depth: "0",
    body: propfindBody(["D:current-user-principal"]),
    signal,
  });
  const [href] = responses.flatMap((response) => hrefsIn(response, "D", "current-user-principal"));
  return href === undefined ? null : hrefPath(href, account.baseUrl);
}
