import type { Kysely } from "kysely";
import type { SiteId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import { meetsVisitors, type PageView, type TeamMember } from "../../shared/model/people.ts";
import type { Beacon, BeaconAnswer } from "../../shared/protocol/beacon.ts";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import { AppError } from "../errors.ts";
import type { Allowance } from "../realtime/allowance.ts";
import type { Bus } from "../realtime/hints.ts";
import { authenticateVisitor } from "./access.ts";
import { formatCredential, hashSecret, mintSecret, parseCredential } from "./credential.ts";
import { deviceOf } from "./device.ts";
import type { LiveVisitor, LiveVisitors } from "./live-visitors.ts";
import type { Sightings } from "./sightings.ts";
import type { Site, Sites } from "./sites.ts";
import { sourceOf } from "./source.ts";
import { addPage, currentVisit, hasConversation, insertVisitor, pendingFor, startVisit } from "./store.ts";

export type BeaconDeps = {
  db: Kysely<Database>;
  live: LiveVisitors;
  sites: Sites;
  bus: Bus;
  nowMs(): number;
  /** Everyone who answers on this site, with their presence, at most a moment old. */
  teamOf(workspaceId: WorkspaceId, siteId: SiteId): Promise<TeamMember[]>;
  /** Pages that one visitor may tell of: each costs several questions to the database. */
  arrivals: Allowance;
  sightings: Sightings;
  /** Asked before a new visitor is made; throws `too_many` when this network has made too many. */
  admitNewVisitor(address: string): Promise<void>;
};

/** Notes that a visitor is on a page, or leaves it; hands a newcomer its credential. */
export async function recordBeacon(
  deps: BeaconDeps,
  beacon: Beacon,
  from: { userAgent: string; address: string },
): Promise<BeaconAnswer> {
  const known = beacon.credential === null ? null : parseCredential(beacon.credential);
  // Also for a beat: where a site was removed, its open widgets learn it so.
  const site = await deps.sites.byKey(beacon.site);
  if (site === null) throw new AppError("not_found");
  if (known !== null) {
    const { event } = beacon;
    const visitor = deps.live.get(known.id);
    const isLive = visitor?.siteKey === site.publicKey && visitor.digest === digestOf(known.secret);
    if (isLive && (event === "beat" || event === "leave")) return beatOfKnown(deps, known.id, visitor, event);
    deps.arrivals.take(known.id);
  }
  return arrive(deps, site, beacon, from);
}

function beatOfKnown(
  deps: BeaconDeps,
  id: VisitorId,
  visitor: LiveVisitor,
  event: "beat" | "leave",
): BeaconAnswer {
  if (event === "leave") {
    deps.live.leave(id);
    deps.bus.publish({ kind: "board", workspaceId: visitor.workspaceId });
  } else {
    deps.live.beat(id, deps.nowMs());
  }
  return { ok: true, unread: visitor.unread, connect: visitor.connect };
}

async function arrive(
  deps: BeaconDeps,
  site: Site,
  beacon: Beacon,
  from: { userAgent: string; address: string },
): Promise<BeaconAnswer> {
  const { db, live, bus } = deps;
  deps.sightings.seen(site, beacon.url);
  const access = beacon.credential === null ? null : await authenticateVisitor(db, beacon.credential);
  // A credential is bound to its site: elsewhere it is nobody's.
  const isKnown = access !== null && access.siteId === site.id && beacon.credential !== null;
  if (beacon.event === "leave" && !isKnown) return { ok: true, unread: 0, connect: false };

  let credential = isKnown ? beacon.credential : null;
  let visitorId: VisitorId;
  if (isKnown) {
    visitorId = access.visitorId;
  } else {
    await deps.admitNewVisitor(from.address);
    visitorId = newId<"visitor">();
    const secret = mintSecret();
    credential = formatCredential(visitorId, secret);
    await insertVisitor(db, {
      id: visitorId,
      workspaceId: site.workspaceId,
      siteId: site.id,
      secretHash: hashSecret(secret),
      zone: beacon.zone,
      language: beacon.language,
      device: deviceOf(from.userAgent),
    });
  }

  const page: PageView = { url: beacon.url, title: beacon.title, at: deps.nowMs() };
  const ongoing = isKnown ? await currentVisit(db, visitorId) : null;
  const visitId =
    ongoing ??
    (await startVisit(db, {
      workspaceId: site.workspaceId,
      visitorId,
      source: sourceOf(beacon.url, beacon.referrer),
      page,
      isReturn: isKnown,
    }));
  if (ongoing !== null && (beacon.event === "hello" || beacon.event === "page"))
    await addPage(db, ongoing, page);

  const pending = isKnown ? (await pendingFor(db, [visitorId]))[0] : undefined;
  const parsed = credential === null ? null : parseCredential(credential);
  live.set(visitorId, {
    visitId,
    workspaceId: site.workspaceId,
    siteKey: site.publicKey,
    digest: digestOf(parsed?.secret ?? ""),
    seenAtMs: deps.nowMs(),
    unread: pending?.unread ?? 0,
    connect: pending !== undefined,
  });
  if (beacon.event === "leave") live.leave(visitorId);
  else live.beat(visitorId, deps.nowMs());
  bus.publish({ kind: "board", workspaceId: site.workspaceId });

  const answer: BeaconAnswer = { ok: true, unread: pending?.unread ?? 0, connect: pending !== undefined };
  if (!isKnown && credential !== null) answer.credential = credential;
  if (beacon.event === "hello") answer.greeting = await greetingFor(deps, site, isKnown ? visitorId : null);
  return answer;
}

/** The greeting is for those who have not talked to us yet, and comes from somebody who is there to be answered. */
async function greetingFor({ db, teamOf }: BeaconDeps, site: Site, visitorId: VisitorId | null) {
  const { greeting, workspaceId } = site;
  if (greeting === null) return null;
  if (visitorId !== null && (await hasConversation(db, visitorId))) return null;
  const present = (await teamOf(workspaceId, site.id)).filter(
    (member) => member.presence === "available" && meetsVisitors(member),
  );
  const rep = present.find(({ id }) => id === greeting.memberId) ?? present[0];
  if (rep === undefined) return null;
  return {
    afterSeconds: greeting.afterSeconds,
    text: greeting.text,
    name: `${rep.firstName} ${rep.lastName}`,
    title: rep.jobTitle,
    face: rep.photoUrl,
  };
}

function digestOf(secret: string): string {
  return hashSecret(secret).toString("latin1", 0, 16);
}
