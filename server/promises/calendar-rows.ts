import type { calDavRouteSchemas } from "../../shared/protocol/caldav-routes.ts";
import type { calendarRouteSchemas } from "../../shared/protocol/calendar-routes.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { HttpWays } from "./foreign.ts";

type CalendarRoute = keyof typeof calendarRouteSchemas | keyof typeof calDavRouteSchemas;

export const calendarRows: { [R in CalendarRoute]: HttpWays<ConsoleRouteInput<R>> } = {
  "GET /api/connections": [() => ({ input: {} })],
  "PUT /api/connections/:id/calendars": [
    ({ connection, calendar }) => ({
      input: { blocking: [calendar], receiving: calendar },
      segment: connection,
    }),
    ({ connection }) => ({ input: { blocking: [], receiving: null }, segment: connection }),
  ],
  // Nothing listens there, whoever's account it is to be.
  "POST /api/connections/caldav": [
    ({ connection }) => ({
      input: { server: "https://127.0.0.1:1", username: "stranger", password: "wrong", again: connection },
    }),
  ],
  "POST /api/connections/:id/check": [({ connection }) => ({ input: {}, segment: connection })],
  "POST /api/connections/:id/accept-zone": [({ connection }) => ({ input: {}, segment: connection })],
  "GET /api/doctor": [() => ({ input: {} })],
};
