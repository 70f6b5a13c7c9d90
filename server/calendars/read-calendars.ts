import type { CalendarDeps } from "./deps.ts";
import { listCalendars } from "./list-calendars.ts";
import { takeDueConnection } from "./list-store.ts";
import { leaseSeconds, readCalendar } from "./read-calendar.ts";
import { type TakenCalendar, takeDueCalendar } from "./reading-store.ts";

/** Readings at a time; each waits for a provider, hardly ever for us. */
const mostAtOnce = 8;
/** Of these, readings of one provider (or CalDAV server), so that one that hangs leaves room for the others. */
const mostPerServer = 3;
/** And readings of calendars that could not be read last time, wherever they are. */
const mostRetries = 2;
/**
 * A look is one statement over an index, and a push only makes a calendar due: half a second later it is being read. NOTIFY would save that
 * half second and cost every worker a connection of its own, with its losses to be repaired by a look such as this one.
 */
const everyMs = 500;

type Running = Pick<TakenCalendar, "connectionId" | "server"> & { isRetry: boolean };

/**
 * Reads what is due, in the worker. Every calendar is read by one process at a time: a lease in its row says by whom. What hangs or is down is
 * given up after its deadline, asked less often, and never waited for by the others.
 */
export function startReadingCalendars(deps: CalendarDeps): { close(): Promise<void> } {
  const { db, log } = deps;
  const running = new Map<Promise<void>, Running>();
  const stopping = new AbortController();
  let isLooking: Promise<void> | null = null;

  async function look(): Promise<void> {
    while (!stopping.signal.aborted && running.size < mostAtOnce) {
      const at = [...running.values()];
      const inUse = at.map(({ connectionId }) => connectionId);
      const account = await takeDueConnection(db, inUse);
      if (account !== null) {
        begin({ ...account, server: "", isRetry: false }, listCalendars(deps, account, stopping.signal));
        continue;
      }
      const taken = await takeDueCalendar(db, {
        leaseSeconds,
        notConnections: inUse,
        notServers: full(at.map(({ server }) => server)),
        mayHaveFailed: at.filter(({ isRetry }) => isRetry).length < mostRetries,
      });
      if (taken === null) return;
      begin({ ...taken, isRetry: taken.failures > 0 }, readCalendar(deps, taken, stopping.signal));
    }
  }

  function begin({ connectionId, server, isRetry }: Running, work: Promise<unknown>): void {
    const done = work
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error, connectionId }, "a calendar was left unread"),
      )
      .finally(() => {
        running.delete(done);
        lookSoon();
      });
    running.set(done, { connectionId, server, isRetry });
  }

  function lookSoon(): void {
    if (stopping.signal.aborted) return;
    isLooking ??= look()
      .catch((error: unknown) => log.warn({ err: error }, "calendars could not be looked for"))
      .finally(() => {
        isLooking = null;
      });
  }

  const timer = setInterval(lookSoon, everyMs);
  return {
    async close() {
      clearInterval(timer);
      stopping.abort();
      await isLooking;
      await Promise.all(running.keys());
    },
  };
}

function full(servers: readonly string[]): string[] {
  return [...new Set(servers)].filter(
    (server) => servers.filter((each) => each === server).length >= mostPerServer,
  );
}
