import type { EventToWrite, WrittenEvent } from "../calendars/port.ts";
import { ProviderError } from "../connections/port.ts";
import { databaseNow } from "../db/database-now.ts";
import { calendarOf } from "./follow-deps.ts";
import { showRoom } from "./follow-room.ts";
import { guestSide, type HostPerson, hostPerson } from "./hosts-store.ts";
import { placeShown, uidOf } from "./mail-meeting.ts";
import { meetingUrl } from "./meeting-link.ts";
import { harmlessName } from "./meeting-mails.ts";
import type { Copy } from "./outside-store.ts";
import { placeLines, placeLocation } from "./place-words.ts";
import type { EventWish } from "./plan-outside.ts";
import type { MeetingRow } from "./store.ts";
import { comeBack, type Run, type Tried, tryOutside } from "./try-outside.ts";

/** Rooms of events are there within seconds; until then the event is read again this often. */
const roomPauseMs = 3_000;

export type EventOptions = {
  invites: boolean;
  /** Everybody who hosts, the leading one first; `hasEvent`: in a calendar of their own. */
  hosts: readonly { id: MeetingRow["hostId"]; hasEvent: boolean }[];
};

/** Writes the meeting into one host's calendar. */
export async function followEvent(
  run: Run,
  meeting: MeetingRow,
  wish: EventWish,
  copy: Copy,
  options: EventOptions,
): Promise<Tried> {
  const { deps } = run;
  const event = await eventOf(run, meeting, wish, options);
  const tried = await tryOutside(run, copy, async (account) => {
    const provider = calendarOf(deps, wish.provider);
    const write = (known: WrittenEvent | null) =>
      provider.writeEvent(account, wish.calendarRef, event, known);
    let written: WrittenEvent;
    try {
      written = await write(writtenOf(copy));
    } catch (error) {
      // Somebody removed it from the calendar: the meeting is still on.
      if (copy.externalId === null || !(error instanceof ProviderError) || error.kind !== "gone") throw error;
      written = await write(null);
    }
    const joinUrl = wish.makesRoom === null ? (meeting.place?.joinUrl ?? null) : written.joinUrl;
    const isPending = wish.makesRoom !== null && joinUrl === null && written.isRoomPending;
    return {
      ...copy,
      externalId: written.externalId,
      etag: written.etag,
      joinUrl,
      invites: options.invites,
      state: "there",
      sequence: run.sequence,
      retryAt: isPending ? (await databaseNow(deps.db)) + roomPauseMs : null,
    };
  });
  if (tried.outcome === "done" && tried.copy.retryAt !== null) comeBack(run, tried.copy.retryAt);
  else if (wish.makesRoom !== null && tried.outcome !== "later") await showRoom(run, meeting, tried.copy);
  return tried;
}

export function writtenOf({ externalId, etag, joinUrl }: Copy): WrittenEvent | null {
  return externalId === null ? null : { externalId, etag, joinUrl, isRoomPending: false };
}

/**
 * What stands in the calendar. An event that invites is read by the guest too: nothing of the form is in it, see `harmlessName`, and its
 * link is the guest's own. One that does not is the host's alone.
 */
export async function eventOf(
  { deps, sequence }: Run,
  meeting: MeetingRow,
  wish: EventWish,
  { invites, hosts }: EventOptions,
): Promise<EventToWrite> {
  const { db } = deps;
  const { workspaceId, place } = meeting;
  const people: HostPerson[] = [];
  for (const { id } of hosts) people.push(await hostPerson(db, workspaceId, id));
  const owner =
    people.find(({ id }) => id === wish.memberId) ?? (await hostPerson(db, workspaceId, wish.memberId));
  const { companyName } = await guestSide(db, workspaceId, meeting.visitorId);
  const page = invites
    ? meetingUrl(deps, meeting, "guest")
    : meetingUrl(deps, { ...meeting, hostId: owner.id }, "host");
  const shown = await placeShown(place);
  const guestName = harmlessName(meeting.guestName) || "Guest";
  const lead = people[0] ?? owner;
  const others = people.filter(({ id }) => id !== owner.id);
  const form = invites
    ? []
    : [
        `${meeting.guestName} <${meeting.guestEmail}>`,
        ...(meeting.note === "" ? [] : [meeting.note]),
        ...meeting.answers
          .filter(({ answer }) => answer !== "")
          .map(({ label, answer }) => `${label}\n${answer}`),
      ];
  const lines = [
    ...(shown?.joinUrl == null ? [] : [`Join: ${shown.joinUrl}`]),
    ...(shown?.phoneText == null ? [] : [placeLines({ ...shown, joinUrl: null, kind: "phone" }) ?? ""]),
    ...(others.length === 0 ? [] : [`With ${others.map(({ name }) => name).join(", ")}`]),
    ...form,
    `Move or cancel: ${page}`,
  ];
  const withoutEvent = others.filter(({ id }) => hosts.some((each) => each.id === id && !each.hasEvent));
  return {
    meetingId: meeting.id,
    uid: uidOf(meeting, deps.publicUrl),
    sequence,
    startAt: meeting.startAt,
    endAt: meeting.endAt,
    zone: owner.zone,
    title: `${guestName} and ${lead.name} (${companyName})`,
    description: lines.join("\n\n"),
    location: placeLocation(shown, page),
    url: shown?.joinUrl ?? page,
    host: { name: owner.name, email: owner.email },
    attendees: [
      { name: guestName, email: meeting.guestEmail },
      // The others with a calendar have the event there.
      ...withoutEvent.map(({ name, email }) => ({ name, email })),
    ],
    makesRoom: wish.makesRoom,
    invites,
  };
}
