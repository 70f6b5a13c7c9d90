import { mailedPaths } from "../../shared/protocol/mailed-links.ts";
import { askHttp } from "./ask-http.ts";
import type { FrameHost } from "./host.ts";
import type { Asked } from "./link.ts";
import type { BookingApi } from "./models/booking.ts";

export function bookingApi(host: Pick<FrameHost, "credential">): BookingApi {
  const ask = async <T>(path: string, body?: object): Promise<Asked<T>> =>
    askHttp<T>(path, body, `Visitor ${await host.credential()}`);
  return {
    slots: (who, duration) => ask(`/visitor/slots?host=${who}${duration ? `&duration=${duration}` : ""}`),
    hold: (who, startAt, offer) => ask("/visitor/holds", { host: who, startAt, offer }),
    release: (holdId) => void ask("/visitor/holds/release", { holdId }),
    book: (booking) => ask("/visitor/meetings", booking),
    look: lookAtMeeting,
  };
}

/** A meeting by the address of the page that manages it. */
export function lookAtMeeting(manageUrl: string): ReturnType<BookingApi["look"]> {
  const token = new URL(manageUrl).pathname.slice(mailedPaths.meeting.length);
  return askHttp(`/visitor/meeting-links/${token}`);
}
