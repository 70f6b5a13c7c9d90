import { z } from "zod";
import type { DoctorLine, MyConnections } from "./connection-routes.ts";
import { idField } from "./fields.ts";

// What members see of their outside accounts, and what they choose of them. How accounts come and go is in connection-routes.ts.

export const calendarRouteSchemas = {
  /** My own, with their calendars. */
  "GET /api/connections": z.object({}),
  /** Which of this account's calendars block time; and which one of all of mine receives meetings, null: none of this account. */
  "PUT /api/connections/:id/calendars": z.object({
    blocking: z.array(idField<"calendar">()).max(200),
    receiving: idField<"calendar">().nullable(),
  }),
  /** Asks the provider now: calendars, access, changes. Answers how it went, within ten seconds. */
  "POST /api/connections/:id/check": z.object({}),
  /** The mailbox shows another zone, and that is right: it is not said again. */
  "POST /api/connections/:id/accept-zone": z.object({}),
  /** How every member's connections are. */
  "GET /api/doctor": z.object({}),
} as const;

export type CalendarRouteAnswers = {
  "GET /api/connections": MyConnections;
  "PUT /api/connections/:id/calendars": MyConnections;
  "POST /api/connections/:id/check": MyConnections;
  "POST /api/connections/:id/accept-zone": MyConnections;
  "GET /api/doctor": { members: DoctorLine[] };
};
