import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { meetingDetailsRouteSchemas } from "../../shared/protocol/meeting-details-routes.ts";
import type { HttpWays } from "./foreign.ts";

/** My own details name nobody. */
export const meetingDetailsRows: {
  [R in keyof typeof meetingDetailsRouteSchemas]: HttpWays<ConsoleRouteInput<R>>;
} = {
  "GET /api/me/meeting-details": [() => ({ input: {} })],
  "PUT /api/me/meeting-details": [
    () => ({ input: { video: null, linkUrl: "", phone: "+442079460000", phoneExtension: "" } }),
  ],
};
