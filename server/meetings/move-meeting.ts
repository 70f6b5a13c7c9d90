import type { Instant, ZoneName } from "../../shared/model/ids.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { databaseNow } from "../db/database-now.ts";
import { AppError } from "../errors.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import { fitsOffer, isWithinReach, loadHosts } from "./bookables.ts";
import { placeCompanions } from "./companions-store.ts";
import { clearHolds } from "./holds-store.ts";
import { readOffer } from "./slots-offer.ts";
import { type MeetingRow, meetingById, moveRow } from "./store.ts";
import { announceMeeting, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { typeById } from "./types-store.ts";
import { withLocks } from "./with-locks.ts";

export type Moved = { outcome: "moved"; meeting: MeetingRow } | { outcome: "slot_taken" };

/**
 * Gives a meeting another offered time, with the same hosts. Its own old time does not stand in its way. Moving it to where it
 * is changes nothing. The caller has shown that it may touch this meeting.
 */
export async function moveMeeting(
  deps: MeetingDeps,
  meeting: MeetingRow,
  by: "guest" | "host",
  wish: { startAt: Instant; offer: string; zone: ZoneName },
): Promise<Moved> {
  const { db, secretKey, zones } = deps;
  const { workspaceId } = meeting;
  const askedAt = await databaseNow(db);
  const offer = readOffer(secretKey, wish.offer, meeting.id, askedAt);
  if (!isWithinReach(wish.startAt, askedAt)) return { outcome: "slot_taken" };
  const done = await withLocks(
    db,
    [meeting.hostId, ...meeting.coHostIds].map((id) => `host ${id}` as const),
    async (transaction): Promise<ToAnnounce | MeetingRow | null> => {
      // A move and a cancellation of another screen come one after the other: look again, under the lock.
      const current = await meetingById(transaction, workspaceId, meeting.id);
      if (current?.state !== "booked") throw new AppError("not_found");
      if (current.startAt === wish.startAt) return current;
      // Given to a colleague meanwhile: of their time nothing is locked here.
      const hostIds = [current.hostId, ...current.coHostIds];
      if (String(hostIds) !== String([meeting.hostId, ...meeting.coHostIds])) return null;
      const now = await databaseNow(transaction);
      if (current.startAt <= now) throw new AppError("expired");
      await clearHolds(transaction, workspaceId, hostIds, null);
      const length = current.endAt - current.startAt;
      const type = current.typeId === null ? null : await typeById(transaction, workspaceId, current.typeId);
      const hosts = await loadHosts(transaction, {
        workspaceId,
        host: hostIds,
        type: type ?? null,
        from: wish.startAt,
        to: wish.startAt + 1,
        except: { meetingId: current.id },
        durationMinutes: length / MINUTE,
      });
      const asked = { start: wish.startAt, offeredAt: offer.offeredAt, now };
      const lead = hosts.find(({ id }) => id === current.hostId);
      if (!lead || hosts.length < hostIds.length || !fitsOffer(hosts, zones, asked)) return null;
      const moved = await moveRow(transaction, workspaceId, current.id, {
        startAt: wish.startAt,
        endAt: wish.startAt + length,
        bufferMinutes: lead.hours.bufferMinutes,
        // The host's screen knows the host's zone only.
        zone: by === "guest" ? wish.zone : current.guestZone,
      });
      const gaps = hosts.map(({ id, hours }) => ({ id, bufferMinutes: hours.bufferMinutes }));
      await placeCompanions(transaction, moved, moved, gaps);
      return tellMeeting(transaction, deps, moved, {
        news: "moved",
        by,
        at: now,
        oldStartAt: current.startAt,
      });
    },
  );
  if (done === null || done === "overlap") return { outcome: "slot_taken" };
  if ("id" in done) return { outcome: "moved", meeting: done };
  announceMeeting(deps.bus, done);
  return { outcome: "moved", meeting: done.meeting };
}
