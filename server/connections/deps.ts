import type { Kysely } from "kysely";
import { type Config, type ProviderAddresses, usualProviders } from "../config.ts";
import type { Database } from "../db/tables.ts";
import { createGuardedFetch, type GuardedFetch } from "../guarded-fetch.ts";
import type { Hint } from "../realtime/hints.ts";
import type { SealingKeys } from "../sealed.ts";
import { createRenewals, type Renewals } from "./renewals.ts";

/** What links to outside accounts need of the house. */
export type ConnectionDeps = {
  db: Kysely<Database>;
  keys: SealingKeys;
  publicUrl: string;
  providers: ProviderAddresses;
  /** By the base address that is asked. */
  fetchFor: (base: string) => GuardedFetch;
  /** Under way in this process. */
  renewals: Renewals;
  now: () => number;
  /** Told after a commit. */
  announce: (hint: Hint) => void;
};

type OpenDeps = {
  config: Pick<Config, "secretKey" | "previousSecretKey" | "publicUrl" | "providers" | "allowsPrivateHosts">;
  db: Kysely<Database>;
  announce: (hint: Hint) => void;
};

/** One for each process. */
export function connectionDeps({ config, db, announce }: OpenDeps): ConnectionDeps {
  const { secretKey, previousSecretKey, publicUrl, providers, allowsPrivateHosts } = config;
  return {
    db,
    keys: { secretKey, previousSecretKey },
    publicUrl,
    providers,
    fetchFor: fetches(providers, allowsPrivateHosts),
    renewals: createRenewals(),
    now: Date.now,
    announce,
  };
}

/**
 * Where the operator has put a counterpart in place of a provider, that is the operator's own word, and it may be on this
 * machine. What members type in may lead into private networks only where that is allowed.
 */
function fetches(providers: ProviderAddresses, allowsPrivateHosts: boolean): ConnectionDeps["fetchFor"] {
  const guarded = createGuardedFetch({ allowsPrivateHosts });
  const toCounterparts = createGuardedFetch({ allowsPrivateHosts: true });
  const usual = new Set(addressesOf(usualProviders));
  const counterparts = new Set(addressesOf(providers).filter((address) => !usual.has(address)));
  return (base) => (counterparts.has(base) ? toCounterparts : guarded);
}

function addressesOf(providers: ProviderAddresses): string[] {
  return Object.values(providers).flatMap((places: Record<string, string>) => Object.values(places));
}
