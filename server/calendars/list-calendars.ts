import type { ConnectionProblem } from "../../shared/model/connections.ts";
import { DAY, HOUR, MINUTE } from "../../shared/time/local-day.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { zoneName } from "../../shared/time/zone.ts";
import { ProviderError } from "../connections/port.ts";
import { type CalendarDeps, providerOf } from "./deps.ts";
import { keepCalendars } from "./keep-calendars.ts";
import { type ListedAccount, retryFailed, saveListDue } from "./list-store.ts";
import { problemOf } from "./problem-of.ts";
import { withinTime } from "./read-calendar.ts";
import { memberZones, saveMailboxZone } from "./zones-store.ts";

const listWithinMs = 20_000;

/**
 * Asks which calendars the account has and which zone its mailbox shows, and keeps that. What is wrong, or over, is noted with
 * the account. False: it did not answer.
 */
export async function listCalendars(
  deps: CalendarDeps,
  of: ListedAccount,
  stopping?: AbortSignal,
): Promise<boolean> {
  const { db, accounts, log, random, zones } = deps;
  try {
    const provider = providerOf(deps.providers, of.provider);
    const account = await accounts.open(of.workspaceId, of.connectionId);
    const [found, mailbox] = await withinTime(account, listWithinMs, stopping, async (guarded) => [
      await provider.listCalendars(guarded),
      await provider.mailboxZone(guarded),
    ]);
    const { hasGone, hasReturned, isOther } = await db
      .transaction()
      .execute((trx) => keepCalendars(trx, of, found));
    const isZoneWrong = await judgeZone(deps, of, mailbox, zones);
    if (isOther) deps.announce(of.workspaceId);
    await retryFailed(db, of);
    await saveListDue(db, of, HOUR * (0.9 + random() * 0.2));
    const over: ConnectionProblem[] = [];
    if (!hasGone && !hasReturned) over.push("calendar_gone");
    if (!isZoneWrong) over.push("zone_mismatch");
    await accounts.noteGood(of, over);
    if (isZoneWrong) {
      await accounts.noteProblem(of, "zone_mismatch");
      // The member may have said meanwhile that it is meant.
      if (!(await judgeZone(deps, of, mailbox, zones))) await accounts.endProblem(of, "zone_mismatch");
    }
    if (hasGone) await accounts.noteProblem(of, "calendar_gone");
    return true;
  } catch (error) {
    if (stopping?.aborted === true) return false;
    if (!(error instanceof ProviderError))
      log.error({ err: error, connectionId: of.connectionId }, "calendars could not be listed");
    const pauseMs = error instanceof ProviderError ? (error.retryAfterMs ?? 0) : 0;
    await saveListDue(db, of, Math.max(Math.min(pauseMs, HOUR), MINUTE * (3 + random() * 4)));
    const problem = error instanceof ProviderError ? problemOf(error) : "unreachable";
    // An account without a home for calendars: not one of its calendars is gone.
    await accounts.noteProblem(of, problem === "calendar_gone" ? "refused" : problem);
    return false;
  }
}

/** Whether the mailbox shows another clock than the member's own, and the member has not said that this is meant. */
async function judgeZone(
  { db }: CalendarDeps,
  of: ListedAccount,
  mailbox: string | null,
  zones: Zones,
): Promise<boolean> {
  const { zone, accepted, now } = await memberZones(db, of);
  const theirs = mailbox === null ? undefined : zoneName(mailbox);
  const differs = theirs !== undefined && !isSameClock(zones, theirs, zone, now);
  await saveMailboxZone(db, of, differs ? theirs : null);
  return differs && theirs !== accepted;
}

/** Zones have many names: it is the time they show that counts, for the next year. */
function isSameClock(zones: Zones, a: string, b: string, now: number): boolean {
  if (a === b) return true;
  const clock = (name: string) =>
    JSON.stringify(
      zones(name)
        .stretches(now, now + 366 * DAY)
        .filter(({ start, end }) => start < now + 366 * DAY && end > now)
        .map(({ start, offset }) => [Math.max(start, now), offset]),
    );
  return clock(a) === clock(b);
}
