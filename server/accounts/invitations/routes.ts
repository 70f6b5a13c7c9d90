import type { InvitationId, WorkspaceId } from "../../../shared/model/ids.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { browserLabel } from "../browser-label.ts";
import { type KnownBrowsers, knownBrowserOf } from "../known-browsers.ts";
import { showSession } from "../session.ts";
import { formatSessionCookie, type SessionCookie } from "../session-cookie.ts";
import { type SignOutDeps, signOut } from "../sign-out.ts";
import { type InviteDeps, invitePeople, previewInvitations } from "./invite-people.ts";
import { type JoinDeps, joinWorkspace, lookAtInvitation } from "./join.ts";
import { listInvitations, showInvitation } from "./list-invitations.ts";
import { revokeInvitation } from "./revoke-invitation.ts";
import { sendAgain } from "./send-again.ts";

export type InvitationRoutesDeps = InviteDeps &
  JoinDeps &
  SignOutDeps & { cookie: SessionCookie; knownBrowsers: KnownBrowsers; hasMailbox: boolean };

/** Whole offices join on one morning, from one network; a secret of 256 bits is not guessed at this pace either. */
const joinLimit = { points: 60, seconds: 60 };

/** Inviting, for admins; joining, for whoever was invited. */
export function invitationRoutes(deps: InvitationRoutesDeps) {
  const { db, cookie, bus } = deps;
  /** After the commit: other admins look at the same list. */
  const announce = ({ workspaceId }: { workspaceId: WorkspaceId }) =>
    bus.publish({ kind: "settings", workspaceId, of: "people" });
  return defineConsoleRoutes({
    "GET /api/invitations": {
      handle: async ({ member }) => ({ invitations: await listInvitations(db, member.workspaceId) }),
    },
    "POST /api/invitations/preview": {
      limit: { points: 60, seconds: 60 },
      handle: ({ member }, wish) => previewInvitations(db, member, wish),
    },
    "POST /api/invitations": {
      limit: { points: 20, seconds: 300 },
      async handle({ member }, wish) {
        const sent = await invitePeople(deps, member, wish);
        announce(member);
        return { sent, invitations: await listInvitations(db, member.workspaceId) };
      },
    },
    "POST /api/invitations/:id/again": {
      limit: { points: 60, seconds: 60 },
      async handle({ member }, _input, { id }) {
        await sendAgain(deps, member, id as InvitationId);
        announce(member);
        return { invitation: await showInvitation(db, member.workspaceId, id as InvitationId) };
      },
    },
    "POST /api/invitations/:id/revoke": {
      async handle({ member }, _input, { id }) {
        await revokeInvitation(db, member, id as InvitationId);
        announce(member);
        return {};
      },
    },
    "POST /api/join/look": {
      limit: joinLimit,
      async handle({ request }, { secret }) {
        const here = await deps.sessions.memberOfCookies(request.headers.cookie);
        const name = here === null ? null : nameOf((await showSession(deps, here)).member);
        return lookAtInvitation(db, secret, name);
      },
    },
    "POST /api/join": {
      limit: joinLimit,
      async handle({ request, response }, joining) {
        const joined = await joinWorkspace(deps, { ...joining, label: browserLabel(request) });
        announce(joined);
        await signOut(deps, request.headers); // Whoever was signed in here before no longer is.
        response.setHeader("Set-Cookie", [
          formatSessionCookie(cookie, joined.token),
          ...(await knownBrowserOf(deps, joined)),
        ]);
        return showSession(deps, joined);
      },
    },
  });
}

function nameOf({
  firstName,
  lastName,
  email,
}: {
  firstName: string;
  lastName: string;
  email: string;
}): string {
  return `${firstName} ${lastName}`.trim() || email;
}
