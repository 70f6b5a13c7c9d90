import type { Kysely } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { type ProviderAccount, ProviderError } from "../connections/port.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { CalendarProvider } from "./port.ts";

/** Providers whose accounts hold calendars; the others hold rooms. */
export type CalendarProviderName = Exclude<ProviderName, "zoom" | "teams">;

export type CalendarProviders = Readonly<Partial<Record<CalendarProviderName, CalendarProvider>>>;

export function providerOf(providers: CalendarProviders, name: CalendarProviderName): CalendarProvider {
  const provider = providers[name];
  if (provider === undefined) throw new ProviderError("refused", "no_such_provider");
  return provider;
}

export type ConnectionRef = { workspaceId: WorkspaceId; connectionId: ConnectionId };

/** What is asked of `connections`: to open an account, and to keep how it is. */
export type ConnectedAccounts = {
  open(workspaceId: WorkspaceId, connectionId: ConnectionId): Promise<ProviderAccount>;
  /** `alsoOver`: what the answer shows to be over besides. */
  noteGood(ref: ConnectionRef, alsoOver?: readonly ConnectionProblem[]): Promise<unknown>;
  noteProblem(ref: ConnectionRef, problem: ConnectionProblem): Promise<unknown>;
  /** It was mended without the account. */
  endProblem(ref: ConnectionRef, problem: ConnectionProblem): Promise<unknown>;
};

export type CalendarDeps = {
  db: Kysely<Database>;
  log: Log;
  zones: Zones;
  accounts: ConnectedAccounts;
  providers: CalendarProviders;
  publicUrl: string;
  /** Open consoles look at their accounts again. */
  announce: (workspaceId: WorkspaceId) => void;
  /** From 0 to less than 1: so that what failed together is not tried again together. */
  random: () => number;
};
