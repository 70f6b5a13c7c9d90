import type { MeetingId } from "../../shared/model/ids.ts";
import type { QuestionAnswer } from "../../shared/model/meeting-types.ts";
import type { GuestMeeting } from "../../shared/model/meetings.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { databaseNow } from "../db/database-now.ts";
import { AppError } from "../errors.ts";
import type { Bus } from "../realtime/hints.ts";
import { rememberIdentity } from "../visitors/identity.ts";
import { type GivenAnswer, takeAnswers } from "./answers.ts";
import { fitsOffer, loadHosts } from "./bookables.ts";
import { placeCompanions } from "./companions-store.ts";
import { type Guest, holderOf, visitorOf } from "./guest.ts";
import { openConversation } from "./hosts-store.ts";
import type { SlotDeps } from "./list-slots.ts";
import { toGuestMeeting } from "./meeting-view.ts";
import { placeWith } from "./place-with.ts";
import { type MeetingRow, meetingById, meetingByKey, turnIntoBooking } from "./store.ts";
import { openMeetings } from "./taken-store.ts";
import { announceMeeting, type TellDeps, type ToAnnounce, tellMeeting } from "./tell-meeting.ts";
import { type TypeRow, typeById } from "./types-store.ts";
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
  /** To the questions of the meeting's type. */
  answers?: readonly GivenAnswer[] | undefined;
};

export type Booked =
  | { outcome: "booked"; meeting: GuestMeeting }
  | { outcome: "expired" }
  | { outcome: "slot_taken" }
  | { outcome: "too_many_meetings" };

/**
 * Makes a meeting of a held slot. Everything is checked again from scratch under the hosts' locks, by the function that made
 * the offer. A hold that is over still counts while nobody else has the time, but then the notice counts from now.
 * Throws `invalid_input` with the field of a question that is not answered as it must be.
 */
export async function bookMeeting(deps: MeetingDeps, guest: Guest, wish: BookingWish): Promise<Booked> {
  const { db, bus } = deps;
  const { workspaceId } = guest;
  const holderId = holderOf(guest);
  const visitorId = visitorOf(guest);
  const repeated = await meetingByKey(db, workspaceId, wish.key);
  if (repeated) return repeat(deps, repeated, holderId);
  const hold = await meetingById(db, workspaceId, wish.holdId);
  if (hold?.state !== "held" || hold.holderId !== holderId) return { outcome: "expired" };
  const hostIds = [hold.hostId, ...hold.coHostIds];
  const type = hold.typeId === null ? null : ((await typeById(db, workspaceId, hold.typeId)) ?? null);
  const answers = answersFor(type, wish);

  const done = await withLocks(
    db,
    [
      ...hostIds.map((id) => `host ${id}` as const),
      `visitor ${holderId}`,
      `address ${wish.email.toLowerCase()}`,
    ],
    async (transaction): Promise<ToAnnounce | MeetingRow | Exclude<Booked["outcome"], "booked">> => {
      const first = await meetingByKey(transaction, workspaceId, wish.key);
      if (first) return first;
      const held = await meetingById(transaction, workspaceId, wish.holdId);
      if (held?.state !== "held" || held.holdUntil === null) return "expired";
      const open = await openMeetings(transaction, workspaceId, holderId, wish.email);
      if (open >= limits.openMeetingsPerVisitor) return "too_many_meetings";

      const hosts = await loadHosts(transaction, {
        workspaceId,
        host: hostIds,
        type,
        from: held.startAt,
        to: held.startAt + 1,
        except: { meetingId: held.id, holdsOf: holderId },
        durationMinutes: (held.endAt - held.startAt) / MINUTE,
      });
      const now = await databaseNow(transaction);
      // A living hold keeps the word of its offer about the notice; whether the start is still ahead is asked anyway.
      const asHeld =
        held.holdUntil > now
          ? hosts.map((host) => ({ ...host, hours: { ...host.hours, noticeMinutes: 0 } }))
          : hosts;
      const asked = { start: held.startAt, offeredAt: now, now };
      const lead = hosts.find(({ id }) => id === held.hostId);
      const place = await placeWith(transaction, workspaceId, held.hostId, type);
      const isWhole = hosts.length === hostIds.length && lead !== undefined && place !== "no_place";
      if (!isWhole || !fitsOffer(asHeld, deps.zones, asked)) return "slot_taken";

      if (visitorId !== null) await rememberIdentity(transaction, visitorId, wish.name, wish.email);
      const conversation =
        visitorId === null ? null : await openConversation(transaction, workspaceId, visitorId);
      const meeting = await turnIntoBooking(transaction, workspaceId, held.id, {
        ...wish,
        startAt: held.startAt,
        endAt: held.endAt,
        bufferMinutes: lead.hours.bufferMinutes,
        conversationId: conversation?.id ?? null,
        place,
        answers,
      });
      if (!meeting) return "expired";
      const gaps = hosts.map(({ id, hours }) => ({ id, bufferMinutes: hours.bufferMinutes }));
      await placeCompanions(transaction, meeting, meeting, gaps);
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
  if ("id" in done) return repeat(deps, done, holderId);
  announceMeeting(bus, done);
  if (visitorId !== null) bus.publish({ kind: "board", workspaceId });
  return { outcome: "booked", meeting: await toGuestMeeting(db, done.meeting) };
}

function answersFor(type: TypeRow | null, { answers }: BookingWish): QuestionAnswer[] {
  const taken = takeAnswers(type?.questions ?? [], answers ?? []);
  if (!taken.ok) throw new AppError("invalid_input", { field: `answers.${taken.id}` });
  return taken.answers;
}

/** A key is a secret of the guest's screen; somebody else's is answered as if nothing were there. */
async function repeat(deps: MeetingDeps, meeting: MeetingRow, holderId: string): Promise<Booked> {
  if (meeting.holderId !== holderId) return { outcome: "expired" };
  return { outcome: "booked", meeting: await toGuestMeeting(deps.db, meeting) };
}
