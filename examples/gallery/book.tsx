import { render } from "preact";
import type { ClientId } from "../../shared/model/ids.ts";
import bookerCss from "../../shared/ui/booker.css";
import listCss from "../../shared/ui/list.css";
import tokensCss from "../../shared/ui/tokens.css";
import css from "../../widget/book/book.css";
import { bookingPageApi } from "../../widget/book/booking-page-api.ts";
import { BookPageModel } from "../../widget/book/models/book-page.ts";
import { BookPage } from "../../widget/book/views/BookPage.tsx";
import { browserClock } from "../../widget/frame/link.ts";
import { wearColor, wearStyles } from "../../widget/frame/styles.ts";
import manageCss from "../../widget/manage/manage.css";
import { answerBookings } from "./fake-bookings.ts";
import { bookStates } from "./widget-states.ts";

// The public page of a meeting type: book.html?state=<number>.

const state = bookStates[Number(new URLSearchParams(location.search).get("state"))];
const app = document.getElementById("app");
if (state && app) {
  const { page, direction = "ltr", isInline = false } = state;
  answerBookings(state.booking ?? "type");
  document.documentElement.dir = direction;
  document.documentElement.classList.toggle("inline", isInline);
  wearStyles(tokensCss + listCss + bookerCss + manageCss + css);
  wearColor("#2f5d4a");
  const model = new BookPageModel({
    api: { ...bookingPageApi("tour"), open: async () => page },
    clock: browserClock,
    clientId: () => "50000000-0000-4000-8000-000000000001" as ClientId,
    zone: "Europe/Lisbon",
    who: { name: "", email: "" },
    start: { page, slots: null },
    onBooked: () => undefined,
  });
  render(<BookPage page={model} />, app);
}
