import type { Kysely } from "kysely";
import type { Instant, MemberId } from "../../shared/model/ids.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { FollowDeps } from "./follow-deps.ts";
import { listSlotsToMove } from "./list-slots.ts";
import { type Inviting, mailChange, mailLater } from "./mail-meeting.ts";
import { meansOf } from "./means-store.ts";
import {
  type Copy,
  copiesOf,
  type MeetingRef,
  type Standing,
  saveStanding,
  standingOf,
} from "./outside-store.ts";
import { inviterOf, isSettled, type Wish, wishesFor } from "./plan-outside.ts";
import { type MeetingRow, meetingById } from "./store.ts";
import { mailsWaitMs } from "./tell-meeting.ts";

/** The job that comes for them is due to the second, not to the millisecond. */
const slackMs = 1_500;
/** Times that are offered in place of one that proved busy. */
const nearestCount = 3;

/** Whether a change is untold for as long as mails may wait for what is outside. */
export async function areMailsDue(db: Kysely<Database>, ref: MeetingRef): Promise<boolean> {
  const [oldest] = (await standingOf(db, ref, { locks: false }))?.untold ?? [];
  return oldest !== undefined && (await databaseNow(db)) >= oldest.at + mailsWaitMs - slackMs;
}

/**
 * Writes the mails about changes, each once, when everything outside is settled or they have waited long enough; then the link, when it
 * came after them, and other times, when the host proved busy. All in one transaction with the note that it was done.
 */
export async function tellChanges(deps: FollowDeps, ref: MeetingRef): Promise<void> {
  const { db } = deps;
  const isDue = await areMailsDue(db, ref);
  const nearest = await nearestTimes(deps, ref);
  await db.transaction().execute(async (transaction) => {
    const standing = await standingOf(transaction, ref, { locks: true });
    const meeting = await meetingById(transaction, ref.workspaceId, ref.meetingId);
    if (standing === null || meeting === undefined || meeting.state === "held") return;
    const copies = await copiesOf(transaction, ref);
    const wishes = await wishesOf(transaction, ref, meeting, copies);
    const inviting = invitingOf(deps, meeting, standing, wishes, copies);
    const copyOf = (wish: Wish) =>
      copies.find((each) => each.memberId === wish.memberId && each.kind === wish.kind);
    const isReady = isDue || wishes.every((wish) => isSettled(wish, copyOf(wish), meeting));
    if (standing.untold.length > 0 && !isReady) return;
    const place = meeting.place?.joinUrl ?? null;
    if (standing.untold.length > 0) {
      for (const change of standing.untold) await mailChange(transaction, deps, meeting, change, inviting);
      await saveStanding(transaction, ref, {
        untold: [],
        toldSequence: meeting.sequence,
        toldJoinUrl: place,
        ...(meeting.state === "booked" ? { invitedBy: inviting.guest } : {}),
      });
    } else if (isNewLink(meeting, standing)) {
      const at = await databaseNow(transaction);
      await mailLater(transaction, deps, meeting, { kind: "link", at, inviting });
      await saveStanding(transaction, ref, { toldJoinUrl: place });
    }
    if (meeting.state === "booked" && standing.conflictSequence === meeting.sequence)
      await mailLater(transaction, deps, meeting, { kind: "conflict", nearest });
  });
}

function isNewLink({ state, sequence, place }: MeetingRow, standing: Standing): boolean {
  return (
    state === "booked" &&
    standing.toldSequence === sequence &&
    place?.joinUrl != null &&
    place.joinUrl !== standing.toldJoinUrl
  );
}

async function wishesOf(
  db: Kysely<Database>,
  ref: MeetingRef,
  meeting: MeetingRow,
  copies: readonly Copy[],
): Promise<Wish[]> {
  const { hostId, coHostIds, place } = meeting;
  const means = await meansOf(db, ref.workspaceId, [hostId, ...coHostIds]);
  return wishesFor({ isBooked: meeting.state === "booked", hostId, coHostIds, place }, means, copies);
}

function invitingOf(
  { calendars }: FollowDeps,
  meeting: MeetingRow,
  standing: Standing,
  wishes: readonly Wish[],
  copies: readonly Copy[],
): Inviting {
  const events = copies.filter(({ kind, state }) => kind === "event" && state !== "refused");
  const withEvent = new Set<MemberId>([
    ...events.map(({ memberId }) => memberId),
    ...wishes
      .filter((wish) => wish.kind === "event" && !isRefused(wish, copies, meeting.sequence))
      .map(({ memberId }) => memberId),
  ]);
  if (meeting.state !== "booked") {
    // Whoever invited takes it back; a calendar does so with its event.
    const byCalendar = standing.invitedBy !== "us" && copies.some(({ invites }) => invites);
    return { guest: byCalendar ? "calendar" : "us", withEvent, endsOurs: false };
  }
  const doesInvite = (provider: keyof FollowDeps["calendars"]) => calendars[provider]?.caps.invites === true;
  const guest = inviterOf(meeting, wishes, copies, standing, doesInvite);
  return { guest, withEvent, endsOurs: guest === "calendar" && standing.invitedBy === "us" };
}

function isRefused(wish: Wish, copies: readonly Copy[], sequence: number): boolean {
  return copies.some(
    (copy) =>
      copy.memberId === wish.memberId &&
      copy.kind === wish.kind &&
      copy.state === "refused" &&
      copy.sequence === sequence,
  );
}

/** The free times closest to one that proved busy. */
async function nearestTimes(deps: FollowDeps, ref: MeetingRef): Promise<Instant[]> {
  const { db } = deps;
  const standing = await standingOf(db, ref, { locks: false });
  if (standing === null || standing.conflictSequence !== standing.sequence) return [];
  const meeting = await meetingById(db, ref.workspaceId, ref.meetingId);
  if (meeting?.state !== "booked") return [];
  try {
    const { slots } = await listSlotsToMove(deps, ref);
    const away = (start: Instant) => Math.abs(start - meeting.startAt);
    const nearest = decodeSlots(slots).sort((a, b) => away(a) - away(b));
    return nearest.slice(0, nearestCount).sort((a, b) => a - b);
  } catch (error) {
    // A host who cannot be booked at all has no times; the page offers what comes.
    if (error instanceof AppError) return [];
    throw error;
  }
}
