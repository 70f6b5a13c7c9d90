import type { WorkspaceId } from "../shared/model/ids.ts";
import type { Zones } from "../shared/time/zone.ts";
import type { CalendarDeps } from "./calendars/deps.ts";
import { createGoogleCalendar } from "./calendars/google/google-calendar.ts";
import type { Config } from "./config.ts";
import { type ConnectionDeps, connectionDeps } from "./connections/deps.ts";
import { endProblem, noteGood, noteProblem } from "./connections/health.ts";
import { openAccount } from "./connections/open-account.ts";
import type { Db } from "./db/connect.ts";
import type { Log } from "./log.ts";
import type { Hint } from "./realtime/hints.ts";

type ProviderDeps = { config: Config; db: Db; log: Log; zones: Zones; announce: (hint: Hint) => void };

/** Puts outside accounts and the vendors behind them together: once for each process. */
export function openProviders({ config, db, log, zones, announce }: ProviderDeps): {
  connections: ConnectionDeps;
  calendars: CalendarDeps;
} {
  const connections = connectionDeps({ config, db, announce });
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
    providers: { google: createGoogleCalendar() },
  };
  return { connections, calendars };
}
