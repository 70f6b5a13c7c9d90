import type { ProviderAccount } from "../../connections/port.ts";

/** Told anew after this time: addresses of people seldom change. */
const keepMs = 60 * 60_000;
const mostKept = 5_000;

/** The addresses under which an account's owner is invited, in small letters: whose "no" counts. */
export type OwnAddresses = (account: ProviderAccount, signal?: AbortSignal) => Promise<readonly string[]>;

/** Remembers them for each connection. */
export function createOwnAddresses(now: () => number): OwnAddresses {
  const known = new Map<string, { addresses: readonly string[]; until: number }>();
  return async (account, signal) => {
    const before = known.get(account.connectionId);
    if (before && before.until > now()) return before.addresses;
    const { askAddresses } = await import("./ask-addresses.ts");
    const addresses = await askAddresses(account, signal);
    if (known.size >= mostKept) known.clear();
    known.set(account.connectionId, { addresses, until: now() + keepMs });
    return addresses;
  };
}
