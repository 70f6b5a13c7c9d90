import type { MemberId } from "../../shared/model/ids.ts";
import { recordAudit } from "../accounts/audit/record-audit.ts";
import { databaseNow } from "../db/database-now.ts";
import { AppError } from "../errors.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import { isFreeDuring, loadHosts } from "./bookables.ts";
import { giveCompanion } from "./companions-store.ts";
import { clearHolds } from "./holds-store.ts";
import { hostPerson } from "./hosts-store.ts";
import { placeWith } from "./place-with.ts";
import { countChange, giveRow, type MeetingRow, meetingById } from "./store.ts";
import { announceMeeting, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { typeById } from "./types-store.ts";
import { withLocks } from "./with-locks.ts";

export type HostChanged = { outcome: "given"; meeting: MeetingRow } | { outcome: "slot_taken" };

/**
 * Gives a meeting to another host, at its time: who must be free then, by hours, meetings and holds. Notice and horizon are for
 * guests and do not count. Both hosts and the guest are told. The caller has shown that `by` may touch this meeting. Of a meeting of several
 * hosts, `fromId` says whose part in it is given; left out, the first one's.
 */
export async function changeHost(
  deps: MeetingDeps,
  meeting: MeetingRow,
  { hostId, by, fromId = meeting.hostId }: { hostId: MemberId; by: MemberId; fromId?: MemberId | undefined },
): Promise<HostChanged> {
  const { db, bus, zones } = deps;
  const { workspaceId } = meeting;
  const done = await withLocks(
    db,
    [`host ${fromId}`, `host ${hostId}`, `host ${meeting.hostId}`],
    async (transaction): Promise<ToAnnounce | MeetingRow | null> => {
      const current = await meetingById(transaction, workspaceId, meeting.id);
      if (current?.state !== "booked") throw new AppError("not_found");
      const hostIds = [current.hostId, ...current.coHostIds];
      if (hostIds.includes(hostId)) return hostId === fromId || !hostIds.includes(fromId) ? current : null;
      // Somebody else gave it away meanwhile: this is not the meeting that was looked at.
      if (!hostIds.includes(fromId) || current.hostId !== meeting.hostId) return null;
      const now = await databaseNow(transaction);
      if (current.startAt <= now) throw new AppError("expired");
      await clearHolds(transaction, workspaceId, [hostId], null);
      const type = current.typeId === null ? null : await typeById(transaction, workspaceId, current.typeId);
      const [host] = await loadHosts(transaction, {
        workspaceId,
        host: [hostId],
        type: type ?? null,
        from: current.startAt,
        to: current.endAt,
        except: { meetingId: current.id },
        durationMinutes: null,
      });
      const place = await placeWith(transaction, workspaceId, hostId, type ?? null);
      if (!host || place === "no_place" || !isFreeDuring(host, zones, current)) return null;
      const { bufferMinutes } = host.hours;
      const isLead = fromId === current.hostId;
      if (!isLead)
        await giveCompanion(transaction, { ...current, bufferMinutes }, { from: fromId, to: hostId });
      const given = isLead
        ? await giveRow(transaction, current, hostId, { bufferMinutes, place })
        : await countChange(transaction, workspaceId, current.id);
      await recordAudit(transaction, {
        workspaceId,
        actorId: by,
        action: "meeting_given",
        subject: { kind: "meeting", id: given.id, name: given.guestName || given.guestEmail },
        details: {
          from: (await hostPerson(transaction, workspaceId, fromId)).name,
          to: (await hostPerson(transaction, workspaceId, hostId)).name,
        },
      });
      return tellMeeting(transaction, deps, given, {
        news: "given",
        by: "host",
        at: now,
        oldStartAt: null,
        oldHostId: fromId,
        newHostId: hostId,
      });
    },
  );
  if (done === null || done === "overlap") return { outcome: "slot_taken" };
  if ("id" in done) return { outcome: "given", meeting: done };
  announceMeeting(bus, done);
  // The lists of the one who had it change too.
  bus.publish({ kind: "meetings", workspaceId, hostId: fromId });
  return { outcome: "given", meeting: done.meeting };
}
