import type { calendarRouteSchemas } from "../../shared/protocol/calendar-routes.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { HttpWays } from "./foreign.ts";

export const calendarRows: { [R in keyof typeof calendarRouteSchemas]: HttpWays<ConsoleRouteInput<R>> } = {
  "GET /api/connections": [() => ({ input: {} })],
  "PUT /api/connections/:id/calendars": [
    ({ connection, calendar }) => ({
      input: { blocking: [calendar], receiving: calendar },
      segment: connection,
    }),
    ({ connection }) => ({ input: { blocking: [], receiving: null }, segment: connection }),
  ],
  "POST /api/connections/:id/check": [({ connection }) => ({ input: {}, segment: connection })],
  "POST /api/connections/:id/accept-zone": [({ connection }) => ({ input: {}, segment: connection })],
  "GET /api/doctor": [() => ({ input: {} })],
};
