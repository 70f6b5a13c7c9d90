import type { BookingPageRouteAnswers } from "../../shared/protocol/booking-page-routes.ts";
import { askHttp } from "../frame/ask-http.ts";
import { lookAtMeeting } from "../frame/booking-api.ts";
import type { Asked } from "../frame/link.ts";
import type { BookingApi } from "../frame/models/booking.ts";

export type BookingPage = BookingPageRouteAnswers["POST /visitor/booking-pages/:token"];

/** What whoever opened the public page may ask. */
export interface BookingPageApi {
  open(): Promise<Asked<BookingPage>>;
  /** `guest` is the word that the page was opened with; when it is over, the page is opened anew. */
  bookings(guest: string): BookingApi;
}

export function bookingPageApi(slug: string): BookingPageApi {
  const base = `/visitor/booking-pages/${encodeURIComponent(slug)}`;
  const open = () => askHttp<BookingPage>(base, {});
  return {
    open,
    bookings(first) {
      let guest = first;
      const slots: BookingApi["slots"] = (host, duration) => {
        const query = new URLSearchParams({ guest, host, ...(duration && { duration: `${duration}` }) });
        return askHttp(`${base}/slots?${query}`);
      };
      return {
        async slots(host, duration) {
          const answer = await slots(host, duration);
          if (answer.ok || (answer.code !== "expired" && answer.code !== "bad_signature")) return answer;
          const page = await open();
          if (!page.ok) return page;
          guest = page.guest;
          return slots(host, duration);
        },
        hold: (host, startAt, offer) => askHttp(`${base}/holds`, { guest, host, startAt, offer }),
        release: (holdId) => void askHttp(`${base}/holds/release`, { guest, holdId }),
        book: (booking) => askHttp(`${base}/meetings`, { guest, ...booking }),
        look: lookAtMeeting,
      };
    },
  };
}
