import type { Instant, MeetingId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { HoldAnswer, HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { loadRepCards } from "../accounts/team.ts";
import { databaseNow } from "../db/database-now.ts";
import { newId } from "../db/ids.ts";
import { AppError } from "../errors.ts";
import { fitsOffer, type Host, isWithinReach, loadHosts, type Wanted } from "./bookables.ts";
import { inOrder, thereAt } from "./choose-host.ts";
import { type Guest, holderOf, visitorOf } from "./guest.ts";
import { clearHolds, deleteHold, hostsHeldBy, insertHold } from "./holds-store.ts";
import type { SlotDeps } from "./list-slots.ts";
import { ownerOf } from "./owner-first.ts";
import { readOffer, type SlotsOffer } from "./slots-offer.ts";
import { openMeetings } from "./taken-store.ts";
import { type TypeRow, typeById } from "./types-store.ts";
import { withLocks } from "./with-locks.ts";

type ToHold = { host: HostChoice; startAt: Instant; offer: string };

export type Held =
  | { outcome: "held"; hold: HoldAnswer }
  | { outcome: "slot_taken" }
  | { outcome: "too_many_meetings" };

/** Keeps a time that the chat offered. */
export function holdSlot(
  deps: SlotDeps,
  visitor: { visitorId: VisitorId; workspaceId: WorkspaceId },
  wish: ToHold,
): Promise<Held> {
  return holdTypeSlot(deps, visitor, wish, "of_the_offer");
}

/**
 * Keeps an offered slot for the guest while the form is filled. A guest has one hold at a time: a new one lets go of the
 * last. With "any" the free hosts are tried one after the other; several hosts together are held together or not at all.
 */
export async function holdTypeSlot(
  deps: SlotDeps,
  guest: Guest,
  wish: ToHold,
  /** What the page is about: an offer of anything else is none of this page's. */
  of: TypeRow | "of_the_offer",
): Promise<Held> {
  const { db, zones, secretKey } = deps;
  const { workspaceId } = guest;
  const now = await databaseNow(db);
  const offer = readOffer(secretKey, wish.offer, holderOf(guest), now);
  if (offer.host !== wish.host) throw new AppError("bad_signature");
  if (of !== "of_the_offer" && offer.typeId !== of.id) throw new AppError("bad_signature");
  if (!isWithinReach(wish.startAt, now)) return { outcome: "slot_taken" };
  if ((await openMeetings(db, workspaceId, holderOf(guest), null)) >= limits.openMeetingsPerVisitor)
    return { outcome: "too_many_meetings" };
  const type = offer.typeId === null ? null : await typeById(db, workspaceId, offer.typeId);
  if (type === undefined || (type !== null && type.removedAt !== null)) return { outcome: "slot_taken" };

  // A look without the lock first: most of those who come too late need not queue for it.
  const asked = { start: wish.startAt, offeredAt: offer.offeredAt, now };
  const one = offer.ownerId ?? wish.host;
  // Turns are counted over all who take them, also when one of them is asked for by name.
  const hasTurns = type?.hosting === "round_robin";
  const pool = await loadHosts(db, wantedBy(guest, offer, type, wish.startAt, hasTurns ? "any" : one));
  const what = {
    type,
    offer,
    startAt: wish.startAt,
    turnOf: hasTurns ? thereAt(pool, zones, wish.startAt) : null,
  };
  if (type?.hosting === "collective" && wish.host === "any") {
    if (!fitsOffer(pool, zones, asked)) return { outcome: "slot_taken" };
    return toHeld(deps, guest, await tryHosts(deps, guest, what, "any", pool));
  }
  const free = pool
    .filter((host) => (one === "any" || host.id === one) && fitsOffer([host], zones, asked))
    .map(({ id }) => id);
  const owner = free.length > 1 ? await ownerOf(db, guest) : null;
  for (const id of await inOrder(db, workspaceId, type, free, owner?.id ?? null)) {
    const held = await tryHosts(deps, guest, what, id, [{ id }]);
    if (held) return toHeld(deps, guest, held);
  }
  return { outcome: "slot_taken" };
}

export async function releaseHold(
  { db }: Pick<SlotDeps, "db">,
  guest: Guest,
  holdId: MeetingId,
): Promise<void> {
  await deleteHold(db, guest.workspaceId, holderOf(guest), holdId);
}

type What = { type: TypeRow | null; offer: SlotsOffer; startAt: Instant; turnOf: MemberId[] | null };
type Kept = { holdId: MeetingId; leadId: MemberId; startAt: Instant; endAt: Instant; expiresAt: Instant };

/** Holds the time of these hosts, under their locks; null: somebody else was first. */
async function tryHosts(
  { db, zones }: SlotDeps,
  guest: Guest,
  { type, offer, startAt, turnOf }: What,
  choice: HostChoice,
  hosts: readonly Pick<Host, "id">[],
): Promise<Kept | null> {
  const { workspaceId } = guest;
  const holderId = holderOf(guest);
  const involved = [
    ...new Set([...hosts.map(({ id }) => id), ...(await hostsHeldBy(db, workspaceId, holderId))]),
  ];
  const held = await withLocks(
    db,
    involved.map((id) => `host ${id}` as const),
    async (transaction) => {
      await clearHolds(transaction, workspaceId, involved, holderId);
      const now = await databaseNow(transaction);
      const found = await loadHosts(transaction, wantedBy(guest, offer, type, startAt, choice));
      const isLocked = found.every(({ id }) => involved.includes(id));
      const asked = { start: startAt, offeredAt: offer.offeredAt, now };
      const [lead] = found;
      if (lead === undefined || !isLocked || !fitsOffer(found, zones, asked)) return null;
      const hold = {
        id: newId<"meeting">(),
        startAt,
        endAt: startAt + offer.durationMinutes * MINUTE,
        holdUntil: now + limits.holdMinutes * MINUTE,
      };
      await insertHold(transaction, {
        ...hold,
        workspaceId,
        holderId,
        visitorId: visitorOf(guest),
        typeId: type?.id ?? null,
        turnOf,
        hosts: found.map(({ id, hours }) => ({ id, bufferMinutes: hours.bufferMinutes })),
      });
      const { endAt, holdUntil: expiresAt } = hold;
      return { holdId: hold.id, leadId: lead.id, startAt, endAt, expiresAt };
    },
  );
  return held === "overlap" ? null : held;
}

async function toHeld({ db }: SlotDeps, { workspaceId }: Guest, kept: Kept | null): Promise<Held> {
  if (kept === null) return { outcome: "slot_taken" };
  const { leadId, ...hold } = kept;
  const [host] = await loadRepCards(db, workspaceId, [leadId]);
  if (host === undefined) throw new AppError("not_found");
  return { outcome: "held", hold: { ...hold, host } };
}

function wantedBy(
  guest: Guest,
  offer: SlotsOffer,
  type: TypeRow | null,
  startAt: Instant,
  host: HostChoice,
): Wanted {
  return {
    workspaceId: guest.workspaceId,
    host,
    type,
    askedBy: visitorOf(guest),
    from: startAt,
    to: startAt + 1,
    except: { holdsOf: holderOf(guest) },
    durationMinutes: offer.durationMinutes,
  };
}
