import type { VisitorId, WorkspaceId } from "../../shared/model/ids.ts";

/** Who books: a visitor of a site, or whoever opened the public page of a meeting type (`guestId`, made for a day). */
export type Guest = { workspaceId: WorkspaceId } & ({ visitorId: VisitorId } | { guestId: string });

/** Whose name a held slot is in. */
export function holderOf(guest: Guest): string {
  return "visitorId" in guest ? guest.visitorId : guest.guestId;
}

/** A guest of a public page is nobody we know, whatever address they give: anybody can write down an address. */
export function visitorOf(guest: Guest): VisitorId | null {
  return "visitorId" in guest ? guest.visitorId : null;
}
