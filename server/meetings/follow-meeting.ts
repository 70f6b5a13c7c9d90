import { databaseNow } from "../db/database-now.ts";
import { enqueue } from "../jobs/queue.ts";
import type { JobContext, Tasks } from "../jobs/tasks.ts";
import { clearOutside } from "./clear-outside.ts";
import type { FollowDeps } from "./follow-deps.ts";
import { followEvent } from "./follow-event.ts";
import { followRoom, showRoom } from "./follow-room.ts";
import { lookAgain } from "./look-again.ts";
import { meansOf } from "./means-store.ts";
import { type Copy, copiesOf, type MeetingRef, releaseTurn, standingOf, takeTurn } from "./outside-store.ts";
import { inviterOf, isSettled, leftOvers, type Wish, wishesFor } from "./plan-outside.ts";
import { type MeetingRow, meetingById } from "./store.ts";
import { areMailsDue, tellChanges } from "./tell-changes.ts";
import type { Run, Tried } from "./try-outside.ts";

/** Longer than the slowest things that one run does; somebody who was killed is waited for so long. */
const turnSeconds = 35;
const busyPauseMs = 3_000;

/**
 * The job `meeting:follow`: brings what is outside into line with the meeting's row, then writes the mails. It may run at any time and
 * any number of times; one at a time works on a meeting, and what changes meanwhile has a job of its own.
 */
export async function followMeeting(
  deps: FollowDeps,
  ref: Tasks["meeting:follow"],
  { signal }: Pick<JobContext, "signal">,
): Promise<void> {
  const { db } = deps;
  // Mails do not wait for whoever is at work outside, nor for what is done below.
  if (await areMailsDue(db, ref)) await tellChanges(deps, ref);
  const turn = await takeTurn(db, ref, turnSeconds);
  if (turn === null) {
    // Also of a meeting that is not there any more.
    if ((await meetingById(db, ref.workspaceId, ref.meetingId)) !== undefined)
      await againAt(deps, ref, (await databaseNow(db)) + busyPauseMs);
    return;
  }
  try {
    await follow(deps, ref, signal);
  } finally {
    await releaseTurn(db, ref, turn);
  }
}

async function follow(deps: FollowDeps, ref: MeetingRef, signal: AbortSignal): Promise<void> {
  const { db } = deps;
  const meeting = await meetingById(db, ref.workspaceId, ref.meetingId);
  if (meeting === undefined || meeting.state === "held") return;
  const run: Run = { deps, ref, endAt: meeting.endAt, sequence: meeting.sequence, retryAt: null };
  await lookAgain(deps, ref, meeting);
  await bringIntoLine(run, meeting, signal);
  await tellChanges(deps, ref);
  if (run.retryAt !== null) await againAt(deps, ref, run.retryAt);
}

async function bringIntoLine(run: Run, meeting: MeetingRow, signal: AbortSignal): Promise<void> {
  const { deps, ref } = run;
  const { db } = deps;
  const { coHostIds } = meeting;
  const hostIds = [meeting.hostId, ...coHostIds];
  const copies = await copiesOf(db, ref);
  const isBooked = meeting.state === "booked";
  const subject = { isBooked, hostId: meeting.hostId, coHostIds, place: meeting.place };
  const wishes = wishesFor(subject, await meansOf(db, ref.workspaceId, hostIds), copies);
  /** Whether this run still knows how things are: a change meanwhile has a job of its own. */
  const goesOn = async () => {
    signal.throwIfAborted();
    return (await standingOf(db, ref, { locks: false }))?.sequence === run.sequence;
  };
  const keep = ({ copy }: Tried) => {
    const at = copies.findIndex((each) => each.memberId === copy.memberId && each.kind === copy.kind);
    copies.splice(at === -1 ? copies.length : at, at === -1 ? 0 : 1, copy);
  };

  for (const copy of leftOvers(wishes, copies)) {
    if (copy.state === "refused" && copy.sequence === run.sequence) continue;
    if (!(await goesOn())) return;
    keep(await clearOutside(run, meeting, copy));
  }
  const room = wishes.find((wish) => wish.kind === "room");
  if (room?.kind === "room") {
    const copy = copyFor(room, copies, false);
    if (isSettled(room, copy, meeting)) await showRoom(run, meeting, copy);
    else {
      if (!(await goesOn())) return;
      keep(await followRoom(run, meeting, room, copy));
    }
  } else if (isBooked && meeting.place?.state === "pending" && !wishes.some(makesRoom)) {
    // The account that was to make it is not there any more.
    await showRoom(run, meeting, { ...noCopy, state: "refused" });
  }
  const standing = await standingOf(db, ref, { locks: false });
  if (standing === null) return;
  const doesInvite = (provider: keyof FollowDeps["calendars"]) =>
    deps.calendars[provider]?.caps.invites === true;
  const inviter = inviterOf(meeting, wishes, copies, standing, doesInvite);
  const isLate = await areMailsDue(db, ref);
  const hosts = hostIds.map((id) => ({
    id,
    hasEvent: wishes.some((wish) => wish.kind === "event" && wish.memberId === id),
  }));
  for (const wish of wishes) {
    if (wish.kind !== "event") continue;
    const invites = wish.memberId === meeting.hostId && inviter === "calendar";
    const copy = copyFor(wish, copies, invites);
    if (isSettled(wish, copy, meeting)) continue;
    // The link belongs into the event; it is waited for as long as the mails are.
    const waitsForRoom = room !== undefined && meeting.place?.state === "pending" && !isLate;
    if (waitsForRoom && standing.untold.length > 0) continue;
    if (!(await goesOn())) return;
    keep(await followEvent(run, meeting, wish, copy, { invites, hosts }));
  }
}

function makesRoom(wish: Wish): boolean {
  return wish.kind === "room" || wish.makesRoom !== null;
}

const noCopy: Omit<Copy, "memberId" | "kind" | "provider"> = {
  connectionId: null,
  calendarRef: null,
  externalId: null,
  etag: null,
  joinUrl: null,
  passcode: null,
  sequence: null,
  invites: false,
  state: "wanted",
  problem: null,
  attempts: 0,
  retryAt: null,
};

/** What is known of the wish so far. One that was refused before, or taken away, begins anew. */
function copyFor(wish: Wish, copies: readonly Copy[], invites: boolean): Copy {
  const known = copies.find((each) => each.memberId === wish.memberId && each.kind === wish.kind);
  const { memberId, kind, provider, connectionId } = wish;
  const calendarRef = wish.kind === "event" ? wish.calendarRef : null;
  const isSame = known?.provider === provider && known.connectionId === connectionId;
  return known !== undefined && isSame && known.state !== "gone"
    ? known
    : { ...noCopy, memberId, kind, provider, connectionId, calendarRef, invites };
}

async function againAt({ db }: FollowDeps, ref: MeetingRef, at: number): Promise<void> {
  // Several that come back at about the same time are one.
  const singletonKey = `${ref.meetingId} ${Math.floor(at / 2_000)}`;
  await enqueue(db, "meeting:follow", ref, { startAfter: new Date(at), singletonKey });
}
