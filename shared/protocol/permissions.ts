import type { Role } from "../model/people.ts";
import type { ConsoleRoute } from "./console-routes.ts";
import type { RepAsks, RepTells } from "./rep-events.ts";

// Who may ask what: the one table of it, for HTTP and for sockets. The server refuses by it; the console hides by it.

const everyMember = ["admin", "rep", "meetings_only"] as const satisfies readonly Role[];
/** Those who chat. */
const chatting = ["admin", "rep"] as const satisfies readonly Role[];
const admins = ["admin"] as const satisfies readonly Role[];

/** Each route of the console. `everyone`: also without a session; what such a route asks for is its own proof. */
export const routePermissions = {
  "POST /api/session": "everyone",
  "GET /api/session": everyMember,
  "POST /api/session/prove": everyMember,
  "GET /api/demo-accounts": "everyone",
  "POST /api/session/end": "everyone",
  "GET /api/hours": everyMember,
  "PUT /api/hours": everyMember,
  "POST /api/hours/preview": everyMember,
  "GET /api/meetings": everyMember,
  "POST /api/meetings/:id/cancel": everyMember,
  "GET /api/canned-replies": chatting,
  "POST /api/canned-replies": chatting,
  "PUT /api/canned-replies/:id": chatting,
  "POST /api/canned-replies/:id/delete": chatting,
  "GET /api/search": chatting,
  "GET /api/mails": admins,
  "GET /api/mails/:id": admins,
  "GET /api/members": admins,
  "POST /api/members/:id/role": admins,
  "GET /api/members/:id/leaving": admins,
  "POST /api/members/:id/deactivate": admins,
  "POST /api/members/:id/reactivate": admins,
  "POST /api/members/:id/teams": admins,
  "POST /api/meetings/:id/host": everyMember,
  "GET /api/meetings/:id/slots": everyMember,
  "POST /api/meetings/:id/move": everyMember,
  "GET /api/meetings/:id/free-hosts": everyMember,
  "POST /api/meetings/:id/no-show": everyMember,
  "PUT /api/meetings/:id/notes": everyMember,
  "POST /api/meetings/:id/retry": everyMember,
  "GET /api/teams": admins,
  "POST /api/teams": admins,
  "PUT /api/teams/:id": admins,
  "POST /api/teams/:id/delete": admins,
  "POST /api/first-run/look": "everyone",
  "POST /api/first-run": "everyone",
  "GET /api/workspace": everyMember,
  "PUT /api/workspace": admins,
  "PUT /api/workspace/logo": admins,
  "PUT /api/workspace/retention": admins,
  "GET /api/workspace/retention/preview": admins,
  "GET /api/sites": admins,
  "POST /api/sites": admins,
  "PUT /api/sites/:id": admins,
  "PUT /api/sites/:id/team": admins,
  "POST /api/sites/:id/remove": admins,
  "GET /api/workspace/export/contents": admins,
  "GET /api/workspace/export": admins,
  "POST /api/workspace/deletion": admins,
  "POST /api/workspace/deletion/cancel": admins,
  "POST /api/reset": "everyone",
  "POST /api/reset/look": "everyone",
  "POST /api/reset/finish": "everyone",
  "POST /api/password": everyMember,
  "GET /api/sessions": everyMember,
  "POST /api/sessions/:id/end": everyMember,
  "POST /api/sessions/end-others": everyMember,
  "GET /api/me/profile": everyMember,
  "PUT /api/me/profile": everyMember,
  "POST /api/me/photo/remove": everyMember,
  "GET /api/me/set-up": everyMember,
  "POST /api/me/set-up/skip": everyMember,
  "POST /api/apps/look": everyMember,
  "POST /api/apps/answer": everyMember,
  "POST /api/phone-codes": everyMember,
  "GET /api/phone-codes/:id": everyMember,
  "POST /api/phone-codes/:id/answer": everyMember,
  "POST /api/phone-codes/:id/withdraw": everyMember,
  "POST /api/phone-sign-in/look": "everyone",
  "POST /api/phone-sign-in/claim": "everyone",
  "POST /api/phone-sign-in/finish": "everyone",
  "GET /api/invitations": admins,
  "POST /api/invitations/preview": admins,
  "POST /api/invitations": admins,
  "POST /api/invitations/:id/again": admins,
  "POST /api/invitations/:id/revoke": admins,
  "POST /api/join/look": "everyone",
  "POST /api/join": "everyone",
  "POST /api/sso/find": "everyone",
  "POST /api/sso/start": "everyone",
  "GET /api/sso": admins,
  "POST /api/sso/providers": admins,
  "PUT /api/sso/providers/:id": admins,
  "POST /api/sso/providers/:id/delete": admins,
  "POST /api/sso/providers/:id/verify": admins,
  "POST /api/sso/providers/:id/turn": admins,
  "POST /api/sso/metadata": admins,
  "POST /api/sso/domains": admins,
  "POST /api/sso/domains/:id/prove": admins,
  "POST /api/sso/domains/:id/delete": admins,
  "PUT /api/sso/only": admins,
  "GET /api/sso/mine": everyMember,
  "POST /api/sso/prove": everyMember,
  "GET /api/me/meeting-details": everyMember,
  "PUT /api/me/meeting-details": everyMember,
  "GET /api/connections": everyMember,
  "PUT /api/connections/:id/calendars": everyMember,
  "POST /api/connections/caldav": everyMember,
  "POST /api/connections/:id/check": everyMember,
  "POST /api/connections/:id/accept-zone": everyMember,
  "GET /api/doctor": admins,
  "GET /api/meeting-types": chatting,
  "POST /api/meeting-types": admins,
  "PUT /api/meeting-types/:id": admins,
  "POST /api/meeting-types/:id/remove": admins,
  "GET /api/meeting-types/:id/ledger": chatting,
  "GET /api/meeting-settings": chatting,
  "PUT /api/meeting-settings": admins,
  "GET /api/me/meeting-limit": everyMember,
  "PUT /api/me/meeting-limit": everyMember,
  "POST /api/connections/begin": everyMember,
  "POST /api/connections/wait": everyMember,
  "POST /api/connections/:id/disconnect": everyMember,
  "GET /api/provider-apps": admins,
  "PUT /api/provider-apps/:provider": admins,
  "POST /api/provider-apps/:provider/remove": admins,
  "POST /api/provider-apps/:provider/check": admins,
  "POST /api/connections/revoke-all": admins,
  "GET /api/audit": admins,
  "GET /api/audit/people": admins,
  "GET /api/audit/csv": admins,
} as const satisfies Readonly<Record<ConsoleRoute, "everyone" | readonly Role[]>>;

/**
 * What an app that was let in may ask for its person, where the role allows it: the day's work, and all events of `/rep`.
 * Nothing that lets somebody else in or that asks for a proof: an app has none to give. A new route is not an app's
 * until it stands here.
 */
const appRoutes: readonly ConsoleRoute[] = [
  "GET /api/session",
  "GET /api/hours",
  "PUT /api/hours",
  "POST /api/hours/preview",
  "GET /api/meetings",
  "POST /api/meetings/:id/cancel",
  "GET /api/canned-replies",
  "POST /api/canned-replies",
  "PUT /api/canned-replies/:id",
  "POST /api/canned-replies/:id/delete",
  "GET /api/search",
];

export function mayAppAskRoute(route: ConsoleRoute): boolean {
  return appRoutes.includes(route);
}

/** Each event of `/rep`. Nobody but these roles gets a link at all. */
export const eventPermissions = {
  "console:sync": chatting,
  "availability:set": chatting,
  "board:watch": chatting,
  "board:unwatch": chatting,
  "visitor:show": chatting,
  "visitor:pounce": chatting,
  "offer:accept": chatting,
  "offer:decline": chatting,
  "conversation:list": chatting,
  "conversation:watch": chatting,
  "conversation:unwatch": chatting,
  "conversation:history": chatting,
  "conversation:take": chatting,
  "conversation:hand_over": chatting,
  "conversation:close": chatting,
  "message:send": chatting,
  "note:add": chatting,
  "meeting:offer": chatting,
  "marks:set": chatting,
  "conversation:why": chatting,
  "typing:set": chatting,
} as const satisfies Readonly<Record<keyof RepAsks | keyof RepTells, readonly Role[]>>;

/** Roles that may hold a link on `/rep`: whoever may ask anything there. */
export function mayLink(role: Role): boolean {
  return Object.values(eventPermissions).some((roles: readonly Role[]) => roles.includes(role));
}

/** Asked at every event, whatever let the link in. */
export function mayAskEvent(role: Role, event: keyof RepAsks | keyof RepTells): boolean {
  const roles: readonly Role[] = eventPermissions[event];
  return roles.includes(role);
}

export type PublicConsoleRoute = {
  [R in ConsoleRoute]: (typeof routePermissions)[R] extends "everyone" ? R : never;
}[ConsoleRoute];

export function isPublicConsoleRoute(route: ConsoleRoute): boolean {
  return routePermissions[route] === "everyone";
}

export function mayAskRoute(role: Role, route: ConsoleRoute): boolean {
  const roles: "everyone" | readonly Role[] = routePermissions[route];
  return roles === "everyone" || roles.includes(role);
}
