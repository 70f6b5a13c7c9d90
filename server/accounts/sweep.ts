import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { deleteEnded } from "./session-store.ts";
import { deleteReplacedPhotos } from "./store.ts";

/** One round; exported so that tests can turn the clock by hand. */
export async function sweep(db: Kysely<Database>): Promise<void> {
  await deleteEnded(db);
  await deleteReplacedPhotos(db, daysOfReplacedPhotos);
}

type SweepDeps = { db: Kysely<Database>; log: Log };

const everyMs = 600_000;
/** Mails that show a replaced picture are seldom opened later. */
const daysOfReplacedPhotos = 60;

/**
 * Puts away what time has ended: counted attempts, secrets, codes, sessions, replaced pictures. Nothing waits for it:
 * whatever has expired counts for nothing where it is looked up. In the worker; returns how to stop.
 */
export function startSweeping({ db, log }: SweepDeps): { close(): Promise<void> } {
  let sweeping = Promise.resolve();
  const timer = setInterval(() => {
    sweeping = sweeping
      .then(() => sweep(db))
      .catch((error: unknown) => log.warn({ err: error }, "what has expired could not be put away"));
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
