import type { CalendarId, ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { AppError } from "../errors.ts";
import type { CalendarDeps } from "./deps.ts";
import {
  accountOf,
  forgetBusy,
  type KnownCalendar,
  lockCalendars,
  readAnew,
  saveBlocks,
  saveListDue,
  saveReceives,
} from "./list-store.ts";
import { stopWatches } from "./watch-calendar.ts";

export type CalendarChoice = { blocking: readonly CalendarId[]; receiving: CalendarId | null };

/**
 * Which calendars of an account take its member's time, and which one receives meetings. What takes time from now on is read before its
 * owner can be booked again; what does not any more is forgotten at once. A calendar that is gone can only be let go of.
 */
export async function chooseCalendars(
  deps: CalendarDeps,
  member: { workspaceId: WorkspaceId; memberId: MemberId },
  connectionId: ConnectionId,
  { blocking, receiving }: CalendarChoice,
): Promise<void> {
  const { db, accounts } = deps;
  const of = await accountOf(db, member.workspaceId, member.memberId, connectionId);
  if (of === undefined) throw new AppError("not_found");
  const hasGone = await db.transaction().execute(async (trx) => {
    const known = await lockCalendars(trx, of);
    if (known === null) throw new AppError("not_found");
    const byId = new Map(known.map((each) => [each.id, each]));
    if (!blocking.every((id) => byId.has(id))) throw new AppError("invalid_input", { field: "blocking" });
    const receiver = receiving === null ? undefined : byId.get(receiving);
    if (receiving !== null && receiver?.isWritable !== true)
      throw new AppError("invalid_input", { field: "receiving" });
    const chosen = new Set(blocking);
    const added = known.filter((each) => !each.blocksTime && chosen.has(each.id));
    const dropped = known.filter((each) => each.blocksTime && !chosen.has(each.id));
    if (added.some(({ isGone }) => isGone)) throw new AppError("invalid_input", { field: "blocking" });
    if (receiver?.isGone === true && !receiver.receivesMeetings)
      throw new AppError("invalid_input", { field: "receiving" });
    for (const { id } of added) await saveBlocks(trx, of.workspaceId, id, true);
    for (const { id } of dropped) await saveBlocks(trx, of.workspaceId, id, false);
    await saveReceives(trx, of, receiving);
    await readAnew(trx, of.workspaceId, ids([...added, ...dropped]));
    await forgetBusy(trx, of.workspaceId, ids([...added, ...dropped]));
    return known.some(({ id, isGone }) => isGone && (chosen.has(id) || id === receiving));
  });
  if (!hasGone) await accounts.endProblem(of, "calendar_gone");
  // What the heavier problem hid shows now.
  await saveListDue(db, of, 0);
  await stopWatches(deps, of.workspaceId, connectionId, "not_read");
}

function ids(calendars: readonly KnownCalendar[]): CalendarId[] {
  return calendars.map(({ id }) => id);
}
