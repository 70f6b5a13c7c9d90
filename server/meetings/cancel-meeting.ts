import type { Kysely } from "kysely";
import type { Instant } from "../../shared/model/ids.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { cancelCompanions } from "./companions-store.ts";
import { cancelRow, type MeetingRow } from "./store.ts";
import { announceMeeting, type TellDeps, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { withLocks } from "./with-locks.ts";

type CancelDeps = TellDeps & { db: Kysely<Database>; bus: Bus };

/**
 * Cancels a meeting that is not over; its time is free at once. Cancelling a cancelled one changes nothing and tells nobody. The
 * caller has shown that it may touch this meeting.
 */
export async function cancelMeeting(
  deps: CancelDeps,
  meeting: MeetingRow,
  by: "guest" | "host",
): Promise<MeetingRow> {
  if (meeting.state === "cancelled") return meeting;
  const done = await withLocks(
    deps.db,
    [meeting.hostId, ...meeting.coHostIds].map((id) => `host ${id}` as const),
    async (transaction): Promise<ToAnnounce | null> => {
      const now: Instant = await databaseNow(transaction);
      if (meeting.endAt <= now) throw new AppError("expired");
      const cancelled = await cancelRow(transaction, meeting.workspaceId, meeting.id);
      if (!cancelled) return null;
      await cancelCompanions(transaction, cancelled);
      return tellMeeting(transaction, deps, cancelled, { news: "cancelled", by, at: now, oldStartAt: null });
    },
  );
  if (done === null || done === "overlap") return { ...meeting, state: "cancelled" };
  announceMeeting(deps.bus, done);
  return done.meeting;
}
