import type { ConversationId, MemberId, SiteId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";

// Rooms derive from what the credential or the session says, never from a payload.

/** All tabs of a visitor. */
export const visitorRoom = (id: VisitorId) => `v:${id}`;
/** All visitors with an open link, of one workspace. */
export const visitorsRoom = (id: WorkspaceId) => `vw:${id}`;
/** All visitors with an open link, of one site. */
export const siteRoom = (id: SiteId) => `vs:${id}`;
/** All consoles of a member. */
export const memberRoom = (id: MemberId) => `m:${id}`;
/** All consoles of a workspace. */
export const teamRoom = (id: WorkspaceId) => `w:${id}`;
/** Consoles that look at the live board. */
export const boardRoom = (id: WorkspaceId) => `b:${id}`;
/** Consoles that have a conversation on screen. */
export const watchRoom = (id: ConversationId) => `c:${id}`;
