import { type ConnectionProblem, endsUse } from "../../shared/model/connections.ts";
import type { MeetingId } from "../../shared/model/ids.ts";
import { type ProviderAccount, ProviderError } from "../connections/port.ts";
import { type CalendarDeps, providerOf } from "./deps.ts";
import type { CalendarChanges, CalendarItem } from "./port.ts";
import { problemOf } from "./problem-of.ts";
import { nextReading, nextTry, nextTryOfEnded, planReading } from "./reading-plan.ts";
import {
  dropAsked,
  hasVanished,
  lockTaken,
  markGone,
  ownMeetings,
  replaceBusy,
  saveFailure,
  saveReading,
  type TakenCalendar,
} from "./reading-store.ts";
import { watchAnew } from "./watch-calendar.ts";
import { watchOf } from "./watch-store.ts";

/** A reading ends by then, whatever the provider does; the lease is longer, so that nobody else begins before. */
const readWithinMs = 45_000;
export const leaseSeconds = 90;
/** More than a calendar of people holds in a year; what holds more is not read. */
const mostIntervals = 50_000;

/**
 * Reads a calendar that was taken, and keeps what was read, all of it or nothing. False: it could not be read, and what is known
 * of it grows old.
 */
export async function readCalendar(
  deps: CalendarDeps,
  taken: TakenCalendar,
  stopping?: AbortSignal,
): Promise<boolean> {
  const { db, accounts, log, random } = deps;
  const ref = { workspaceId: taken.workspaceId, connectionId: taken.connectionId };
  try {
    const account = await accounts.open(taken.workspaceId, taken.connectionId);
    const plan = planReading(taken, taken.takenAt);
    const changes = await withinTime(account, readWithinMs, stopping, (guarded) =>
      providerOf(deps.providers, taken.provider).readChanges(
        guarded,
        { ref: taken.ref, zone: taken.zone },
        plan.cursor,
        plan.window,
      ),
    );
    if (!(await keep(deps, taken, changes, plan))) return false;
    await accounts.noteGood(ref, (await hasVanished(db, ref)) ? [] : ["calendar_gone"]);
    // The first time: its owner may be looking at the page.
    if (taken.coveredUntil === null) deps.announce(taken.workspaceId);
    await watchAnew(deps, taken, account);
    return true;
  } catch (error) {
    // The program stops: the lease ends by itself, or rather now.
    if (stopping?.aborted === true) {
      await saveFailure(db, taken, 0);
      return false;
    }
    if (!(error instanceof ProviderError))
      log.error({ err: error, calendarId: taken.id }, "a calendar could not be read");
    await noteFailure(deps, taken, error instanceof ProviderError ? error : null, random());
    return false;
  }
}

async function noteFailure(
  { db, accounts }: CalendarDeps,
  taken: TakenCalendar,
  error: ProviderError | null,
  random: number,
): Promise<void> {
  const problem: ConnectionProblem = error === null ? "unreachable" : problemOf(error);
  const pauseMs = endsUse(problem)
    ? nextTryOfEnded(random)
    : nextTry(taken.failures + 1, error?.retryAfterMs, random);
  if (!(await saveFailure(db, taken, pauseMs))) return;
  if (problem === "calendar_gone") await markGone(db, taken);
  await accounts.noteProblem({ workspaceId: taken.workspaceId, connectionId: taken.connectionId }, problem);
}

/** In one transaction: what is busy, and where the next reading goes on, are never of two readings. */
async function keep(
  { db, random }: CalendarDeps,
  taken: TakenCalendar,
  changes: CalendarChanges,
  plan: ReturnType<typeof planReading>,
): Promise<boolean> {
  const { isWhole, cursor } = changes;
  if (changes.items.reduce((sum, { busy }) => sum + busy.length, 0) > mostIntervals)
    throw new ProviderError("invalid", "too_many_events");
  // The provider had forgotten our place: the answer holds everything, of the window of before.
  const covered = plan.window;
  return db.transaction().execute(async (trx) => {
    if (!(await lockTaken(trx, taken))) return false;
    const isWatched = ((await watchOf(trx, taken))?.until ?? 0) > taken.takenAt;
    const own = await ownMeetings(
      trx,
      taken,
      changes.items.flatMap(({ ownMeetingId }) => ownMeetingId ?? []),
    );
    await replaceBusy(trx, taken, mergedBySource(changes.items, own), isWhole);
    await dropAsked(trx, taken);
    await saveReading(trx, taken, { cursor, covered, nextInMs: nextReading(isWatched, random()) });
    return true;
  });
}

/** Whoever names a meeting that is not this host's keeps the host's time like anybody. */
function mergedBySource(items: readonly CalendarItem[], own: ReadonlySet<MeetingId>): CalendarItem[] {
  return items.map((item) => ({
    ...item,
    ownMeetingId: item.ownMeetingId !== null && own.has(item.ownMeetingId) ? item.ownMeetingId : null,
  }));
}

/**
 * Every request of the account ends with the deadline, and so does the waiting, even if an adapter waits for something
 * else.
 */
export async function withinTime<T>(
  account: ProviderAccount,
  ms: number,
  stopping: AbortSignal | undefined,
  work: (account: ProviderAccount, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const signal = stopping ? AbortSignal.any([late.signal, stopping]) : late.signal;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => late.abort(), ms);
    signal.addEventListener("abort", () => reject(new ProviderError("transient", "too_slow")), {
      once: true,
    });
  });
  const guarded: ProviderAccount = {
    ...account,
    send: (request) =>
      account.send({
        ...request,
        signal: request.signal ? AbortSignal.any([signal, request.signal]) : signal,
      }),
  };
  try {
    return await Promise.race([work(guarded, signal), over]);
  } finally {
    clearTimeout(timer);
    over.catch(() => undefined);
  }
}
