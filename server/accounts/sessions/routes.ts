import type { SessionId } from "../../../shared/model/ids.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { type EndSessionsDeps, endOtherSessions, endSession } from "./end-sessions.ts";
import { listSessions } from "./list-sessions.ts";

/** Where a member is signed in. */
export function sessionRoutes(deps: EndSessionsDeps) {
  return defineConsoleRoutes({
    "GET /api/sessions": {
      handle: ({ member }) => listSessions(deps.db, member),
    },
    "POST /api/sessions/:id/end": {
      async handle({ member }, _input, { id }) {
        await endSession(deps, member, id as SessionId);
        return {};
      },
    },
    "POST /api/sessions/end-others": {
      handle: async ({ member }) => ({ ended: await endOtherSessions(deps, member) }),
    },
  });
}
