import { randomBytes } from "node:crypto";
import type { Instant, SiteId, VisitorId } from "../../shared/model/ids.ts";
import type { PageView } from "../../shared/model/people.ts";
import { newId } from "../db/ids.ts";
import { demoWorkspaceId } from "./demo-ids.ts";
import { type DemoGuest, shopPages } from "./guests.ts";
import type { DemoRows } from "./store.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
/** Earlier stays that get a row of their own; the count of visits may say more. */
const mostEarlierVisits = 2;

/** A guest's latest stay: around the talk, else some minutes before now. */
export type Stay = { startedAt: Instant; endedAt: Instant };

export function guestRows(
  guest: DemoGuest,
  ids: { visitorId: VisitorId; siteId: SiteId },
  stay: Stay,
  shopOrigin: string,
): Pick<DemoRows, "visitors" | "visits"> {
  const workspace_id = demoWorkspaceId;
  const rows: Pick<DemoRows, "visitors" | "visits"> = { visitors: [], visits: [] };
  const visit = (source: string, trail: DemoGuest["trail"], { startedAt, endedAt }: Stay): void => {
    rows.visits.push({
      id: newId<"visit">(),
      workspace_id,
      visitor_id: ids.visitorId,
      source,
      pages: JSON.stringify(pagesOf(trail, startedAt, endedAt, shopOrigin)),
      page_count: trail.length,
      started_at: new Date(startedAt),
      seen_at: new Date(endedAt),
      left_at: new Date(endedAt),
    });
  };

  const earlier = Math.min(guest.visits - 1, mostEarlierVisits);
  let firstSeenAt = stay.startedAt;
  for (let back = earlier; back >= 1; back--) {
    const startedAt = stay.startedAt - back * 2 * day - guest.trail.length * 17 * minute;
    firstSeenAt = Math.min(firstSeenAt, startedAt);
    // Who comes back comes by the address bar; only the first time has a source.
    const source = back === earlier ? guest.source : "Direct";
    visit(source, guest.trail.slice(0, back), { startedAt, endedAt: startedAt + back * 3 * minute });
  }
  visit(earlier > 0 ? "Direct" : guest.source, guest.trail, stay);

  rows.visitors.push({
    id: ids.visitorId,
    workspace_id,
    site_id: ids.siteId,
    // Of no secret: nobody can come back as an invented person.
    secret_hash: randomBytes(32),
    name: guest.name,
    email: guest.email,
    zone: guest.zone,
    language: guest.language,
    device: JSON.stringify(guest.device),
    visits: guest.visits,
    created_at: new Date(firstSeenAt),
    seen_at: new Date(stay.endedAt),
  });
  return rows;
}

function pagesOf(trail: DemoGuest["trail"], from: Instant, to: Instant, shopOrigin: string): PageView[] {
  const step = Math.floor((to - from) / (trail.length + 1));
  return trail.map((page, index) => ({
    url: `${shopOrigin}${shopPages[page].path}`,
    title: shopPages[page].title,
    at: from + index * step,
  }));
}
