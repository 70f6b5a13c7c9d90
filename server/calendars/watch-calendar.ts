import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { ConnectionId, WorkspaceId } from "../../shared/model/ids.ts";
import { DAY } from "../../shared/time/local-day.ts";
import { type ProviderAccount, ProviderError } from "../connections/port.ts";
import { type CalendarDeps, providerOf } from "./deps.ts";
import type { TakenCalendar } from "./reading-store.ts";
import { forgetWatch, saveWatch, takeWatchDue, watchesOf, watchOf } from "./watch-store.ts";

/** More than any provider grants; each says how long its channel lasts. */
const wishedLifeMs = 30 * DAY;

export function watchHash(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Providers call over HTTPS only, so that an instance without it just asks. */
function canBeCalled(publicUrl: string): boolean {
  return publicUrl.startsWith("https:");
}

/**
 * Has the calendar's changes told to us: makes the first channel, or the next one before the last ends, which is then stopped. Never
 * fails: asking goes on. That a channel ended and no other could be made is a problem of the account; a first one that cannot be made (an address that
 * the provider does not accept) is not.
 */
export async function watchAnew(
  deps: CalendarDeps,
  taken: TakenCalendar,
  account: ProviderAccount,
): Promise<void> {
  const { db, accounts, log, publicUrl } = deps;
  const provider = providerOf(deps.providers, taken.provider);
  if (!canBeCalled(publicUrl) || !provider.caps.watches || provider.watch === undefined) return;
  const last = await watchOf(db, taken);
  if (last !== null && !last.isDue) return;
  if (!(await takeWatchDue(db, taken))) return;
  const ref = { workspaceId: taken.workspaceId, connectionId: taken.connectionId };
  const secret = randomBytes(32).toString("base64url");
  const id = randomUUID();
  try {
    const watch = await provider.watch(account, taken.ref, {
      id,
      url: `${publicUrl}/connect/push/${taken.provider}`,
      secret,
      until: taken.takenAt + wishedLifeMs,
    });
    const isSaved = await saveWatch(db, taken, { id, ...watch, hash: watchHash(secret) });
    await accounts.noteGood(ref, ["watch_expired"]);
    const old = isSaved ? last : { id, ref: watch.ref };
    if (old !== null) await stop(deps, taken.provider, account, old);
  } catch (error) {
    log.info({ err: error, calendarId: taken.id }, "changes of a calendar cannot be told to us");
    if (last !== null && last.until <= taken.takenAt) {
      await forgetWatch(db, taken, last.id);
      await accounts.noteProblem(ref, "watch_expired");
    }
  }
}

/** Ends the channels of an account that is about to be disconnected, or of calendars that are not read any more. */
export async function stopWatches(
  deps: CalendarDeps,
  workspaceId: WorkspaceId,
  connectionId: ConnectionId,
  which: "all" | "not_read" = "all",
): Promise<void> {
  const { db, accounts, log } = deps;
  const watches = await watchesOf(db, workspaceId, connectionId, which);
  if (watches.length === 0) return;
  for (const { calendarId, id } of watches) await forgetWatch(db, { workspaceId, id: calendarId }, id);
  try {
    const account = await accounts.open(workspaceId, connectionId);
    // Only those of Google and Microsoft have any.
    if (account.provider !== "google" && account.provider !== "microsoft") return;
    for (const watch of watches) await stop(deps, account.provider, account, watch);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    log.info({ err: error, connectionId }, "channels end by themselves");
  }
}

/** Best effort: one that goes on is answered as unknown, and ends by itself. */
async function stop(
  { providers, log }: CalendarDeps,
  provider: TakenCalendar["provider"],
  account: ProviderAccount,
  watch: { id: string; ref: string },
): Promise<void> {
  try {
    await providerOf(providers, provider).stopWatch?.(account, { id: watch.id, ref: watch.ref });
  } catch (error) {
    log.info({ err: error, connectionId: account.connectionId }, "a channel could not be stopped");
  }
}
