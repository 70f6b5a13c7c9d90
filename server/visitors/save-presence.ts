import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import type { LiveVisitors } from "./live-visitors.ts";
import { pendingFor, saveBeats } from "./store.ts";

type PresenceDeps = { db: Kysely<Database>; live: LiveVisitors; bus: Bus; log: Log; nowMs(): number };

const everyMs = 1_000;

/**
 * Writes the beats of the last second in one statement, and learns for whom a rep has written: also what a lost hint
 * would have told.
 */
export function savePresence({ db, live, bus, log, nowMs }: PresenceDeps): { close(): Promise<void> } {
  let isSaving: Promise<void> | null = null;

  async function save() {
    const { here, gone } = live.drain(nowMs());
    if (here.length === 0 && gone.length === 0) return;
    await saveBeats(
      db,
      here.map(([, visitor]) => visitor.visitId),
      gone.map((visitor) => visitor.visitId),
    );
    const pending = await pendingFor(
      db,
      here.map(([id]) => id),
    );
    for (const [, visitor] of here) {
      visitor.unread = 0;
    }
    for (const { visitorId, unread } of pending) {
      const visitor = live.get(visitorId);
      if (visitor === undefined) continue;
      visitor.unread = unread;
      visitor.connect = true;
    }
  }

  const timer = setInterval(() => {
    isSaving ??= save()
      .catch((error: unknown) => log.warn({ err: error }, "beats could not be saved"))
      .finally(() => {
        isSaving = null;
      });
  }, everyMs);

  const stop = bus.subscribe((hint) => {
    if (hint.kind === "watched" || hint.kind === "opened") {
      const visitor = live.get(hint.visitorId);
      if (visitor !== undefined) visitor.connect = true;
    }
  });

  return {
    async close() {
      clearInterval(timer);
      stop();
      await isSaving;
      await save().catch((error: unknown) => log.warn({ err: error }, "the last beats could not be saved"));
    },
  };
}
