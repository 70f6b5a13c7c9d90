import { createHash } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { Database } from "../db/tables.ts";
import { takeLocks } from "./store.ts";

/** What a transaction holds for itself: a host's time, or the count of what a visitor or an address has booked. */
export type LockName = `host ${string}` | `visitor ${string}` | `address ${string}`;

const mostTries = 3;

/**
 * A transaction that first takes these locks, all at once and in one order for everybody. `work` must use only the
 * transaction it is given: another connection, asked for while a hundred wait for this lock, might never come.
 */
export async function withLocks<T>(
  db: Kysely<Database>,
  names: readonly LockName[],
  work: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T | "overlap"> {
  const keys = names.map((name) => createHash("sha256").update(name).digest().readBigInt64BE());
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(async (transaction) => {
        await takeLocks(transaction, keys);
        return work(transaction);
      });
    } catch (error) {
      const code = codeOf(error);
      // The exclusion constraint has the last word: somebody was here first.
      if (code === "23P01") return "overlap";
      const mayPass = code === "40P01" || code === "40001";
      if (!mayPass || attempt === mostTries) throw error;
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
