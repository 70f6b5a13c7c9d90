import type { Kysely } from "kysely";
import type { Instant, MeetingId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { readiness } from "../accounts/set-up/readiness.ts";
import { busyTimes, membersUnread } from "../calendars/busy-times.ts";
import type { Database } from "../db/tables.ts";
import { type Fit, fits } from "./fits.ts";
import { type Bookable, eachFreeTime } from "./free-time.ts";
import { type ActiveHost, activeHosts } from "./hosts-store.ts";
import { stepFor } from "./slots.ts";
import { reservations } from "./store.ts";

export type Host = Bookable & { id: MemberId };

export type Wanted = {
  workspaceId: WorkspaceId;
  host: HostChoice;
  /** Who asks: "any" is anybody of the team of this visitor's site. Left out: anybody of the workspace. */
  askedBy?: VisitorId;
  from: Instant;
  to: Instant;
  /** What does not stand in the way: the meeting that is moved, or the visitor's own hold. */
  except: { meetingId?: MeetingId; holdsOf?: VisitorId };
  /** Null: each host's own; a pool shares the shortest, so that every slot of one offer is equally long. */
  durationMinutes: number | null;
};

/** Whether visitors may meet this host, who has hours at all. */
function isBookable({ hours, readiness: facts }: ActiveHost): boolean {
  const isOpen = ({ spans }: { spans: readonly unknown[] }) => spans.length > 0;
  return readiness(facts).isReady && (hours.weekly.some(isOpen) || hours.overrides.some(isOpen));
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
  const hosts = (await activeHosts(db, workspaceId, null, visitorId)).filter(isBookable).map(({ id }) => id);
  const unread = await membersUnread(db, workspaceId, hosts);
  return hosts.some((id) => !unread.has(id));
}

/** Hosts with all that decides when they can be booked. Their calendars are as they were last read. */
export async function loadHosts(db: Kysely<Database>, wanted: Wanted): Promise<Host[]> {
  const members = (
    await activeHosts(
      db,
      wanted.workspaceId,
      wanted.host === "any" ? null : wanted.host,
      wanted.askedBy ?? null,
    )
  ).filter(isBookable);
  const durationMinutes =
    wanted.durationMinutes ?? Math.min(...members.map(({ hours }) => hours.durationMinutes));
  // The widest gap, so that no neighbour that counts is left out.
  const gap = Math.max(0, ...members.map(({ hours }) => hours.bufferMinutes)) * MINUTE;
  const ids = members.map(({ id }) => id);
  const [from, to] = [wanted.from - gap, wanted.to + gap + durationMinutes * MINUTE];
  const reserved = await reservations(db, wanted.workspaceId, ids, from, to, wanted.except);
  const busy = await busyTimes(db, wanted.workspaceId, ids, from, to);
  return members.map(({ id, hours }) => ({
    id,
    hours: { ...hours, durationMinutes },
    busy: busy.get(id) ?? "unknown",
    reserved: reserved.get(id) ?? [],
  }));
}

/** How far ahead the farthest-looking of all hosts can be booked at most. */
export const farthestHorizon = 365 * DAY;

/** What a stranger may ask for at all; past it there is nothing to look up, and no date that a database knows. */
export function isWithinReach(start: Instant, now: Instant): boolean {
  return start > now && start <= now + farthestHorizon;
}

/**
 * Whether the host can be booked at this start: the notice and the horizon as they stood when it was offered, all
 * else as it is now. The offer is young, so that a start may come closer than the notice by minutes, never pass.
 */
export function fitsOffer(
  host: Bookable,
  zones: Zones,
  asked: { start: Instant; offeredAt: Instant; now: Instant },
): Fit {
  if (!isWithinReach(asked.start, asked.now)) return { fits: false, because: "too_soon" };
  const stepMinutes = stepFor(host.hours.durationMinutes);
  return fits(host, zones, { now: asked.offeredAt, start: asked.start, stepMinutes });
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
