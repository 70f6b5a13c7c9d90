import type { FollowDeps } from "./follow-deps.ts";
import { hasCalendars, type MeetingRef, saveStanding, standingOf } from "./outside-store.ts";
import type { MeetingRow } from "./store.ts";

/**
 * Asks the hosts' calendars once more after a change, before anything is written into them: what stands in them was read minutes
 * ago. One that proves busy after all is a task of the host, and both sides are offered other times; the meeting stays.
 */
export async function lookAgain(deps: FollowDeps, ref: MeetingRef, meeting: MeetingRow): Promise<void> {
  const { db } = deps;
  const standing = await standingOf(db, ref, { locks: false });
  if (standing === null || meeting.state !== "booked") return;
  if (standing.checkedSequence === meeting.sequence) return;
  const hostIds = [meeting.hostId, ...meeting.coHostIds];
  let isBusy = false;
  if (await hasCalendars(db, ref.workspaceId, hostIds)) {
    const during = { start: meeting.startAt, end: meeting.endAt };
    isBusy = (await deps.isStillFree(ref.workspaceId, hostIds, during)) === "busy";
  }
  await saveStanding(db, ref, {
    checkedSequence: meeting.sequence,
    ...(isBusy ? { conflictSequence: meeting.sequence } : {}),
  });
  if (isBusy) deps.announce({ kind: "meetings", workspaceId: ref.workspaceId, hostId: meeting.hostId });
}
