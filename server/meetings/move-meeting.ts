import type { Instant, ZoneName } from "../../shared/model/ids.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { databaseNow } from "../db/database-now.ts";
import { AppError } from "../errors.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import { fitsOffer, isWithinReach, loadHosts } from "./bookables.ts";
import { clearHolds } from "./holds-store.ts";
import { readOffer } from "./slots-offer.ts";
import { type MeetingRow, meetingById, moveRow } from "./store.ts";
import { announceMeeting, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { withLocks } from "./with-locks.ts";

export type Moved = { outcome: "moved"; meeting: MeetingRow } | { outcome: "slot_taken" };

/**
 * Gives a meeting another offered time, with the same host. Its own old time does not stand in its way. Moving it to where it
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
    [`host ${meeting.hostId}`],
    async (transaction): Promise<ToAnnounce | MeetingRow | null> => {
      // A move and a cancellation of another screen come one after the other: look again, under the lock.
      const current = await meetingById(transaction, workspaceId, meeting.id);
      if (current?.state !== "booked") throw new AppError("not_found");
      if (current.startAt === wish.startAt) return current;
      const now = await databaseNow(transaction);
      if (current.startAt <= now) throw new AppError("expired");
      await clearHolds(transaction, workspaceId, [current.hostId], null);
      const length = current.endAt - current.startAt;
      const [host] = await loadHosts(transaction, {
        workspaceId,
        host: current.hostId,
        from: wish.startAt,
        to: wish.startAt + 1,
        except: { meetingId: current.id },
        durationMinutes: length / MINUTE,
      });
      const asked = { start: wish.startAt, offeredAt: offer.offeredAt, now };
      if (!host || !fitsOffer(host, zones, asked).fits) return null;
      const moved = await moveRow(transaction, workspaceId, current.id, {
        startAt: wish.startAt,
        endAt: wish.startAt + length,
        bufferMinutes: host.hours.bufferMinutes,
        // The host's screen knows the host's zone only.
        zone: by === "guest" ? wish.zone : current.guestZone,
      });
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
