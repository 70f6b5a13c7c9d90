import type { Kysely } from "kysely";
import type { VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { HostChoice, SlotsAnswer } from "../../shared/protocol/visitor-routes.ts";
import { encodeSlots } from "../../shared/time/slot-code.ts";
import type { Zones } from "../../shared/time/zone.ts";
import { loadRepCards } from "../accounts/team.ts";
import { databaseNow } from "../db/database-now.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import { farthestHorizon, loadHosts } from "./bookables.ts";
import type { MeetingLink } from "./meeting-link.ts";
import { poolSlots, stepFor } from "./slots.ts";
import { offerExpiry, signOffer } from "./slots-offer.ts";
import { meetingById } from "./store.ts";

export type SlotDeps = { db: Kysely<Database>; zones: Zones; secretKey: string };

type Asker = {
  workspaceId: WorkspaceId;
  host: HostChoice;
  askedBy?: VisitorId;
  /** A visitor's id, or that of the meeting to be moved. */
  to: string;
  except: { holdsOf: VisitorId } | { meetingId: MeetingLink["meetingId"] };
  durationMinutes: number | null;
  /** A start that is no choice: the present one of the meeting to be moved. */
  leaveOut: number | null;
};

/** Times to book, of one host or of any of the team. The visitor's own hold does not hide its time. */
export async function listSlots(
  deps: SlotDeps,
  visitor: { visitorId: VisitorId; workspaceId: WorkspaceId },
  host: HostChoice,
): Promise<SlotsAnswer> {
  return offerSlots(deps, {
    workspaceId: visitor.workspaceId,
    host,
    askedBy: visitor.visitorId,
    to: visitor.visitorId,
    except: { holdsOf: visitor.visitorId },
    durationMinutes: null,
    leaveOut: null,
  });
}

/** Times to which a meeting can be moved: of the same host, equally long. */
export async function listSlotsToMove(deps: SlotDeps, link: MeetingLink): Promise<SlotsAnswer> {
  const meeting = await meetingById(deps.db, link.workspaceId, link.meetingId);
  if (meeting?.state !== "booked") throw new AppError("not_found");
  return offerSlots(deps, {
    workspaceId: link.workspaceId,
    host: meeting.hostId,
    to: meeting.id,
    except: { meetingId: meeting.id },
    durationMinutes: (meeting.endAt - meeting.startAt) / 60_000,
    leaveOut: meeting.startAt,
  });
}

async function offerSlots({ db, zones, secretKey }: SlotDeps, asker: Asker): Promise<SlotsAnswer> {
  const now = await databaseNow(db);
  const window = { from: now, to: now + farthestHorizon };
  const hosts = await loadHosts(db, { ...asker, ...window });
  const [first] = hosts;
  if (first === undefined && asker.host !== "any") throw new AppError("not_found");
  const durationMinutes = first?.hours.durationMinutes ?? 30;
  const longest = Math.max(0, ...hosts.map(({ hours }) => hours.horizonDays)) * 86_400_000;
  const { starts } = poolSlots(hosts, zones, {
    now,
    from: now,
    to: now + longest,
    stepMinutes: stepFor(durationMinutes),
  });
  return {
    durationMinutes,
    offer: signOffer(secretKey, { to: asker.to, host: asker.host, offeredAt: now, durationMinutes }),
    offerExpiresAt: offerExpiry(now),
    type: null,
    slots: encodeSlots(starts.filter((start) => start !== asker.leaveOut)),
    hosts: await loadRepCards(
      db,
      asker.workspaceId,
      hosts.map(({ id }) => id),
    ),
  };
}
