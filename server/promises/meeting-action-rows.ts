import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { meetingActionRouteSchemas } from "../../shared/protocol/meeting-action-routes.ts";
import type { HttpWays } from "./foreign.ts";

/** Another workspace's meeting, and a slot that is only held, are as if they were not there. */
export const meetingActionRows: {
  [R in keyof typeof meetingActionRouteSchemas]: HttpWays<ConsoleRouteInput<R>>;
} = {
  "GET /api/meetings/:id/slots": [
    ({ meeting }) => ({ input: {}, segment: meeting }),
    ({ hold }) => ({ input: {}, segment: hold }),
  ],
  "POST /api/meetings/:id/move": [
    ({ meeting, startAt, slotsOffer }) => ({ input: { startAt, offer: slotsOffer }, segment: meeting }),
  ],
  "GET /api/meetings/:id/free-hosts": [({ meeting }) => ({ input: {}, segment: meeting })],
  "POST /api/meetings/:id/no-show": [
    ({ meeting }) => ({ input: { isNoShow: true }, segment: meeting }),
    ({ hold }) => ({ input: { isNoShow: true }, segment: hold }),
  ],
  "PUT /api/meetings/:id/notes": [
    ({ meeting }) => ({ input: { notes: "Read by a stranger" }, segment: meeting }),
  ],
  "POST /api/meetings/:id/retry": [({ meeting }) => ({ input: {}, segment: meeting })],
};
