import type { bookingPageRouteSchemas } from "../../shared/protocol/booking-page-routes.ts";
import { AppError } from "../errors.ts";
import { defineVisitorRoutes, type VisitorRoutes } from "../web/route.ts";
import { bookMeeting, type MeetingDeps } from "./book-meeting.ts";
import type { BookingLimits } from "./booking-limits.ts";
import { guestOfPage, openBookingPage } from "./booking-page.ts";
import { holdTypeSlot, releaseHold } from "./hold-slot.ts";
import { listTypeSlots } from "./list-slots.ts";
import { meetingUrl } from "./meeting-link.ts";

/** The public pages of meeting types, for whoever has the link: every limit counts for a network. */
export function bookingPageRoutes(
  deps: MeetingDeps,
  limits: BookingLimits,
): VisitorRoutes<keyof typeof bookingPageRouteSchemas> {
  return defineVisitorRoutes({
    "POST /visitor/booking-pages/:token": {
      limit: { points: 60, seconds: 60 },
      handle: (_, __, { token }) => openBookingPage(deps, token),
    },
    "GET /visitor/booking-pages/:token/slots": {
      limit: { points: 120, seconds: 60 },
      async handle(_, { guest: word, host, duration }, { token }) {
        const { type, guest } = await guestOfPage(deps, token, word);
        return listTypeSlots(deps, guest, { type, host, duration });
      },
    },
    "POST /visitor/booking-pages/:token/holds": {
      limit: { points: 60, seconds: 60 },
      async handle({ network }, { guest: word, ...wish }, { token }) {
        const { type, guest } = await guestOfPage(deps, token, word);
        await limits.takeHold(network);
        const held = await holdTypeSlot(deps, guest, wish, type);
        if (held.outcome !== "held") throw new AppError(held.outcome);
        return held.hold;
      },
    },
    "POST /visitor/booking-pages/:token/holds/release": {
      async handle(_, { guest: word, holdId }, { token }) {
        const { guest } = await guestOfPage(deps, token, word);
        await releaseHold(deps, guest, holdId);
        return {};
      },
    },
    "POST /visitor/booking-pages/:token/meetings": {
      limit: { points: 40, seconds: 600 },
      async handle({ network }, { guest: word, ...wish }, { token }) {
        const { guest } = await guestOfPage(deps, token, word);
        await limits.takeBooking(network);
        const booked = await bookMeeting(deps, guest, wish);
        if (booked.outcome !== "booked") throw new AppError(booked.outcome);
        const { meeting } = booked;
        const link = { ...meeting, workspaceId: guest.workspaceId, hostId: meeting.host.id };
        return { meeting, manageUrl: meetingUrl(deps, link, "guest") };
      },
    },
  });
}
