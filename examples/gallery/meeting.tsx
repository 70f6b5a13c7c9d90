import { render } from "preact";
import { encodeSlots } from "../../shared/time/slot-code.ts";
import bookerCss from "../../shared/ui/booker.css";
import listCss from "../../shared/ui/list.css";
import tokensCss from "../../shared/ui/tokens.css";
import { wearColor, wearStyles } from "../../widget/frame/styles.ts";
import css from "../../widget/manage/manage.css";
import { MeetingLinkModel } from "../../widget/manage/models/meeting-link.ts";
import { MeetingPage } from "../../widget/manage/views/MeetingPage.tsx";
import { workingHours } from "./fake-bookings.ts";
import { meetingStates } from "./widget-states.ts";

// The page behind a mailed link: meeting.html?state=<number>.

const state = meetingStates[Number(new URLSearchParams(location.search).get("state"))];
const app = document.getElementById("app");
if (state && app) {
  const { meeting, refusal } = state;
  const link = new MeetingLinkModel({
    zone: "Europe/Lisbon",
    api: {
      show: async () =>
        refusal === "never"
          ? new Promise(() => undefined)
          : refusal
            ? { ok: false, code: refusal }
            : { ok: true, meeting, company: { companyName: "Larchwell", color: "#2f5d4a" } },
      slots: async () => ({
        ok: true,
        durationMinutes: 30,
        offer: "offer",
        offerExpiresAt: Date.now() + 600_000,
        slots: encodeSlots(workingHours()),
        hosts: [meeting.host],
        type: null,
      }),
      cancel: async () => ({ ok: true, meeting: { ...meeting, state: "cancelled" } }),
      move: async ({ startAt }) => ({
        ok: true,
        meeting: { ...meeting, startAt, endAt: startAt + 1_800_000 },
      }),
    },
  });
  document.documentElement.dir = state.direction ?? "ltr";
  wearStyles(tokensCss + listCss + bookerCss + css);
  wearColor("#3b5bdb");
  render(
    <main class="page">
      <div class="sheet">
        <MeetingPage link={link} />
      </div>
    </main>,
    app,
  );
  // The model has its meeting once what is promised has settled.
  setTimeout(() => state.after?.(link), 100);
}
