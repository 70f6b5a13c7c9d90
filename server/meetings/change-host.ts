import type { MemberId } from "../../shared/model/ids.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import { databaseNow } from "../db/database-now.ts";
import { AppError } from "../errors.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import { isFreeDuring, loadHosts } from "./bookables.ts";
import { clearHolds } from "./holds-store.ts";
import { hostPerson } from "./hosts-store.ts";
import { giveRow, type MeetingRow, meetingById } from "./store.ts";
import { announceMeeting, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { withLocks } from "./with-locks.ts";

export type HostChanged = { outcome: "given"; meeting: MeetingRow } | { outcome: "slot_taken" };

/**
 * Gives a meeting to another host, at its time: who must be free then, by hours, meetings and holds. Notice and horizon are for
 * guests and do not count. Both hosts and the guest are told. The caller has shown that `by` may touch this meeting.
 */
export async function changeHost(
  deps: MeetingDeps,
  meeting: MeetingRow,
  { hostId, by }: { hostId: MemberId; by: MemberId },
): Promise<HostChanged> {
  const { db, bus, zones } = deps;
  const { workspaceId } = meeting;
  const done = await withLocks(
    db,
    [`host ${meeting.hostId}`, `host ${hostId}`],
    async (transaction): Promise<ToAnnounce | MeetingRow | null> => {
      const current = await meetingById(transaction, workspaceId, meeting.id);
      if (current?.state !== "booked") throw new AppError("not_found");
      if (current.hostId === hostId) return current;
      // Somebody else gave it away meanwhile: this is not the meeting that was looked at.
      if (current.hostId !== meeting.hostId) return null;
      const now = await databaseNow(transaction);
      if (current.startAt <= now) throw new AppError("expired");
      await clearHolds(transaction, workspaceId, [hostId], null);
      const [host] = await loadHosts(transaction, {
        workspaceId,
        host: hostId,
        from: current.startAt,
        to: current.endAt,
        except: { meetingId: current.id },
        durationMinutes: null,
      });
      if (!host || !isFreeDuring(host, zones, current)) return null;
      const given = await giveRow(transaction, current, hostId, host.hours.bufferMinutes);
      await recordAudit(transaction, {
        workspaceId,
        actorId: by,
        action: "meeting_given",
        subject: { kind: "meeting", id: given.id, name: given.guestName || given.guestEmail },
        details: {
          from: (await hostPerson(transaction, workspaceId, current.hostId)).name,
          to: (await hostPerson(transaction, workspaceId, hostId)).name,
        },
      });
      return tellMeeting(transaction, deps, given, {
        news: "given",
        by: "host",
        at: now,
        oldStartAt: null,
        oldHostId: current.hostId,
      });
    },
  );
  if (done === null || done === "overlap") return { outcome: "slot_taken" };
  if ("id" in done) return { outcome: "given", meeting: done };
  announceMeeting(bus, done);
  // The lists of the one who had it change too.
  bus.publish({ kind: "meetings", workspaceId, hostId: meeting.hostId });
  return { outcome: "given", meeting: done.meeting };
}
