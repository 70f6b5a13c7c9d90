import type { Kysely } from "kysely";
import type { meetingDetailsRouteSchemas } from "../../shared/protocol/meeting-details-routes.ts";
import type { Database } from "../db/tables.ts";
import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import { setMeetingDetails, showMeetingDetails } from "./meeting-details.ts";

/** How guests meet me. */
export function meetingDetailsRoutes({
  db,
}: {
  db: Kysely<Database>;
}): ConsoleRoutes<keyof typeof meetingDetailsRouteSchemas> {
  return defineConsoleRoutes({
    "GET /api/me/meeting-details": { handle: ({ member }) => showMeetingDetails(db, member) },
    "PUT /api/me/meeting-details": { handle: ({ member }, input) => setMeetingDetails(db, member, input) },
  });
}
