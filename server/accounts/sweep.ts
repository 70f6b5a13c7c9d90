import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { deleteEnded } from "./session-store.ts";

type SweepDeps = { db: Kysely<Database>; log: Log };

const everyMs = 600_000;

/**
 * Puts away what time has ended: counted attempts, secrets, sessions. Nothing waits for it: whatever has expired counts
 * for nothing where it is looked up. In the worker; returns how to stop.
 */
export function startSweeping({ db, log }: SweepDeps): { close(): Promise<void> } {
  let sweeping = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweeping
      .then(() => deleteEnded(db))
      .catch((error: unknown) => log.warn({ err: error }, "what has expired could not be put away"));
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
