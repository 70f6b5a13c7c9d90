import type { ConnectionId } from "../../shared/model/ids.ts";
import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import { acceptZone, checkConnection } from "./check-connection.ts";
import { chooseCalendars } from "./choose-calendars.ts";
import type { CalendarDeps } from "./deps.ts";
import { showConnections, showDoctor, type ViewDeps } from "./show-connections.ts";

type OfCalendars =
  | "GET /api/connections"
  | "PUT /api/connections/:id/calendars"
  | "POST /api/connections/:id/check"
  | "POST /api/connections/:id/accept-zone"
  | "GET /api/doctor";

export function calendarRoutes(deps: CalendarDeps & ViewDeps): ConsoleRoutes<OfCalendars> {
  return defineConsoleRoutes({
    "GET /api/connections": {
      handle: ({ member }) => showConnections(deps, member),
    },
    "PUT /api/connections/:id/calendars": {
      limit: { points: 60, seconds: 60 },
      async handle({ member }, choice, { id }) {
        // The path was checked to be a UUID.
        await chooseCalendars(deps, member, id as ConnectionId, choice);
        return showConnections(deps, member);
      },
    },
    "POST /api/connections/:id/check": {
      // Each asks a provider, which counts too.
      limit: { points: 12, seconds: 60 },
      async handle({ member }, _, { id }) {
        await checkConnection(deps, member, id as ConnectionId);
        return showConnections(deps, member);
      },
    },
    "POST /api/connections/:id/accept-zone": {
      async handle({ member }, _, { id }) {
        await acceptZone(deps, member, id as ConnectionId);
        return showConnections(deps, member);
      },
    },
    "GET /api/doctor": {
      limit: { points: 60, seconds: 60 },
      handle: ({ member }) => showDoctor(deps, member.workspaceId),
    },
  });
}
