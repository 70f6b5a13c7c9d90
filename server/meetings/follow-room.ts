import type { MeetingPlace } from "../../shared/model/meetings.ts";
import type { RoomToMake } from "../conferencing/port.ts";
import { ProviderError } from "../connections/port.ts";
import { guestSide, hostPerson } from "./hosts-store.ts";
import { harmlessName } from "./meeting-mails.ts";
import { type Copy, savePlace } from "./outside-store.ts";
import type { RoomWish } from "./plan-outside.ts";
import type { MeetingRow } from "./store.ts";
import { type Run, type Tried, tryOutside } from "./try-outside.ts";

/** Makes or moves the room of a meeting; its link is then the meeting's place. */
export async function followRoom(run: Run, meeting: MeetingRow, wish: RoomWish, copy: Copy): Promise<Tried> {
  const provider = run.deps.rooms[wish.provider];
  const room = await roomOf(run, meeting);
  const tried = await tryOutside(run, copy, async (account, mayExist) => {
    if (copy.externalId !== null) {
      try {
        await provider.update(account, copy.externalId, room);
        return { ...copy, state: "there", sequence: run.sequence };
      } catch (error) {
        // Somebody removed it: the meeting gets another one.
        if (!(error instanceof ProviderError) || error.kind !== "gone") throw error;
      }
    }
    const made = await provider.create(account, room, { mayExist });
    return {
      ...copy,
      externalId: made.id,
      joinUrl: made.joinUrl,
      passcode: made.passcode,
      state: "there",
      sequence: run.sequence,
    };
  });
  if (tried.outcome !== "later") await showRoom(run, meeting, tried.copy);
  return tried;
}

/** The room is the meeting's place, or it has none. */
export async function showRoom(
  run: Run,
  meeting: MeetingRow,
  copy: Pick<Copy, "state" | "joinUrl" | "passcode">,
): Promise<MeetingPlace | null> {
  const { place } = meeting;
  if (place === null) return null;
  const { joinUrl, passcode } = copy;
  const isThere = joinUrl !== null && copy.state !== "gone";
  const shown: MeetingPlace = { ...place, state: isThere ? "ready" : "failed", joinUrl, passcode };
  if (shown.state !== place.state || shown.joinUrl !== place.joinUrl) {
    await savePlace(run.deps.db, run.ref, run.sequence, shown);
    run.deps.announce({
      kind: "meetings",
      workspaceId: meeting.workspaceId,
      hostId: meeting.hostId,
    });
  }
  meeting.place = shown;
  return shown;
}

async function roomOf({ deps }: Run, meeting: MeetingRow): Promise<RoomToMake> {
  const host = await hostPerson(deps.db, meeting.workspaceId, meeting.hostId);
  const { companyName } = await guestSide(deps.db, meeting.workspaceId, meeting.visitorId);
  const guest = harmlessName(meeting.guestName) || "Guest";
  return {
    meetingId: meeting.id,
    topic: `${guest} and ${host.name} (${companyName})`,
    startAt: meeting.startAt,
    endAt: meeting.endAt,
    zone: host.zone,
  };
}
