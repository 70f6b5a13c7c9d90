import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { type Interval, overlaps } from "../../shared/time/intervals.ts";
import { ProviderError } from "../connections/port.ts";
import { databaseNow } from "../db/database-now.ts";
import { blockingCalendars, type CalendarToAsk, keepAsked } from "./ask-store.ts";
import { type CalendarDeps, providerOf } from "./deps.ts";
import { calendarReasons } from "./freshness.ts";
import { problemOf } from "./problem-of.ts";
import { withinTime } from "./read-calendar.ts";
import { ownMeetings } from "./reading-store.ts";
import { calendarAccounts } from "./store.ts";

/** A guest waits for it: all calendars together. */
const askWithinMs = 4_000;

/** `unknown` is not free: a calendar did not answer in time, or cannot be asked. */
export type LiveAnswer = "free" | "busy" | "unknown";

export type AskDeps = Pick<CalendarDeps, "db" | "log" | "accounts" | "providers">;

/**
 * Asks the calendars of all these members whether the time is free at this moment; `free` only when each of them says so. For the moment of a
 * booking, before any lock is taken: it waits for providers, four seconds at most. What is found in the way is kept, so that the next list is right.
 * Events of our own meetings do not count.
 */
export async function isStillFree(
  deps: AskDeps,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
  time: Interval,
): Promise<LiveAnswer> {
  const { db } = deps;
  const { accounts, now } = await calendarAccounts(db, workspaceId, memberIds);
  if (accounts.size === 0) return "free";
  const known = [...accounts.values()].every((theirs) =>
    // That it was read long ago is what asking mends.
    calendarReasons(theirs, now).every((reason) => reason === "calendar_unread"),
  );
  const isListed = [...accounts.values()].flat().every((account) => account.isListed);
  if (!known || !isListed) return "unknown";
  const calendars = await blockingCalendars(db, workspaceId, memberIds);
  const answers = await Promise.all(calendars.map((calendar) => ask(deps, calendar, time)));
  if (answers.includes("busy")) return "busy";
  return answers.includes("unknown") ? "unknown" : "free";
}

async function ask(deps: AskDeps, calendar: CalendarToAsk, time: Interval): Promise<LiveAnswer> {
  const { db, accounts, providers, log } = deps;
  try {
    const account = await accounts.open(calendar.workspaceId, calendar.connectionId);
    const items = await withinTime(account, askWithinMs, undefined, (guarded, signal) =>
      providerOf(providers, calendar.provider).readBusy(
        guarded,
        { ref: calendar.ref, zone: calendar.zone },
        time,
        signal,
      ),
    );
    const own = await ownMeetings(
      db,
      calendar,
      items.flatMap(({ ownMeetingId }) => ownMeetingId ?? []),
    );
    const inTheWay = items
      .filter(({ ownMeetingId }) => ownMeetingId === null || !own.has(ownMeetingId))
      .map((item) => ({
        ...item,
        ownMeetingId: null,
        busy: item.busy.filter((each) => overlaps(each, time)),
      }))
      .filter(({ busy }) => busy.length > 0);
    if (inTheWay.length === 0) return "free";
    await keepAsked(db, calendar, inTheWay, await databaseNow(db));
    return "busy";
  } catch (error) {
    if (!(error instanceof ProviderError)) {
      log.error({ err: error, calendarId: calendar.id }, "a calendar could not be asked");
      return "unknown";
    }
    // A guest's impatience is no problem of the account: the reading that follows will tell.
    const problem = problemOf(error);
    if (problem !== "unreachable" && problem !== "calendar_gone")
      await accounts.noteProblem(calendar, problem);
    return "unknown";
  }
}
