import { effect } from "@preact/signals";
import { render } from "preact";
import type { BookingPageConfig } from "../../shared/protocol/page-data.ts";
import bookerCss from "../../shared/ui/booker.css";
import listCss from "../../shared/ui/list.css";
import tokensCss from "../../shared/ui/tokens.css";
import { clientId } from "../frame/client-id.ts";
import { browserClock } from "../frame/link.ts";
import { wearColor, wearStyles } from "../frame/styles.ts";
import manageCss from "../manage/manage.css";
import { chatText } from "../text.ts";
import css from "./book.css";
import { bookingPageApi } from "./booking-page-api.ts";
import { BookPageModel } from "./models/book-page.ts";
import { tellPage } from "./tell-page.ts";
import { BookPage } from "./views/BookPage.tsx";

// The public page of a meeting type, on its own or inside a page of a customer.

const app = document.getElementById("app") as HTMLElement;
const { slug, start, origins } = JSON.parse(
  document.getElementById("foyer")?.textContent ?? "",
) as BookingPageConfig;
const asked = new URLSearchParams(location.search);
const root = document.documentElement;
root.dir = chatText.direction;
if (origins) root.classList.add("inline");
wearStyles(tokensCss + listCss + bookerCss + manageCss + css);

let onBooked = () => undefined as unknown;
const page = new BookPageModel({
  api: bookingPageApi(slug),
  clock: browserClock,
  clientId,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  who: { name: asked.get("name") ?? "", email: asked.get("email") ?? "" },
  start,
  onBooked: () => onBooked(),
});
if (origins) onBooked = tellPage(origins, app, page.greet);
let worn = "";
effect(() => {
  const known = page.page.value;
  if (known) document.title = `${known.type.name} · ${known.company.companyName}`;
  const color = known?.company.color ?? "#3b5bdb";
  if (color !== worn) wearColor(color);
  worn = color;
});
render(<BookPage page={page} />, app);
