import type { Kysely } from "kysely";
import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import type { Zones } from "../../shared/time/zone.ts";
import type { CalendarProvider } from "../calendars/port.ts";
import type { ConferenceProvider } from "../conferencing/port.ts";
import { type ProviderAccount, ProviderError } from "../connections/port.ts";
import type { Database } from "../db/tables.ts";
import type { Hint } from "../realtime/hints.ts";
import type { MailDeps } from "./mail-meeting.ts";
import type { EventWish, RoomWish } from "./plan-outside.ts";

type AccountRef = { workspaceId: WorkspaceId; connectionId: ConnectionId };

/** What the job of following needs of the house, and of everything outside. */
export type FollowDeps = MailDeps & {
  db: Kysely<Database>;
  zones: Zones;
  calendars: Readonly<Partial<Record<EventWish["provider"], CalendarProvider>>>;
  rooms: Readonly<Record<RoomWish["provider"], ConferenceProvider>>;
  /** Throws `ProviderError` where the account cannot be used. */
  openAccount(workspaceId: WorkspaceId, connectionId: ConnectionId): Promise<ProviderAccount>;
  noteGood(ref: AccountRef): Promise<void>;
  noteProblem(ref: AccountRef, error: ProviderError): Promise<void>;
  /** The host's calendars, read now. `unknown`: they could not be, which proves nothing. */
  isStillFree(
    workspaceId: WorkspaceId,
    memberIds: readonly MemberId[],
    during: Interval,
  ): Promise<"free" | "busy" | "unknown">;
  announce(hint: Hint): void;
};

/** Where a host's calendar is. */
export function calendarOf({ calendars }: FollowDeps, name: EventWish["provider"]): CalendarProvider {
  const provider = calendars[name];
  if (provider === undefined) throw new ProviderError("refused", "no_such_provider");
  return provider;
}
