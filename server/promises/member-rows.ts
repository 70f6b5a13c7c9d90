import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { memberRouteSchemas } from "../../shared/protocol/member-routes.ts";
import type { Foreign } from "./foreign.ts";

type Route = keyof typeof memberRouteSchemas;

/** How an admin of another workspace would reach for members and teams that are not theirs. */
export const memberRows: {
  [R in Route]: readonly ((foreign: Foreign) => { input: ConsoleRouteInput<R>; segment?: string })[];
} = {
  "GET /api/members": [() => ({ input: {} })],
  "POST /api/members/:id/role": [
    ({ member }) => ({ input: { role: "meetings_only", chatsTo: null }, segment: member }),
    ({ member }) => ({ input: { role: "rep", chatsTo: member }, segment: member }),
  ],
  "GET /api/members/:id/leaving": [({ member }) => ({ input: {}, segment: member })],
  "POST /api/members/:id/deactivate": [
    ({ member }) => ({ input: { chatsTo: null }, segment: member }),
    ({ member }) => ({ input: { chatsTo: member }, segment: member }),
  ],
  "POST /api/members/:id/reactivate": [({ member }) => ({ input: {}, segment: member })],
  "POST /api/members/:id/teams": [
    ({ member }) => ({ input: { teamIds: [] }, segment: member }),
    ({ member, team }) => ({ input: { teamIds: [team] }, segment: member }),
  ],
  "POST /api/meetings/:id/host": [
    ({ meeting, member }) => ({ input: { hostId: member }, segment: meeting }),
    ({ hold, member }) => ({ input: { hostId: member }, segment: hold }),
  ],
  "GET /api/teams": [() => ({ input: {} })],
  // Another's member is passed over as one that is nobody's.
  "POST /api/teams": [({ member }) => ({ input: { name: `Of ${member.slice(-12)}`, memberIds: [member] } })],
  "PUT /api/teams/:id": [
    ({ team, member }) => ({ input: { name: "Taken over", memberIds: [member] }, segment: team }),
  ],
  "POST /api/teams/:id/delete": [({ team }) => ({ input: {}, segment: team })],
};
