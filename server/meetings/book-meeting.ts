import type { MeetingId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { GuestMeeting } from "../../shared/model/meetings.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Bus } from "../realtime/hints.ts";
import { rememberIdentity } from "../visitors/identity.ts";
import { fitsOffer, loadHosts } from "./bookables.ts";
import { openConversation } from "./hosts-store.ts";
import type { SlotDeps } from "./list-slots.ts";
import { toGuestMeeting } from "./meeting-view.ts";
import { type MeetingRow, meetingById, meetingByKey, openMeetings, turnIntoBooking } from "./store.ts";
import { announceMeeting, type TellDeps, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { withLocks } from "./with-locks.ts";

export type MeetingDeps = SlotDeps & TellDeps & { bus: Bus };

export type BookingWish = {
  /** Made by the guest's screen: a repeat with the same key is the same booking. */
  key: string;
  holdId: MeetingId;
  name: string;
  email: string;
  note: string;
  zone: string;
};

export type Booked =
  | { outcome: "booked"; meeting: GuestMeeting }
  | { outcome: "expired" }
  | { outcome: "slot_taken" }
  | { outcome: "too_many_meetings" };

/**
 * Makes a meeting of a held slot. Everything is checked again from scratch under the host's lock, by the function that made
 * the offer. A hold that is over still counts while nobody else has the time, but then the notice counts from now.
 */
export async function bookMeeting(
  deps: MeetingDeps,
  visitor: { visitorId: VisitorId; workspaceId: WorkspaceId },
  wish: BookingWish,
): Promise<Booked> {
  const { db, bus } = deps;
  const { workspaceId, visitorId } = visitor;
  const repeated = await meetingByKey(db, workspaceId, wish.key);
  if (repeated) return repeat(deps, repeated, visitorId);
  const hold = await meetingById(db, workspaceId, wish.holdId);
  if (hold?.state !== "held" || hold.visitorId !== visitorId) return { outcome: "expired" };

  const done = await withLocks(
    db,
    [`host ${hold.hostId}`, `visitor ${visitorId}`, `address ${wish.email.toLowerCase()}`],
    async (transaction): Promise<ToAnnounce | MeetingRow | Exclude<Booked["outcome"], "booked">> => {
      const first = await meetingByKey(transaction, workspaceId, wish.key);
      if (first) return first;
      const held = await meetingById(transaction, workspaceId, wish.holdId);
      if (held?.state !== "held" || held.holdUntil === null) return "expired";
      const open = await openMeetings(transaction, workspaceId, visitorId, wish.email);
      if (open >= limits.openMeetingsPerVisitor) return "too_many_meetings";

      const [host] = await loadHosts(transaction, {
        workspaceId,
        host: held.hostId,
        from: held.startAt,
        to: held.startAt + 1,
        except: { meetingId: held.id, holdsOf: visitorId },
        durationMinutes: (held.endAt - held.startAt) / MINUTE,
      });
      const now = await databaseNow(transaction);
      // A living hold keeps the word of its offer about the notice; whether the start is still ahead is asked anyway.
      const asHeld =
        host && held.holdUntil > now ? { ...host, hours: { ...host.hours, noticeMinutes: 0 } } : host;
      const asked = { start: held.startAt, offeredAt: now, now };
      if (!host || !asHeld || !fitsOffer(asHeld, deps.zones, asked).fits) return "slot_taken";

      await rememberIdentity(transaction, visitorId, wish.name, wish.email);
      const conversation = await openConversation(transaction, workspaceId, visitorId);
      const meeting = await turnIntoBooking(transaction, workspaceId, held.id, {
        ...wish,
        startAt: held.startAt,
        endAt: held.endAt,
        bufferMinutes: host.hours.bufferMinutes,
        conversationId: conversation?.id ?? null,
      });
      if (!meeting) return "expired";
      return tellMeeting(transaction, deps, meeting, {
        news: "booked",
        by: "guest",
        at: now,
        oldStartAt: null,
      });
    },
  );
  if (done === "overlap") return { outcome: "slot_taken" };
  if (typeof done === "string") return { outcome: done };
  if ("id" in done) return repeat(deps, done, visitorId);
  announceMeeting(bus, done);
  bus.publish({ kind: "board", workspaceId });
  return { outcome: "booked", meeting: await toGuestMeeting(db, done.meeting) };
}

/** A key is a secret of the guest's screen; somebody else's is answered as if nothing were there. */
async function repeat(deps: MeetingDeps, meeting: MeetingRow, visitorId: VisitorId): Promise<Booked> {
  if (meeting.visitorId !== visitorId) return { outcome: "expired" };
  return { outcome: "booked", meeting: await toGuestMeeting(deps.db, meeting) };
}
