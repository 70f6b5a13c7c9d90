import type { ProviderName } from "../../shared/model/connections.ts";
import type { ConnectionId, MemberId } from "../../shared/model/ids.ts";
import type { MeetingPlace } from "../../shared/model/meetings.ts";
import type { Copy } from "./outside-store.ts";
import { type HostMeans, roomMaker } from "./place-of.ts";

// What a meeting should have outside of us. Pure.

export type RoomWish = {
  kind: "room";
  memberId: MemberId;
  provider: "zoom" | "teams";
  connectionId: ConnectionId;
};

export type EventWish = {
  kind: "event";
  memberId: MemberId;
  provider: "google" | "microsoft" | "caldav";
  connectionId: ConnectionId;
  calendarRef: string;
  /** The room is made with this event. */
  makesRoom: "meet" | "teams" | null;
};

export type Wish = RoomWish | EventWish;

type Subject = {
  isBooked: boolean;
  hostId: MemberId;
  coHostIds: readonly MemberId[];
  place: MeetingPlace | null;
};

/**
 * The room of the host and an event in the calendar of each host. What stands somewhere already stays there, whatever its host has
 * chosen since, as long as that account is connected.
 */
export function wishesFor(
  subject: Subject,
  means: ReadonlyMap<MemberId, HostMeans>,
  copies: readonly Copy[],
): Wish[] {
  if (!subject.isBooked) return [];
  const wishes: Wish[] = [];
  const host = means.get(subject.hostId);
  const room = host && roomWish(subject, host, copies);
  if (room) wishes.push(room);
  for (const memberId of [subject.hostId, ...subject.coHostIds]) {
    const where = eventPlace(memberId, means.get(memberId) ?? null, copies);
    if (where === null) continue;
    const makesRoom =
      memberId === subject.hostId && !room ? roomOfEvent(subject.place, where.provider) : null;
    wishes.push({ kind: "event", memberId, ...where, makesRoom });
  }
  return wishes;
}

function roomWish({ hostId, place }: Subject, host: HostMeans, copies: readonly Copy[]): RoomWish | null {
  if (place?.kind !== "zoom" && place?.kind !== "teams") return null;
  const there = standing(copies, hostId, "room");
  if (there?.provider === place.kind)
    return { kind: "room", memberId: hostId, provider: place.kind, connectionId: there.connectionId };
  if (place.kind === "teams" && roomMaker(host, "teams") === "calendar") return null;
  // An account that has stopped working is asked all the same: its refusal is the host's task.
  const account = place.kind === "zoom" ? host.zoom : host.teams;
  return account === null
    ? null
    : { kind: "room", memberId: hostId, provider: place.kind, connectionId: account.connectionId };
}

function eventPlace(
  memberId: MemberId,
  means: HostMeans | null,
  copies: readonly Copy[],
): Pick<EventWish, "provider" | "connectionId" | "calendarRef"> | null {
  const there = standing(copies, memberId, "event");
  if (there?.calendarRef != null && isCalendar(there.provider))
    return { provider: there.provider, connectionId: there.connectionId, calendarRef: there.calendarRef };
  const calendar = means?.calendar ?? null;
  if (calendar === null) return null;
  const { provider, connectionId, ref } = calendar;
  return { provider, connectionId, calendarRef: ref };
}

function roomOfEvent(place: MeetingPlace | null, provider: EventWish["provider"]): EventWish["makesRoom"] {
  if (place?.kind === "meet" && provider === "google") return "meet";
  return place?.kind === "teams" && provider === "microsoft" ? "teams" : null;
}

/** What was written, or may have been, by an account that is still connected. */
function standing(
  copies: readonly Copy[],
  memberId: MemberId,
  kind: Copy["kind"],
): (Copy & { connectionId: ConnectionId }) | null {
  const copy = copies.find((each) => each.memberId === memberId && each.kind === kind);
  if (copy === undefined || copy.connectionId === null || !mayExist(copy)) return null;
  return { ...copy, connectionId: copy.connectionId };
}

function isCalendar(provider: ProviderName): provider is EventWish["provider"] {
  return provider === "google" || provider === "microsoft" || provider === "caldav";
}

/** Whether something may be at the provider: it was written, or a try had no answer. */
export function mayExist({ state, externalId, attempts }: Copy): boolean {
  return state !== "gone" && (externalId !== null || (attempts > 0 && state !== "refused"));
}

/** What is outside and should not be, or not there any more. */
export function leftOvers(wishes: readonly Wish[], copies: readonly Copy[]): Copy[] {
  return copies.filter(
    (copy) =>
      mayExist(copy) &&
      !wishes.some(
        (wish) =>
          wish.memberId === copy.memberId &&
          wish.kind === copy.kind &&
          wish.provider === copy.provider &&
          wish.connectionId === copy.connectionId,
      ),
  );
}

/** Whether nothing is left to do about a wish: it stands there as this change wants it, or was refused for it. */
export function isSettled(
  wish: Wish,
  copy: Copy | undefined,
  { sequence, place }: { sequence: number; place: MeetingPlace | null },
): boolean {
  if (copy === undefined || copy.sequence !== sequence) return false;
  if (copy.state === "refused") return true;
  if (copy.state !== "there") return false;
  if (wish.kind === "room") return true;
  // An event shows the link; one that makes the room is read again until it has it.
  return wish.makesRoom === null
    ? copy.joinUrl === (place?.joinUrl ?? null)
    : copy.joinUrl !== null || place?.state === "failed";
}

/** Whose invitation the guest has or gets: of the calendar that holds the host's event, where that invites, else ours. */
export function inviterOf(
  { hostId, sequence }: { hostId: MemberId; sequence: number },
  wishes: readonly Wish[],
  copies: readonly Copy[],
  standing: { toldSequence: number | null; invitedBy: "us" | "calendar" | null },
  doesInvite: (provider: EventWish["provider"]) => boolean,
): "us" | "calendar" {
  const wish = wishes.find((each) => each.memberId === hostId && each.kind === "event");
  if (wish?.kind !== "event" || !doesInvite(wish.provider)) return "us";
  const copy = copies.find((each) => each.memberId === hostId && each.kind === "event");
  if (copy?.state === "there") return copy.invites ? "calendar" : "us";
  if (copy?.state === "refused" && copy.sequence === sequence) return "us";
  // We have invited to this very change already.
  return standing.toldSequence === sequence && standing.invitedBy === "us" ? "us" : "calendar";
}

/** Pauses of 2 s, 4 s, 8 s, ... up to ten minutes; a provider's own wish counts if it is longer. */
export function pauseBefore(attempt: number, wishedMs: number | undefined): number {
  const usual = Math.min(1_000 * 2 ** Math.min(attempt, 12), 600_000);
  return Math.max(usual, wishedMs ?? 0);
}
