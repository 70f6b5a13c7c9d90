import type { Instant, ZoneName } from "../../shared/model/ids.ts";
import type { GuestMeeting } from "../../shared/model/meetings.ts";
import type { SlotsAnswer, VisitorRouteAnswers } from "../../shared/protocol/visitor-routes.ts";
import { askHttp } from "../frame/ask-http.ts";
import type { Asked } from "../frame/link.ts";

/** What whoever has the mailed link may ask: the token is the permission. */
export interface MeetingLinkApi {
  show(): Promise<Asked<VisitorRouteAnswers["GET /visitor/meeting-links/:token"]>>;
  slots(): Promise<Asked<SlotsAnswer>>;
  cancel(): Promise<Asked<{ meeting: GuestMeeting }>>;
  move(to: { startAt: Instant; offer: string; zone: ZoneName }): Promise<Asked<{ meeting: GuestMeeting }>>;
}

export function meetingLinkApi(token: string): MeetingLinkApi {
  const base = `/visitor/meeting-links/${encodeURIComponent(token)}`;
  return {
    show: () => askHttp(base),
    slots: () => askHttp(`${base}/slots`),
    cancel: () => askHttp(`${base}/cancel`, {}),
    move: (to) => askHttp(`${base}/move`, to),
  };
}
