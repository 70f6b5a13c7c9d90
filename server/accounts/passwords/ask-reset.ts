import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { enqueue } from "../../jobs/queue.ts";
import type { RateLimiter } from "../../web/rate-limit.ts";
import { createSharedLimiter } from "../../web/shared-rate-limit.ts";
import { memberOfAddress } from "./store.ts";

/** How often a mail may be asked for: by one network for one address, by one network, for one address from everywhere. */
export type ResetLimits = { perPair: RateLimiter; perNetwork: RateLimiter; perAddress: RateLimiter };

export function createResetLimits(pool: Pool): ResetLimits {
  return {
    perPair: createSharedLimiter(pool, "reset-pair", { points: 5, seconds: 900 }),
    perNetwork: createSharedLimiter(pool, "reset-network", { points: 40, seconds: 3_600 }),
    perAddress: createSharedLimiter(pool, "reset-address", { points: 10, seconds: 3_600 }),
  };
}

/**
 * Asks for a mail with a link to a new password. Nothing tells whether somebody has the address: the answer is the same, and
 * so is the work, since everything that differs is done later by a job. Throws `too_many`, for any address alike.
 */
export async function askReset(
  { db, resetLimits }: { db: Kysely<Database>; resetLimits: ResetLimits },
  { email, network }: { email: string; network: string },
): Promise<void> {
  const address = email.trim().toLowerCase();
  await resetLimits.perPair.take(`${address} ${network}`);
  await resetLimits.perNetwork.take(network);
  if (await isFlooded(resetLimits, address)) return;
  const member = await memberOfAddress(db, address);
  await enqueue(db, "reset:mail", { member: member ?? null });
}

/** Mails enough for now, whoever asks for more: the owner of the address is not told that others did, but has the last one. */
async function isFlooded({ perAddress }: ResetLimits, address: string): Promise<boolean> {
  try {
    await perAddress.take(address);
    return false;
  } catch (error) {
    if (error instanceof AppError && error.code === "too_many") return true;
    throw error;
  }
}
