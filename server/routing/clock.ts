import type { Kysely } from "kysely";
import type { ConversationId, WorkspaceId } from "../../shared/model/ids.ts";
import { lockConversation } from "../conversations/lock-conversation.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { advanceRequest } from "./advance-request.ts";
import { announceRequest } from "./announce-request.ts";
import {
  conversationsOfTheVanished,
  conversationsOfThoseWhoStopped,
  dueRequests,
  requestsOfTheGone,
  unanswered,
} from "./clock-store.ts";
import { endRequest } from "./end-request.ts";
import { reconsider, replaceOwner } from "./request-again.ts";

type ClockDeps = { db: Kysely<Database>; bus: Bus; log: Log };

const tickMs = 500;
/** The slower looks: who has gone, who has vanished, who is unanswered. */
const slowLookMs = 3_000;
/** After a long stop every console seems gone: they get this long to come back before anybody is replaced. */
const consolesReturnMs = 30_000;

/** What one look takes in: `due` requests only, or also what is slow, with or without owners who vanished. */
export type Look = "due" | "all" | "all_but_vanished";

/**
 * What makes sure that nobody is forgotten. All due times live in the database and are compared with its clock, so a
 * restart forgets nothing; every web process looks, and the locks make sure that each thing is done once.
 */
export function startRoutingClock({ db, bus, log }: ClockDeps): { close(): Promise<void> } {
  const startedMs = performance.now();
  let lastSlowMs = startedMs;
  let isLooking: Promise<void> | null = null;

  function nextLook(): Look {
    const nowMs = performance.now();
    if (nowMs - lastSlowMs < slowLookMs) return "due";
    lastSlowMs = nowMs;
    return nowMs - startedMs < consolesReturnMs ? "all_but_vanished" : "all";
  }

  const timer = setInterval(() => {
    isLooking ??= lookAtRequests({ db, bus, log }, nextLook()).finally(() => {
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

/** One look; exported so that tests can turn the clock by hand. What fails for one does not keep the others waiting. */
export async function lookAtRequests({ db, bus, log }: ClockDeps, look: Look): Promise<void> {
  async function each<Item>(
    what: string,
    find: Promise<readonly Item[]>,
    work: (item: Item) => Promise<void>,
  ) {
    try {
      for (const item of await find) {
        await work(item).catch((error: unknown) => log.warn({ err: error }, `${what}: one failed`));
      }
    } catch (error) {
      log.warn({ err: error }, `${what}: they could not be found`);
    }
  }
  await each("due requests", dueRequests(db), (id) => advanceRequest({ db, bus }, id));
  if (look === "due") return;
  await each("requests of visitors who left", requestsOfTheGone(db), (place) =>
    endOfTheGone({ db, bus }, place),
  );
  if (look === "all") {
    await each("conversations of vanished reps", conversationsOfTheVanished(db), (place) =>
      replaceOwner({ db, bus }, place, "vanished"),
    );
  }
  await each("conversations of reps who stopped", conversationsOfThoseWhoStopped(db), (place) =>
    replaceOwner({ db, bus }, place, "stepped_out"),
  );
  await each("unanswered conversations", unanswered(db), (place) => reconsider({ db, bus }, place));
}

async function endOfTheGone(
  { db, bus }: Pick<ClockDeps, "db" | "bus">,
  place: { id: ConversationId; workspaceId: WorkspaceId },
): Promise<void> {
  const ended = await db.transaction().execute(async (trx) => {
    const row = await lockConversation(trx, place.workspaceId, place.id);
    const requestId = row === null ? null : await endRequest(trx, row.id, { state: "left" });
    return row === null || requestId === null ? null : { row, requestId };
  });
  if (ended !== null) announceRequest(bus, ended.row, ended.requestId);
}
