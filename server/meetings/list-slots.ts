import type { Kysely } from "kysely";
import type { MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HostChoice, NoTimes, SlotsAnswer } from "../../shared/protocol/visitor-routes.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import { encodeSlots } from "../../shared/time/slot-code.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { loadRepCards } from "../accounts/team.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { farthestHorizon, type Host, loadHosts, type Wanted } from "./bookables.ts";
import { chatType } from "./chat-type.ts";
import { type Guest, holderOf, visitorOf } from "./guest.ts";
import type { MeetingLink } from "./meeting-link.ts";
import { ownerOf } from "./owner-first.ts";
import { memberSlots, poolSlots, sharedSlots, stepFor } from "./slots.ts";
import { offerExpiry, signOffer } from "./slots-offer.ts";
import { meetingById } from "./store.ts";
import { toGuestType } from "./type-view.ts";
import { type TypeRow, typeById } from "./types-store.ts";

export type SlotDeps = { db: Kysely<Database>; zones: Zones; secretKey: string };

/** Times that the chat offers, of one host or of any of the team. The visitor's own hold does not hide its time. */
export async function listSlots(
  deps: SlotDeps,
  visitor: { visitorId: VisitorId; workspaceId: WorkspaceId },
  host: HostChoice,
  duration?: number,
): Promise<SlotsAnswer> {
  const type = await chatType(deps.db, visitor.workspaceId, visitor.visitorId, host);
  // The type for the chat may have gone since the screen was told of its lengths.
  return listTypeSlots(deps, visitor, { type, host, duration: type === null ? undefined : duration });
}

/** Times for a meeting of this type; of null, of the hosts' usual one. */
export async function listTypeSlots(
  deps: SlotDeps,
  guest: Guest,
  { type, host, duration }: { type: TypeRow | null; host: HostChoice; duration: number | undefined },
): Promise<SlotsAnswer> {
  if (duration !== undefined && !type?.durations.includes(duration))
    throw new AppError("invalid_input", { field: "duration" });
  const offered = await findTimes(deps, {
    workspaceId: guest.workspaceId,
    host,
    type,
    askedBy: visitorOf(guest),
    except: { holdsOf: holderOf(guest) },
    durationMinutes: duration ?? null,
  });
  if (offered.hosts.length === 0 && host !== "any") throw new AppError("not_found");
  const isPool = host === "any" && type?.hosting !== "collective" && offered.hosts.length > 1;
  const owner = isPool ? await ownerOf(deps.db, guest) : null;
  const first = owner === null ? null : timesOfOwner(deps, offered, owner);
  return toAnswer(deps, first ?? offered, {
    workspaceId: guest.workspaceId,
    to: holderOf(guest),
    host,
    type,
    ownerId: first === null ? null : (owner?.id ?? null),
    leaveOut: null,
  });
}

/** Times to which a meeting can be moved: of the same hosts, equally long. */
export async function listSlotsToMove(
  deps: SlotDeps,
  link: Pick<MeetingLink, "workspaceId" | "meetingId">,
): Promise<SlotsAnswer> {
  const { workspaceId } = link;
  const meeting = await meetingById(deps.db, workspaceId, link.meetingId);
  if (meeting?.state !== "booked") throw new AppError("not_found");
  const type =
    meeting.typeId === null ? null : ((await typeById(deps.db, workspaceId, meeting.typeId)) ?? null);
  const ids = [meeting.hostId, ...meeting.coHostIds];
  const offered = await findTimes(deps, {
    workspaceId,
    host: ids,
    type,
    except: { meetingId: meeting.id },
    durationMinutes: (meeting.endAt - meeting.startAt) / MINUTE,
  });
  if (offered.hosts.length < ids.length) throw new AppError("not_found");
  return toAnswer(deps, offered, {
    workspaceId,
    to: meeting.id,
    host: meeting.hostId,
    type,
    ownerId: null,
    leaveOut: meeting.startAt,
  });
}

type Times = { now: number; hosts: Host[]; starts: readonly number[]; durationMinutes: number };

async function findTimes({ db, zones }: SlotDeps, wanted: Omit<Wanted, "from" | "to">): Promise<Times> {
  const now = await databaseNow(db);
  const hosts = await loadHosts(db, { ...wanted, from: now, to: now + farthestHorizon });
  const durationMinutes = hosts[0]?.hours.durationMinutes ?? wanted.durationMinutes ?? 30;
  const longest = Math.max(0, ...hosts.map(({ hours }) => hours.horizonDays)) * DAY;
  const asked = { now, from: now, to: now + longest, stepMinutes: stepFor(durationMinutes) };
  const isTogether = typeof wanted.host !== "string" || wanted.type?.hosting === "collective";
  const starts = isTogether ? sharedSlots(hosts, zones, asked) : poolSlots(hosts, zones, asked).starts;
  return { now, hosts, starts, durationMinutes };
}

/** Null: the owner is not in this pool, or has no time that is near enough. */
function timesOfOwner(
  { zones }: SlotDeps,
  { now, hosts, durationMinutes }: Times,
  { id, withinDays }: { id: MemberId; withinDays: number },
): Times | null {
  const owner = hosts.find((host) => host.id === id);
  if (owner === undefined) return null;
  const to = now + owner.hours.horizonDays * DAY;
  const starts = memberSlots(owner, zones, { now, from: now, to, stepMinutes: stepFor(durationMinutes) });
  const [first] = starts;
  if (first === undefined || first >= now + withinDays * DAY) return null;
  return { now, hosts: [owner], starts, durationMinutes };
}

async function toAnswer(
  { db, secretKey }: SlotDeps,
  { now, hosts, starts, durationMinutes }: Times,
  offer: {
    workspaceId: WorkspaceId;
    to: string;
    host: HostChoice;
    type: TypeRow | null;
    ownerId: MemberId | null;
    leaveOut: number | null;
  },
): Promise<SlotsAnswer> {
  const { workspaceId, type, leaveOut, ...what } = offer;
  const left = leaveOut === null ? starts : starts.filter((start) => start !== leaveOut);
  const noTimes = left.length === 0 ? whyNone(hosts, type) : null;
  return {
    durationMinutes,
    offer: signOffer(secretKey, { ...what, typeId: type?.id ?? null, offeredAt: now, durationMinutes }),
    offerExpiresAt: offerExpiry(now),
    type: type === null ? null : toGuestType(type),
    slots: encodeSlots(left),
    hosts: await loadRepCards(
      db,
      workspaceId,
      hosts.map(({ id }) => id),
    ),
    ...(noTimes === null ? {} : { noTimes }),
  };
}

/** Null: it is just that all times are taken. */
function whyNone(hosts: readonly Host[], type: TypeRow | null): NoTimes | null {
  if (hosts.length === 0) return "nobody";
  const unread = hosts.filter(({ busy }) => busy === "unknown").length;
  const isUnread = type?.hosting === "collective" ? unread > 0 : unread === hosts.length;
  return isUnread ? "unread" : null;
}
