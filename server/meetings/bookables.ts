import type { Kysely } from "kysely";
import type { Instant, MeetingId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { readiness } from "../accounts/set-up/readiness.ts";
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

/** Whether the booker would show anybody to this visitor: whom `loadHosts` finds for "any", however full their time is. */
export async function hasBookableHost(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  visitorId: VisitorId,
): Promise<boolean> {
  return (await activeHosts(db, workspaceId, null, visitorId)).some(isBookable);
}

/** Hosts with all that decides when they can be booked. No outside calendar is read yet: their own calendars are empty. */
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
  const reserved = await reservations(
    db,
    wanted.workspaceId,
    members.map(({ id }) => id),
    wanted.from - gap,
    wanted.to + gap + durationMinutes * MINUTE,
    wanted.except,
  );
  return members.map(({ id, hours }) => ({
    id,
    hours: { ...hours, durationMinutes },
    busy: [],
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
