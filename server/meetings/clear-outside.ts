import { ProviderError } from "../connections/port.ts";
import { calendarOf } from "./follow-deps.ts";
import { eventOf, writtenOf } from "./follow-event.ts";
import { type Copy, saveCopy } from "./outside-store.ts";
import type { MeetingRow } from "./store.ts";
import { type Run, type Tried, tryOutside } from "./try-outside.ts";

/**
 * Takes away what a meeting does not have any more: everything of a cancelled one, the former host's of a given one. Of a try
 * whose answer was lost nobody knows whether it made something: the same is asked for once more, and then taken away.
 */
export async function clearOutside(run: Run, meeting: MeetingRow, copy: Copy): Promise<Tried> {
  const { deps, ref } = run;
  // Disconnected: it is the account's owner's alone.
  if (copy.connectionId === null) {
    const gone: Copy = { ...copy, state: "gone", problem: null, retryAt: null };
    await saveCopy(deps.db, ref, gone);
    return { outcome: "done", copy: gone };
  }
  const gone: Copy = { ...copy, state: "gone", sequence: run.sequence, externalId: null, retryAt: null };
  return tryOutside(run, copy, async (account) => {
    try {
      if (copy.provider === "zoom" || copy.provider === "teams") {
        const provider = deps.rooms[copy.provider];
        const id =
          copy.externalId ?? (await provider.create(account, unclearRoom(meeting), { mayExist: true })).id;
        await provider.remove(account, id);
        return gone;
      }
      const provider = calendarOf(deps, copy.provider);
      const calendarRef = copy.calendarRef ?? "";
      const known = writtenOf(copy) ?? (await writeAgain(run, meeting, copy, calendarRef, account));
      await provider.removeEvent(account, calendarRef, known, { note: "", tells: copy.invites });
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== "gone") throw error;
    }
    return gone;
  });
}

function unclearRoom({ id, startAt, endAt, guestZone }: MeetingRow) {
  return { meetingId: id, topic: "Cancelled", startAt, endAt, zone: guestZone };
}

/** Quietly: nobody is invited to what is taken away at once. */
async function writeAgain(
  run: Run,
  meeting: MeetingRow,
  copy: Copy,
  calendarRef: string,
  account: Parameters<Parameters<typeof tryOutside>[2]>[0],
) {
  if (copy.provider === "zoom" || copy.provider === "teams") throw new TypeError("a room is no event");
  const { memberId, provider, connectionId } = copy;
  if (connectionId === null) throw new ProviderError("gone", "disconnected");
  const wish = { kind: "event", memberId, provider, connectionId, calendarRef, makesRoom: null } as const;
  const event = await eventOf(run, meeting, wish, { invites: false, hosts: [] });
  return calendarOf(run.deps, provider).writeEvent(account, calendarRef, event, null);
}
