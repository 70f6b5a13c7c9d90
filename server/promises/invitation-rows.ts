import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { invitationRouteSchemas } from "../../shared/protocol/invitation-routes.ts";
import type { Foreign } from "./foreign.ts";

type Route = keyof typeof invitationRouteSchemas;

/** How an admin of another workspace would reach for invitations, people and teams that are not theirs. */
export const invitationRows: {
  [R in Route]: readonly ((foreign: Foreign) => { input: ConsoleRouteInput<R>; segment?: string })[];
} = {
  "GET /api/invitations": [() => ({ input: {} })],
  "POST /api/invitations/preview": [
    // Neither a member nor an invited person of theirs is known here; their team is passed over.
    ({ team, invitedEmail }) => ({ input: { text: invitedEmail, role: "rep", teamIds: [team] } }),
  ],
  "POST /api/invitations": [() => ({ input: { text: "no address", role: "rep", teamIds: [] } })],
  "POST /api/invitations/:id/again": [({ invitation }) => ({ input: {}, segment: invitation })],
  "POST /api/invitations/:id/revoke": [({ invitation }) => ({ input: {}, segment: invitation })],
  "POST /api/join/look": [() => ({ input: { secret: "a secret that was never mailed" } })],
  "POST /api/join": [
    () => ({
      input: {
        secret: "a secret that was never mailed",
        firstName: "Nobody",
        lastName: "Atall",
        password: "a long and quiet evening",
        zone: "UTC",
      },
    }),
  ],
};
