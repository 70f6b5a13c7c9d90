import type { bookingPageRouteSchemas } from "../../shared/protocol/booking-page-routes.ts";
import type { VisitorRouteInput } from "../../shared/protocol/visitor-routes.ts";
import type { HttpWays } from "./foreign.ts";

const form = { name: "Stranger", email: "stranger@example.org", note: "", zone: "UTC", answers: [] };

/** A public page is everybody's; one that is not public, and what another guest of it has, are nobody's. */
export const bookingPageRows: {
  [R in keyof typeof bookingPageRouteSchemas]: HttpWays<VisitorRouteInput<R>>;
} = {
  "POST /visitor/booking-pages/:token": [({ privatePage }) => ({ input: {}, segment: privatePage })],
  "GET /visitor/booking-pages/:token/slots": [
    ({ privatePage, pageGuest }) => ({ input: { guest: pageGuest, host: "any" }, segment: privatePage }),
  ],
  "POST /visitor/booking-pages/:token/holds": [
    ({ privatePage, pageGuest, startAt, slotsOffer }) => ({
      input: { guest: pageGuest, host: "any", startAt, offer: slotsOffer },
      segment: privatePage,
    }),
  ],
  "POST /visitor/booking-pages/:token/holds/release": [
    ({ privatePage, pageGuest, hold }) => ({
      input: { guest: pageGuest, holdId: hold },
      segment: privatePage,
    }),
  ],
  "POST /visitor/booking-pages/:token/meetings": [
    ({ privatePage, pageGuest, hold, bookingKey }) => ({
      input: { guest: pageGuest, key: bookingKey, holdId: hold, ...form },
      segment: privatePage,
    }),
  ],
};
