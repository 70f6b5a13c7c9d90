import type { Kysely } from "kysely";
import type { Instant, MeetingId, MemberId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { HoldAnswer, HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { MINUTE } from "../../shared/time/local-day.ts";
import { loadRepCards } from "../accounts/team.ts";
import { databaseNow } from "../db/database-now.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { fitsOffer, type Host, isWithinReach, loadHosts, type Wanted } from "./bookables.ts";
import { clearHolds, deleteHold, hostsHeldBy, insertHold } from "./holds-store.ts";
import { openConversation } from "./hosts-store.ts";
import type { SlotDeps } from "./list-slots.ts";
import { pickHosts } from "./pick-hosts.ts";
import { readOffer, type SlotsOffer } from "./slots-offer.ts";
import { meetingsAhead, openMeetings } from "./store.ts";
import { withLocks } from "./with-locks.ts";

type Visitor = { visitorId: VisitorId; workspaceId: WorkspaceId };
type ToHold = { host: HostChoice; startAt: Instant; offer: string };

export type Held =
  | { outcome: "held"; hold: HoldAnswer }
  | { outcome: "slot_taken" }
  | { outcome: "too_many_meetings" };

/**
 * Keeps an offered slot for the visitor while the form is filled. A visitor has one hold at a time: a new one lets go of the
 * last. With "any" the free hosts are tried one after the other.
 */
export async function holdSlot(deps: SlotDeps, visitor: Visitor, wish: ToHold): Promise<Held> {
  const { db, zones, secretKey } = deps;
  const now = await databaseNow(db);
  const offer = readOffer(secretKey, wish.offer, visitor.visitorId, now);
  if (offer.host !== wish.host) throw new AppError("bad_signature");
  if (!isWithinReach(wish.startAt, now)) return { outcome: "slot_taken" };
  if (
    (await openMeetings(db, visitor.workspaceId, visitor.visitorId, null)) >= limits.openMeetingsPerVisitor
  ) {
    return { outcome: "too_many_meetings" };
  }

  // A look without the lock first: most of those who come too late need not queue for it.
  const asked = { start: wish.startAt, offeredAt: offer.offeredAt, now };
  const hosts = await loadHosts(db, wantedBy(visitor, offer, wish.startAt, wish.host));
  const free = hosts.filter((host) => fitsOffer(host, zones, asked).fits).map(({ id }) => id);
  for (const hostId of await inOrder(db, visitor, free)) {
    const hold = await tryHost(deps, visitor, { ...wish, host: hostId }, offer);
    if (hold) {
      const [host] = await loadRepCards(db, visitor.workspaceId, [hostId]);
      if (host === undefined) throw new AppError("not_found");
      return { outcome: "held", hold: { ...hold, host } };
    }
  }
  return { outcome: "slot_taken" };
}

export async function releaseHold(
  { db }: Pick<SlotDeps, "db">,
  visitor: Visitor,
  holdId: MeetingId,
): Promise<void> {
  await deleteHold(db, visitor.workspaceId, visitor.visitorId, holdId);
}

async function inOrder(db: Kysely<Database>, visitor: Visitor, free: readonly MemberId[]) {
  if (free.length < 2) return free;
  const conversation = await openConversation(db, visitor.workspaceId, visitor.visitorId);
  const ahead = await meetingsAhead(db, visitor.workspaceId, free);
  return pickHosts(free, ahead, conversation?.ownerId ?? null);
}

async function tryHost(
  { db, zones }: SlotDeps,
  visitor: Visitor,
  { host, startAt }: { host: MemberId; startAt: Instant },
  offer: SlotsOffer,
): Promise<Omit<HoldAnswer, "host"> | null> {
  const { workspaceId, visitorId } = visitor;
  const involved = [...new Set([host, ...(await hostsHeldBy(db, workspaceId, visitorId))])];
  const held = await withLocks(
    db,
    involved.map((id) => `host ${id}` as const),
    async (transaction) => {
      await clearHolds(transaction, workspaceId, involved, visitorId);
      const now = await databaseNow(transaction);
      const found: Host | undefined = (
        await loadHosts(transaction, wantedBy(visitor, offer, startAt, host))
      )[0];
      if (!found || !fitsOffer(found, zones, { start: startAt, offeredAt: offer.offeredAt, now }).fits)
        return null;
      const hold = {
        id: newId<"meeting">(),
        startAt,
        endAt: startAt + offer.durationMinutes * MINUTE,
        holdUntil: now + limits.holdMinutes * MINUTE,
      };
      await insertHold(transaction, {
        ...hold,
        workspaceId,
        visitorId,
        hostId: host,
        bufferMinutes: found.hours.bufferMinutes,
      });
      return { holdId: hold.id, startAt, endAt: hold.endAt, expiresAt: hold.holdUntil };
    },
  );
  return held === "overlap" ? null : held;
}

function wantedBy(visitor: Visitor, offer: SlotsOffer, startAt: Instant, host: HostChoice): Wanted {
  return {
    workspaceId: visitor.workspaceId,
    host,
    askedBy: visitor.visitorId,
    from: startAt,
    to: startAt + 1,
    except: { holdsOf: visitor.visitorId },
    durationMinutes: offer.durationMinutes,
  };
}
