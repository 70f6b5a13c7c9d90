import type { Instant, MemberId, VisitorId, ZoneName } from "./ids.ts";

/** `admin` steers the workspace and may chat; `rep` chats and meets; `meetings_only` is booked and never chats. */
/** How a session began; `app` is a program that asked for its sign-in in a browser. */
export type SessionKind = "password" | "invitation" | "sso" | "phone" | "app";

export type Role = "admin" | "rep" | "meetings_only";

/** Whether a member of this role takes one of the workspace's seats: whoever may chat. */
export function takesSeat(role: Role): boolean {
  return role !== "meetings_only";
}

/** `busy` is derived: available, but as many open conversations as the rep takes. */
export type Presence = "available" | "busy" | "away" | "offline";

/** What a visitor may know of a member. `photoUrl` is a path on our origin; null means initials are drawn. */
export type RepCard = {
  id: MemberId;
  firstName: string;
  lastName: string;
  jobTitle: string;
  photoUrl: string | null;
  presence: Presence;
};

/** Whether visitors see this member as one who chats. */
export function meetsVisitors({ role, isReady }: Pick<TeamMember, "role" | "isReady">): boolean {
  return takesSeat(role) && isReady;
}

/** What colleagues know of a member. */
export type TeamMember = RepCard & {
  role: Role;
  /** Visitors may meet them: has a name, has confirmed profile and zone. Until then they are shown to nobody outside. */
  isReady: boolean;
  zone: ZoneName;
  openChats: number;
  capacity: number;
  /** Routing set this member away because three offers in a row ran out; over with the next "available". */
  hasMissedOffers: boolean;
};

export type Device = {
  kind: "phone" | "tablet" | "desktop";
  browser: string;
  os: string;
};

export type PageView = { url: string; title: string; at: Instant };

/** `left` is kept on the board for five minutes, greyed. */
export type VisitorState = "browsing" | "waiting" | "chatting" | "left";

/** One card on the live board. `trail` holds the latest pages, newest last, at most five; `pages` counts all. */
export type BoardVisitor = {
  id: VisitorId;
  name: string | null;
  email: string | null;
  page: { url: string; title: string };
  trail: PageView[];
  pages: number;
  source: string;
  startedAt: Instant;
  seenAt: Instant;
  zone: ZoneName | null;
  language: string | null;
  device: Device;
  visits: number;
  state: VisitorState;
  conversationId: string | null;
  ownerId: MemberId | null;
};
