import { sql, type Transaction } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { Instant, MemberId } from "../../shared/model/ids.ts";
import { announceFacts } from "../conversations/announce.ts";
import { type ConversationRow, lockConversation } from "../conversations/lock-conversation.ts";
import { storeFacts } from "../conversations/store-facts.ts";
import type { UntoldChange } from "../db/meeting-tables.ts";
import type { Database } from "../db/tables.ts";
import { enqueue } from "../jobs/queue.ts";
import type { Bus } from "../realtime/hints.ts";
import { type MailDeps, mailChange } from "./mail-meeting.ts";
import { meansOf } from "./means-store.ts";
import type { MeetingNews } from "./meeting-mails.ts";
import { copiesOf, hasCalendars, saveStanding, standingOf } from "./outside-store.ts";
import { mayExist, wishesFor } from "./plan-outside.ts";
import { planReminders } from "./remind-meeting.ts";
import type { MeetingRow } from "./store.ts";

export type TellDeps = MailDeps;

/** Who did what to a meeting, and when. `oldStartAt` is where a moved one was before; `oldHostId` who had a given one. */
export type Told = {
  news: MeetingNews;
  by: "guest" | "host";
  at: Instant;
  oldStartAt: Instant | null;
  oldHostId?: MemberId;
  /** Who has it now, where that is not the host who leads: one of several hosts changed. */
  newHostId?: MemberId;
};

export type ToAnnounce = {
  meeting: MeetingRow;
  conversation: ConversationRow | null;
  facts: readonly Fact[];
};

/** Mails wait for what is outside at most this long after the change. */
export const mailsWaitMs = 120_000;

/**
 * Leaves in the transaction that changed a meeting what follows from it: the fact in the conversation, if that is
 * still open, the work outside, reminders, and a mail to each side. Where something outside comes first, its job writes the mails.
 */
export async function tellMeeting(
  transaction: Transaction<Database>,
  deps: TellDeps,
  meeting: MeetingRow,
  told: Told,
): Promise<ToAnnounce> {
  await followOrMail(transaction, deps, meeting, changeOf(meeting, told));
  await planReminders(transaction, meeting, told.at);
  const conversation =
    meeting.conversationId === null
      ? null
      : await lockConversation(transaction, meeting.workspaceId, meeting.conversationId);
  if (!conversation?.isOpen) return { meeting, conversation: null, facts: [] };
  const facts = await storeFacts(transaction, conversation, [
    {
      // A host need not own the conversation; the body says who it was.
      writer:
        told.by === "guest" && meeting.visitorId !== null
          ? { kind: "visitor", id: meeting.visitorId }
          : { kind: "system" },
      body: factBody(meeting, told),
    },
  ]);
  return { meeting, conversation, facts };
}

/** After the commit. */
export function announceMeeting(bus: Bus, { meeting, conversation, facts }: ToAnnounce): void {
  if (conversation !== null) announceFacts(bus, conversation, facts);
  bus.publish({ kind: "meetings", workspaceId: meeting.workspaceId, hostId: meeting.hostId });
}

async function followOrMail(
  db: Transaction<Database>,
  deps: TellDeps,
  meeting: MeetingRow,
  change: UntoldChange,
): Promise<void> {
  const { workspaceId, hostId, coHostIds } = meeting;
  const ref = { workspaceId, meetingId: meeting.id };
  const hosts = [hostId, ...coHostIds];
  const copies = await copiesOf(db, ref);
  const subject = { isBooked: meeting.state === "booked", hostId, coHostIds, place: meeting.place };
  const wishes = wishesFor(subject, await meansOf(db, workspaceId, hosts), copies);
  const standing = await standingOf(db, ref, { locks: false });
  const untold = standing?.untold ?? [];
  // What is still to be told goes first, in its order.
  if (wishes.length > 0 || copies.some(mayExist) || untold.length > 0) {
    await saveStanding(db, ref, { untold: [...untold, change] });
    await enqueue(db, "meeting:follow", ref);
    const { rows } = await sql<{ now: Date }>`select foyer_now() as now`.execute(db);
    const latest = new Date((rows[0]?.now.getTime() ?? change.at) + mailsWaitMs);
    await enqueue(db, "meeting:follow", ref, { startAfter: latest });
    return;
  }
  const guest = "us" as const;
  await mailChange(db, deps, meeting, change, { guest, withEvent: new Set(), endsOurs: false });
  await saveStanding(db, ref, {
    toldSequence: change.sequence,
    toldJoinUrl: meeting.place?.joinUrl ?? null,
    invitedBy: guest,
  });
  // Calendars that only take time are asked once more, whether it is free after all.
  if (meeting.state === "booked" && (await hasCalendars(db, workspaceId, hosts)))
    await enqueue(db, "meeting:follow", ref);
}

function changeOf({ sequence, startAt, endAt, hostId }: MeetingRow, told: Told): UntoldChange {
  const { news, by, at, oldStartAt, oldHostId = null, newHostId = hostId } = told;
  return { sequence, news, by, at, startAt, endAt, hostId, oldStartAt, oldHostId, newHostId };
}

function factBody({ id, hostId, startAt, endAt }: MeetingRow, { news, by, oldHostId }: Told): Fact["body"] {
  const meetingId = id;
  if (news === "booked") return { kind: "meeting_booked", meetingId, hostId, startAt, endAt };
  if (news === "moved" || news === "given")
    return {
      kind: "meeting_moved",
      meetingId,
      hostId,
      startAt,
      endAt,
      ...(oldHostId === undefined ? {} : { formerHostId: oldHostId }),
    };
  return { kind: "meeting_cancelled", meetingId, startAt, by: by === "guest" ? "visitor" : "rep" };
}
