import type { Kysely } from "kysely";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { announceRequest } from "./announce-request.ts";
import { conversationsOfTheVanished, dueRequests, requestsOfTheGone, unanswered } from "./clock-store.ts";
import { endRequest } from "./end-request.ts";
import { reconsider, replaceVanished } from "./request-again.ts";

type ClockDeps = { db: Kysely<Database>; bus: Bus; log: Log };

const tickMs = 500;
/** The slower looks: who has gone, who has vanished, who is unanswered. */
const ticksPerSlowLook = 6;

/**
 * What makes sure that nobody is forgotten. All due times live in the database and are compared with its clock, so a
 * restart forgets nothing; every web process looks, and the locks make sure that each thing is done once.
 */
export function startRoutingClock({ db, bus, log }: ClockDeps): { close(): Promise<void> } {
  let ticks = 0;
  let isLooking: Promise<void> | null = null;

  const timer = setInterval(() => {
    ticks += 1;
    const isSlow = ticks % ticksPerSlowLook === 0;
    isLooking ??= lookAtRequests({ db, bus, log }, isSlow).finally(() => {
      isLooking = null;
    });
  }, tickMs);

  return {
    async close() {
      clearInterval(timer);
      await isLooking;
    },
  };
}

/** One look; exported so that tests can turn the clock by hand. */
export async function lookAtRequests({ db, bus, log }: ClockDeps, isSlow: boolean): Promise<void> {
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error }, what);
    }
  };
  await attempt("due requests could not be looked at", async () => {
    for (const id of await dueRequests(db)) {
      await attempt("a request could not be advanced", () => advanceRequest({ db, bus }, id));
    }
  });
  if (!isSlow) return;
  await attempt("requests of visitors who left could not be ended", async () => {
    for (const place of await requestsOfTheGone(db)) {
      const ended = await db.transaction().execute(async (trx) => {
        const row = await lockConversation(trx, place.workspaceId, place.id);
        const requestId = row === null ? null : await endRequest(trx, row.id, { state: "left" });
        return row === null || requestId === null ? null : { row, requestId };
      });
      if (ended !== null) announceRequest(bus, ended.row, ended.requestId);
    }
  });
  await attempt("conversations of vanished reps could not be looked at", async () => {
    for (const place of await conversationsOfTheVanished(db)) await replaceVanished({ db, bus }, place);
  });
  await attempt("unanswered conversations could not be looked at", async () => {
    for (const place of await unanswered(db)) await reconsider({ db, bus }, place);
  });
}
