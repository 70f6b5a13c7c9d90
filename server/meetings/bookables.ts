import type { Kysely } from "kysely";
import type { Instant, MeetingId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { busyTimes, membersUnread } from "../calendars/busy-times.ts";
import type { Database } from "../db/tables.ts";
import { bookableOf } from "./bookable-of.ts";
import { chatType, poolOf } from "./chat-type.ts";
import { type Bookable, eachFreeTime } from "./free-time.ts";
import { activeHosts } from "./hosts-store.ts";
import { meansOf } from "./means-store.ts";
import { sharedSlots, stepFor } from "./slots.ts";
import { reservations } from "./taken-store.ts";
import type { TypeRow } from "./types-store.ts";
import { hostReasons } from "./unbookable.ts";

export type Host = Bookable & { id: MemberId };

export type Wanted = {
  workspaceId: WorkspaceId;
  /**
   * "any": the pool, which of a meeting of several hosts is all of them or nobody. One: who must host the type, if there is one.
   * A list: exactly these, whatever they host, as far as they can be booked: the hosts of a meeting that is there.
   */
  host: HostChoice | readonly MemberId[];
  /** Null, or left out: the hosts' usual meeting. */
  type?: TypeRow | null;
  /** Who asks: "any" is anybody of the team of this visitor's site. Left out: anybody of the workspace. */
  askedBy?: VisitorId | null;
  from: Instant;
  to: Instant;
  /** What does not stand in the way: the meeting that is moved, or the guest's own hold. */
  except: { meetingId?: MeetingId; holdsOf?: string };
  /** Null: the type's first, or each host's own; a pool shares the shortest, so that every slot of one offer is equally long. */
  durationMinutes: number | null;
};

type Pool = Pick<Wanted, "workspaceId" | "host" | "askedBy"> & { type: TypeRow | null };

/** Who can host, before anything is known of their time. */
async function bookableMembers(db: Kysely<Database>, { workspaceId, host, type, askedBy }: Pool) {
  const isList = typeof host !== "string";
  const members = await activeHosts(db, workspaceId, {
    only: host === "any" ? null : isList ? host : [host],
    type: isList ? null : type,
    visitorId: poolOf(type, askedBy ?? null),
  });
  const needsPlace = type !== null && type.place !== "none";
  const means = needsPlace
    ? await meansOf(
        db,
        workspaceId,
        members.map(({ id }) => id),
      )
    : null;
  const bookable = members.filter(
    (member) => hostReasons(member, type, means?.get(member.id) ?? null).length === 0,
  );
  const byId = new Map(bookable.map((member) => [member.id, member]));
  // The first leads: the clock of a meeting of several is theirs.
  if (isList) return host.flatMap((id) => byId.get(id) ?? []);
  if (type?.hosting !== "collective" || host !== "any") return bookable;
  const all = type.hosts.flatMap(({ memberId }) => byId.get(memberId) ?? []);
  return all.length === type.hosts.length ? all : [];
}

/** Whoever can be booked for this type, however full their time is. */
export async function hostsOfType(db: Kysely<Database>, type: TypeRow): Promise<MemberId[]> {
  const { workspaceId } = type;
  return (await bookableMembers(db, { workspaceId, host: "any", type, askedBy: null })).map(({ id }) => id);
}

/**
 * Whether the booker would show anybody to this visitor: whom `loadHosts` finds for "any", however full their time is. Somebody whose
 * calendar is not known is nobody here, so that a visitor gets the form for a message and not an empty list.
 */
export async function hasBookableHost(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<boolean> {
  const type = await chatType(db, workspaceId, visitorId, "any");
  const members = await bookableMembers(db, { workspaceId, host: "any", type, askedBy: visitorId });
  const hosts = members.map(({ id }) => id);
  const unread = await membersUnread(db, workspaceId, hosts);
  const isKnown = (id: MemberId) => !unread.has(id);
  return type?.hosting === "collective" ? hosts.length > 0 && hosts.every(isKnown) : hosts.some(isKnown);
}

/** Hosts with all that decides when they can be booked. Their calendars are as they were last read. */
export async function loadHosts(db: Kysely<Database>, wanted: Wanted): Promise<Host[]> {
  const { workspaceId, type = null } = wanted;
  const members = await bookableMembers(db, { ...wanted, type });
  if (members.length === 0) return [];
  const durationMinutes =
    wanted.durationMinutes ??
    type?.durations[0] ??
    Math.min(...members.map(({ hours }) => hours.durationMinutes));
  const ids = members.map(({ id }) => id);
  // The widest gap, so that no neighbour that counts is left out; and all of a day that has a limit.
  const gap = Math.max(widestGap, ...members.map(({ hours }) => hours.bufferMinutes * MINUTE));
  const around = members.some(({ perDay }) => perDay !== null) ? 2 * DAY : gap;
  const [from, to] = [wanted.from, wanted.to + durationMinutes * MINUTE];
  const reserved = await reservations(db, workspaceId, ids, from - around, to + around, wanted.except);
  const busy = await busyTimes(db, workspaceId, ids, from - gap, to + gap);
  return members.map(({ id, hours, perDay }) => ({
    id,
    ...bookableOf(
      { hours, perDay, busy: busy.get(id) ?? "unknown", reserved: reserved.get(id) ?? [] },
      type,
      durationMinutes,
    ),
  }));
}

/** What any meeting may keep free around itself at most. */
const widestGap = 240 * MINUTE;

/** How far ahead the farthest-looking of all hosts can be booked at most. */
export const farthestHorizon = 365 * DAY;

/** What a stranger may ask for at all; past it there is nothing to look up, and no date that a database knows. */
export function isWithinReach(start: Instant, now: Instant): boolean {
  return start > now && start <= now + farthestHorizon;
}

/**
 * Whether these hosts can be booked together at this start, or the one there is: the notice and the horizon as they stood when it was
 * offered, all else as it is now. The offer is young, so that a start may come closer than the notice by minutes, never pass.
 */
export function fitsOffer(
  hosts: readonly Bookable[],
  zones: Zones,
  { start, offeredAt, now }: { start: Instant; offeredAt: Instant; now: Instant },
): boolean {
  const [lead] = hosts;
  if (lead === undefined || !isWithinReach(start, now)) return false;
  const stepMinutes = stepFor(lead.hours.durationMinutes);
  return sharedSlots(hosts, zones, { now: offeredAt, from: start, to: start + 1, stepMinutes })[0] === start;
}

/** Whether the host has all of this time free: within the hours, and apart from everything else by the gap. */
export function isFreeDuring(
  host: Bookable,
  zones: Zones,
  { startAt, endAt }: { startAt: Instant; endAt: Instant },
): boolean {
  let isFree = false;
  eachFreeTime(host, zones, startAt, endAt, (start, end) => {
    if (start <= startAt && end >= endAt) isFree = true;
  });
  return isFree;
}
