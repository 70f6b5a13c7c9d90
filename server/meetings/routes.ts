import type { MeetingId } from "../../shared/model/ids.ts";
import type { bookingPageRouteSchemas } from "../../shared/protocol/booking-page-routes.ts";
import type { meetingRouteSchemas } from "../../shared/protocol/meeting-routes.ts";
import { AppError } from "../errors.ts";
import {
  type ConsoleRoutes,
  defineConsoleRoutes,
  defineVisitorRoutes,
  type VisitorRoutes,
} from "../web/route.ts";
import { bookMeeting, type MeetingDeps } from "./book-meeting.ts";
import { createBookingLimits } from "./booking-limits.ts";
import { bookingPageRoutes } from "./booking-page-routes.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { holdSlot, releaseHold } from "./hold-slot.ts";
import { listSlots, listSlotsToMove } from "./list-slots.ts";
import { meetingUrl } from "./meeting-link.ts";
import { companyOf, toGuestMeeting, toTeamMeeting } from "./meeting-view.ts";
import { moveMeeting } from "./move-meeting.ts";
import { loadHours, previewHours, setHours } from "./set-hours.ts";
import { listMeetings, meetingOfLink, meetingToChange } from "./show-meetings.ts";
import { meetingTypeRoutes } from "./type-routes.ts";

type OfVisitors =
  | keyof typeof bookingPageRouteSchemas
  | "GET /visitor/slots"
  | "POST /visitor/holds"
  | "POST /visitor/holds/release"
  | "POST /visitor/meetings"
  | "GET /visitor/meeting-links/:token"
  | "GET /visitor/meeting-links/:token/slots"
  | "POST /visitor/meeting-links/:token/cancel"
  | "POST /visitor/meeting-links/:token/move";

export function meetingVisitorRoutes(deps: MeetingDeps): VisitorRoutes<OfVisitors> {
  const { db } = deps;
  const limits = createBookingLimits();
  return defineVisitorRoutes({
    ...bookingPageRoutes(deps, limits),
    "GET /visitor/slots": {
      limit: { points: 60, seconds: 60 },
      handle: ({ visitor }, { host, duration }) => listSlots(deps, visitor, host, duration),
    },
    "POST /visitor/holds": {
      limit: { points: 30, seconds: 60 },
      async handle({ visitor, network }, input) {
        await limits.takeHold(network);
        const held = await holdSlot(deps, visitor, input);
        if (held.outcome !== "held") throw new AppError(held.outcome);
        return held.hold;
      },
    },
    "POST /visitor/holds/release": {
      async handle({ visitor }, { holdId }) {
        await releaseHold(deps, visitor, holdId);
        return {};
      },
    },
    "POST /visitor/meetings": {
      limit: { points: 20, seconds: 600 },
      async handle({ visitor, network }, input) {
        await limits.takeBooking(network);
        const booked = await bookMeeting(deps, visitor, input);
        if (booked.outcome !== "booked") throw new AppError(booked.outcome);
        const { meeting } = booked;
        const link = { ...meeting, workspaceId: visitor.workspaceId, hostId: meeting.host.id };
        return { meeting, manageUrl: meetingUrl(deps, link, "guest") };
      },
    },
    "GET /visitor/meeting-links/:token": {
      async handle(_, __, { token }) {
        const { meeting } = await meetingOfLink(deps, token);
        return { meeting: await toGuestMeeting(db, meeting), company: await companyOf(db, meeting) };
      },
    },
    "GET /visitor/meeting-links/:token/slots": {
      limit: { points: 60, seconds: 60 },
      async handle(_, __, { token }) {
        const { link } = await meetingOfLink(deps, token);
        return listSlotsToMove(deps, link);
      },
    },
    "POST /visitor/meeting-links/:token/cancel": {
      limit: { points: 20, seconds: 60 },
      async handle(_, __, { token }) {
        const { meeting, link } = await meetingOfLink(deps, token);
        return { meeting: await toGuestMeeting(db, await cancelMeeting(deps, meeting, link.recipient)) };
      },
    },
    "POST /visitor/meeting-links/:token/move": {
      limit: { points: 20, seconds: 600 },
      async handle({ network }, input, { token }) {
        await limits.takeBooking(network);
        const { meeting, link } = await meetingOfLink(deps, token);
        const moved = await moveMeeting(deps, meeting, link.recipient, input);
        if (moved.outcome !== "moved") throw new AppError(moved.outcome);
        return { meeting: await toGuestMeeting(db, moved.meeting) };
      },
    },
  });
}

type OfTheConsole =
  | keyof typeof meetingRouteSchemas
  | "GET /api/hours"
  | "PUT /api/hours"
  | "POST /api/hours/preview"
  | "GET /api/meetings"
  | "POST /api/meetings/:id/cancel";

export function meetingConsoleRoutes(deps: MeetingDeps): ConsoleRoutes<OfTheConsole> {
  const { db } = deps;
  return defineConsoleRoutes({
    ...meetingTypeRoutes(deps),
    "GET /api/hours": {
      handle: async ({ member }) => ({ hours: await loadHours(db, member) }),
    },
    "PUT /api/hours": {
      handle: async ({ member }, { hours }) => ({ hours: await setHours(db, member, hours) }),
    },
    "POST /api/hours/preview": {
      handle: async ({ member }, input) => ({ free: await previewHours(deps, member, input) }),
    },
    "GET /api/meetings": {
      handle: async ({ member }, input) => ({ meetings: await listMeetings(deps, member, input) }),
    },
    "POST /api/meetings/:id/cancel": {
      async handle({ member }, _, { id }) {
        // The path was checked to be a UUID.
        const meeting = await meetingToChange(db, member, id as MeetingId);
        const cancelled = await cancelMeeting(deps, meeting, "host");
        return { meeting: await toTeamMeeting(db, cancelled) };
      },
    },
  });
}
