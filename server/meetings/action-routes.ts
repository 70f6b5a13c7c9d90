import type { MeetingId } from "../../shared/model/ids.ts";
import type { meetingActionRouteSchemas } from "../../shared/protocol/meeting-action-routes.ts";
import { AppError } from "../errors.ts";
import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import type { MeetingDeps } from "./book-meeting.ts";
import { listSlotsToMove } from "./list-slots.ts";
import { toTeamMeeting } from "./meeting-view.ts";
import { freeHostsFor } from "./meetings-to-move.ts";
import { moveMeeting } from "./move-meeting.ts";
import { noteMeeting, retryMeeting, setNoShow } from "./see-to-meeting.ts";
import { meetingToChange } from "./show-meetings.ts";

/** What a host does with a meeting, or an admin for them. The path was checked to be a UUID. */
export function meetingActionRoutes(
  deps: MeetingDeps,
): ConsoleRoutes<keyof typeof meetingActionRouteSchemas> {
  const { db } = deps;
  return defineConsoleRoutes({
    "GET /api/meetings/:id/slots": {
      limit: { points: 60, seconds: 60 },
      async handle({ member }, _input, { id }) {
        const { workspaceId, id: meetingId } = await meetingToChange(db, member, id as MeetingId);
        return listSlotsToMove(deps, { workspaceId, meetingId });
      },
    },
    "POST /api/meetings/:id/move": {
      async handle({ member }, { startAt, offer }, { id }) {
        const meeting = await meetingToChange(db, member, id as MeetingId);
        // The zone is the guest's, and stays.
        const wish = { startAt, offer, zone: meeting.guestZone };
        const moved = await moveMeeting(deps, meeting, "host", wish);
        if (moved.outcome !== "moved") throw new AppError(moved.outcome);
        return { meeting: await toTeamMeeting(db, moved.meeting) };
      },
    },
    "GET /api/meetings/:id/free-hosts": {
      async handle({ member }, _input, { id }) {
        const meeting = await meetingToChange(db, member, id as MeetingId);
        return { hostIds: meeting.state === "booked" ? await freeHostsFor(deps, meeting) : [] };
      },
    },
    "POST /api/meetings/:id/no-show": {
      async handle({ member }, { isNoShow }, { id }) {
        const meeting = await meetingToChange(db, member, id as MeetingId);
        return { meeting: await toTeamMeeting(db, await setNoShow(deps, meeting, isNoShow)) };
      },
    },
    "PUT /api/meetings/:id/notes": {
      async handle({ member }, { notes }, { id }) {
        const meeting = await meetingToChange(db, member, id as MeetingId);
        return { meeting: await toTeamMeeting(db, await noteMeeting(deps, meeting, notes)) };
      },
    },
    "POST /api/meetings/:id/retry": {
      limit: { points: 20, seconds: 60 },
      async handle({ member }, _input, { id }) {
        const meeting = await meetingToChange(db, member, id as MeetingId);
        return { meeting: await toTeamMeeting(db, await retryMeeting(deps, meeting)) };
      },
    },
  });
}
