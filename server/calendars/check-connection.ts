import type { ConnectionId, MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { AppError } from "../errors.ts";
import { blockingCalendars } from "./ask-store.ts";
import type { CalendarDeps } from "./deps.ts";
import { listCalendars } from "./list-calendars.ts";
import { accountOf } from "./list-store.ts";
import { leaseSeconds, readCalendar } from "./read-calendar.ts";
import { takeCalendar } from "./reading-store.ts";
import { saveAccepted } from "./zones-store.ts";

type Member = { workspaceId: WorkspaceId; memberId: MemberId };

/** A person waits for the answer; what is slower goes on without them. */
const patienceMs = 9_000;

/** Asks an account now: which calendars it has, and what is in those that take time. How it went is kept with the account. */
export async function checkConnection(
  deps: CalendarDeps,
  { workspaceId, memberId }: Member,
  connectionId: ConnectionId,
): Promise<void> {
  const of = await accountOf(deps.db, workspaceId, memberId, connectionId);
  if (of === undefined) throw new AppError("not_found");
  await atMost(patienceMs, look());

  async function look(): Promise<void> {
    if (of === undefined || !(await listCalendars(deps, of))) return;
    for (const { id } of await blockingCalendars(deps.db, workspaceId, [memberId], connectionId)) {
      // One that a worker is reading just now is being checked already.
      const taken = await takeCalendar(deps.db, workspaceId, id, leaseSeconds);
      if (taken !== null) await readCalendar(deps, taken);
    }
  }
}

/** The mailbox shows another zone than the member's, and both are meant. */
export async function acceptZone(
  deps: Pick<CalendarDeps, "db" | "accounts">,
  member: Member,
  connectionId: ConnectionId,
): Promise<void> {
  const of = await accountOf(deps.db, member.workspaceId, member.memberId, connectionId);
  if (of === undefined || !(await saveAccepted(deps.db, of))) throw new AppError("not_found");
  await deps.accounts.endProblem(of, "zone_mismatch");
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What goes on notes its own troubles.
    work.catch(() => undefined);
  }
}
