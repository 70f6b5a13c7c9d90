import type { Kysely } from "kysely";
import type { Instant, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import type { Interval } from "../../shared/time/intervals.ts";
import type { Database } from "../db/tables.ts";
import { calendarReasons, uncovered } from "./freshness.ts";
import { calendarAccounts, storedBusy } from "./store.ts";

/**
 * What takes these members' time in [from, to), by what was read of their calendars: no provider is asked or waited for. Every
 * member is in the answer; `unknown` is not free. Events that we wrote for meetings of ours are left out, because the meetings count by themselves.
 */
export async function busyTimes(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
  from: Instant,
  to: Instant,
): Promise<Map<MemberId, readonly Interval[] | "unknown">> {
  const busy = new Map<MemberId, readonly Interval[] | "unknown">(memberIds.map((id) => [id, []]));
  if (memberIds.length === 0) return busy;
  const { accounts, now } = await calendarAccounts(db, workspaceId, memberIds);
  const known = [...accounts].filter(([, theirs]) => calendarReasons(theirs, now).length === 0);
  const calendars = known.flatMap(([, theirs]) =>
    theirs.flatMap(({ blocking }) => blocking.map(({ id }) => id)),
  );
  const stored = await storedBusy(
    db,
    workspaceId,
    known.map(([id]) => id),
    calendars,
    from,
    to,
  );
  for (const id of accounts.keys()) busy.set(id, "unknown");
  for (const [id, theirs] of known) {
    const taken = uncovered(theirs, from, to);
    const times = stored.get(id) ?? [];
    busy.set(id, taken.length === 0 ? times : [...times, ...taken]);
  }
  return busy;
}

/** Why it is unknown what takes these members' time; whoever is not in the answer is known. */
export async function calendarReasonsOf(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<Map<MemberId, UnbookableReason[]>> {
  if (memberIds.length === 0) return new Map();
  const { accounts, now } = await calendarAccounts(db, workspaceId, memberIds);
  const all = [...accounts].map(([id, theirs]) => [id, calendarReasons(theirs, now)] as const);
  return new Map(all.filter(([, reasons]) => reasons.length > 0));
}

/** Those of these members of whom it is unknown what takes their time. */
export async function membersUnread(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  memberIds: readonly MemberId[],
): Promise<Set<MemberId>> {
  return new Set((await calendarReasonsOf(db, workspaceId, memberIds)).keys());
}
