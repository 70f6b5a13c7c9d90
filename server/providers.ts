import type { WorkspaceId } from "../shared/model/ids.ts";
import type { Zones } from "../shared/time/zone.ts";
import { createCalendarReader } from "./calendars/caldav/calendar-reader.ts";
import { createCalDavProvider } from "./calendars/caldav/provider.ts";
import type { FindAccount } from "./calendars/connect-caldav.ts";
import type { CalendarDeps } from "./calendars/deps.ts";
import { createGoogleCalendar } from "./calendars/google/google-calendar.ts";
import { createMicrosoftCalendar } from "./calendars/microsoft/microsoft-calendar.ts";
import type { Config } from "./config.ts";
import { type ConnectionDeps, connectionDeps } from "./connections/deps.ts";
import { endProblem, noteGood, noteProblem } from "./connections/health.ts";
import { openAccount } from "./connections/open-account.ts";
import type { Db } from "./db/connect.ts";
import type { Log } from "./log.ts";
import type { Hint } from "./realtime/hints.ts";

/** The build puts it beside the server. */
const readerProgram = new URL("read-answer.worker.js", import.meta.url);

type ProviderDeps = { config: Config; db: Db; log: Log; zones: Zones; announce: (hint: Hint) => void };

/** Puts outside accounts and the vendors behind them together: once for each process. */
export function openProviders({ config, db, log, zones, announce }: ProviderDeps): {
  connections: ConnectionDeps;
  calendars: CalendarDeps;
  findCalDavAccount: FindAccount;
  close(): Promise<void>;
} {
  const connections = connectionDeps({ config, db, announce });
  const reader = createCalendarReader({ program: readerProgram });
  const calendars: CalendarDeps = {
    db,
    log,
    zones,
    publicUrl: config.publicUrl,
    random: Math.random,
    announce: (workspaceId: WorkspaceId) => announce({ kind: "settings", workspaceId, of: "connections" }),
    accounts: {
      open: (workspaceId, connectionId) => openAccount(connections, workspaceId, connectionId),
      noteGood: (ref, over) => noteGood(connections, ref, over),
      noteProblem: (ref, problem) => noteProblem(connections, ref, problem),
      endProblem: (ref, problem) => endProblem(connections, ref, problem),
    },
    providers: {
      caldav: createCalDavProvider({ reader, now: Date.now }),
      google: createGoogleCalendar(),
      microsoft: createMicrosoftCalendar({ now: Date.now }),
    },
  };
  return {
    connections,
    calendars,
    async findCalDavAccount(server, credentials) {
      const { discover } = await import("./calendars/caldav/discover.ts");
      return discover(connections.fetchFor(server), server, credentials);
    },
    close: () => reader.close(),
  };
}
