import type { ConsoleRoute } from "../../shared/protocol/console-routes.ts";
import type { RepAsks, RepTells } from "../../shared/protocol/rep-events.ts";
import type { VisitorAsks, VisitorTells } from "../../shared/protocol/visitor-events.ts";
import type { VisitorRoute } from "../../shared/protocol/visitor-routes.ts";

// Who may ask what, written down a second time: from what the product promises, never from `permissions.ts`. A new route or
// event without a row here does not compile, and one that the server lets others do fails `roles.db.test.ts`.
// Whoever is not named is refused: `forbidden` with a session of ours, `unauthenticated` without one.

/** `visitor`: with a visitor's credential and no session. */
export type Who = "nobody" | "visitor" | "rep" | "meetings_only" | "admin";

export const everybody: readonly Who[] = ["nobody", "visitor", "rep", "meetings_only", "admin"];
const members: readonly Who[] = ["rep", "meetings_only", "admin"];
const chatting: readonly Who[] = ["rep", "admin"];
const admins: readonly Who[] = ["admin"];
const visitors: readonly Who[] = ["visitor"];

export const consoleMatrix: { [R in ConsoleRoute]: readonly Who[] } = {
  "POST /api/session": everybody,
  "GET /api/session": members,
  "POST /api/session/prove": members,
  "GET /api/demo-accounts": everybody,
  "POST /api/session/end": everybody,
  "GET /api/hours": members,
  "PUT /api/hours": members,
  "POST /api/hours/preview": members,
  "GET /api/meetings": members,
  "POST /api/meetings/:id/cancel": members,
  "GET /api/canned-replies": chatting,
  "POST /api/canned-replies": chatting,
  "PUT /api/canned-replies/:id": chatting,
  "POST /api/canned-replies/:id/delete": chatting,
  "GET /api/search": chatting,
  "GET /api/mails": admins,
  "GET /api/mails/:id": admins,

  "GET /api/me/profile": members,
  "PUT /api/me/profile": members,
  "POST /api/me/photo/remove": members,
  "GET /api/me/set-up": members,
  "POST /api/me/set-up/skip": members,

  "GET /api/members": admins,
  "POST /api/members/:id/role": admins,
  "GET /api/members/:id/leaving": admins,
  "POST /api/members/:id/deactivate": admins,
  "POST /api/members/:id/reactivate": admins,
  "POST /api/members/:id/teams": admins,
  "POST /api/meetings/:id/host": members,
  "GET /api/meetings/:id/slots": members,
  "POST /api/meetings/:id/move": members,
  "GET /api/meetings/:id/free-hosts": members,
  "POST /api/meetings/:id/no-show": members,
  "PUT /api/meetings/:id/notes": members,
  "POST /api/meetings/:id/retry": members,
  "GET /api/teams": admins,
  "POST /api/teams": admins,
  "PUT /api/teams/:id": admins,
  "POST /api/teams/:id/delete": admins,

  "POST /api/reset": everybody,
  "POST /api/reset/look": everybody,
  "POST /api/reset/finish": everybody,
  "POST /api/password": members,
  "GET /api/sessions": members,
  "POST /api/sessions/:id/end": members,
  "POST /api/sessions/end-others": members,

  "POST /api/first-run/look": everybody,
  "POST /api/first-run": everybody,
  "GET /api/workspace": members,
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
  "POST /api/apps/look": members,
  "POST /api/apps/answer": members,
  "POST /api/phone-codes": members,
  "GET /api/phone-codes/:id": members,
  "POST /api/phone-codes/:id/answer": members,
  "POST /api/phone-codes/:id/withdraw": members,
  // The code that the phone has read is the permission.
  "POST /api/phone-sign-in/look": everybody,
  "POST /api/phone-sign-in/claim": everybody,
  "POST /api/phone-sign-in/finish": everybody,
  "GET /api/invitations": admins,
  "POST /api/invitations/preview": admins,
  "POST /api/invitations": admins,
  "POST /api/invitations/:id/again": admins,
  "POST /api/invitations/:id/revoke": admins,
  // Whoever has the mail has the link: its secret is the permission.
  "POST /api/join/look": everybody,
  "POST /api/join": everybody,

  "POST /api/sso/find": everybody,
  "POST /api/sso/start": everybody,
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
  "GET /api/sso/mine": members,
  "POST /api/sso/prove": members,
  "GET /api/me/meeting-details": members,
  "PUT /api/me/meeting-details": members,

  "GET /api/connections": members,
  "PUT /api/connections/:id/calendars": members,
  "POST /api/connections/caldav": members,
  "POST /api/connections/:id/check": members,
  "POST /api/connections/:id/accept-zone": members,
  "GET /api/doctor": admins,
  "GET /api/meeting-types": chatting,
  "POST /api/meeting-types": admins,
  "PUT /api/meeting-types/:id": admins,
  "POST /api/meeting-types/:id/remove": admins,
  "GET /api/meeting-types/:id/ledger": chatting,
  "GET /api/meeting-settings": chatting,
  "PUT /api/meeting-settings": admins,
  "GET /api/me/meeting-limit": members,
  "PUT /api/me/meeting-limit": members,
  "POST /api/connections/begin": members,
  "POST /api/connections/wait": members,
  "POST /api/connections/:id/disconnect": members,
  "GET /api/provider-apps": admins,
  "PUT /api/provider-apps/:provider": admins,
  "POST /api/provider-apps/:provider/remove": admins,
  "POST /api/provider-apps/:provider/check": admins,
  "POST /api/connections/revoke-all": admins,
  "GET /api/audit": admins,
  "GET /api/audit/people": admins,
  "GET /api/audit/csv": admins,
};

/** Everything on `/rep` is about chats. */
export const repMatrix: { [E in keyof RepAsks | keyof RepTells]: readonly Who[] } = {
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
};

export const visitorMatrix: { [E in keyof VisitorAsks | keyof VisitorTells]: readonly Who[] } = {
  "conversation:sync": visitors,
  "conversation:history": visitors,
  "conversation:start": visitors,
  "message:send": visitors,
  "request:again": visitors,
  "visitor:identify": visitors,
  "conversation:close": visitors,
  "marks:set": visitors,
  "typing:set": visitors,
};

export const visitorRouteMatrix: { [R in VisitorRoute]: readonly Who[] } = {
  "GET /visitor/slots": visitors,
  "POST /visitor/holds": visitors,
  "POST /visitor/holds/release": visitors,
  "POST /visitor/meetings": visitors,
  // Whoever has the mail has the link: the token is the permission.
  "POST /visitor/resume": everybody,
  "GET /visitor/meeting-links/:token": everybody,
  "GET /visitor/meeting-links/:token/slots": everybody,
  "POST /visitor/meeting-links/:token/cancel": everybody,
  "POST /visitor/meeting-links/:token/move": everybody,
  // A public page is for whoever has its link; what it gives away is the company's look, the type and its hosts' faces.
  "POST /visitor/booking-pages/:token": everybody,
  "GET /visitor/booking-pages/:token/slots": everybody,
  "POST /visitor/booking-pages/:token/holds": everybody,
  "POST /visitor/booking-pages/:token/holds/release": everybody,
  "POST /visitor/booking-pages/:token/meetings": everybody,
};

type PlainRoute = {
  who: readonly Who[];
  /** What is asked for; nothing of anybody's. */
  path: string;
};

const noId = "00000000-0000-4000-8000-000000000000";

/**
 * What is not in the contract: pages, files, health. Keyed by method and path exactly as they stand in the source, which the
 * test reads: one that is missing here fails it.
 */
export const plainMatrix: Readonly<Record<string, PlainRoute>> = {
  "GET /": { who: everybody, path: "/" },
  "GET /widget.js": { who: everybody, path: "/widget.js" },
  "GET /embed.js": { who: everybody, path: "/embed.js" },
  // A public page is for whoever has its link.
  "GET /m/:slug": { who: everybody, path: "/m/none" },
  "GET /m/:slug/inline": { who: everybody, path: "/m/none/inline" },
  "GET /frame": { who: everybody, path: "/frame?site=none" },
  "GET /console": { who: everybody, path: "/console" },
  "GET /console/*rest": { who: everybody, path: "/console/members/people" },
  "GET ${mailedPaths.meeting}:token": { who: everybody, path: "/meeting/a.b" },
  "GET ${mailedPaths.conversation}:token": { who: everybody, path: "/conversation/a.b" },
  "GET /photos/:id/:file": { who: everybody, path: `/photos/${noId}/small.webp` },
  "GET /favicon.svg": { who: everybody, path: "/favicon.svg" },
  "GET /favicon.ico": { who: everybody, path: "/favicon.ico" },
  "GET /robots.txt": { who: everybody, path: "/robots.txt" },
  "GET /assets/:folder/:file": { who: everybody, path: "/assets/console/none.js" },
  "GET /openapi.json": { who: everybody, path: "/openapi.json" },
  "GET /healthz": { who: everybody, path: "/healthz" },
  // By network, not by person: tested with the health routes.
  "GET /metrics": { who: everybody, path: "/metrics" },
  "POST /api/me/photo": { who: members, path: "/api/me/photo" },
  "POST /visitor/beacon": { who: everybody, path: "/visitor/beacon" },
  // Apps come from no page and have no cookie: what they get is what a person lets them have.
  "GET /.well-known/oauth-authorization-server": {
    who: everybody,
    path: "/.well-known/oauth-authorization-server",
  },
  "POST /oauth/device_authorization": { who: everybody, path: "/oauth/device_authorization" },
  "POST /oauth/token": { who: everybody, path: "/oauth/token" },
  // Whoever comes back from a provider proves it there and by the cookie of their flow.
  "GET /sso/oidc/:id/callback": { who: everybody, path: `/sso/oidc/${noId}/callback` },
  "POST /sso/saml/:id/acs": { who: everybody, path: `/sso/saml/${noId}/acs` },
  "GET /sso/saml/:id/continue": { who: everybody, path: `/sso/saml/${noId}/continue` },
  "POST /sso/saml/:id/continue": { who: everybody, path: `/sso/saml/${noId}/continue` },
  "GET /sso/saml/:id/metadata": { who: everybody, path: `/sso/saml/${noId}/metadata` },
  // A provider calls; what it repeats of a secret shows which channel it is about.
  "POST /connect/push/google": { who: everybody, path: "/connect/push/google" },
  "POST /connect/push/microsoft": { who: everybody, path: "/connect/push/microsoft" },
  // Likewise, and the member of that flow must be signed in there.
  "GET /connect/callback": { who: everybody, path: "/connect/callback" },
  "GET /mail-preview/:id": { who: admins, path: `/mail-preview/${noId}` },
};
