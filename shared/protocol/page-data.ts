import type { BookingPageRouteAnswers } from "./booking-page-routes.ts";
import type { Answer } from "./errors.ts";
import type { SiteLook } from "./site-look.ts";
import type { SlotsAnswer } from "./visitor-routes.ts";

// What the server writes into our pages as JSON, in `<script type="application/json" id="foyer">`.

/** `GET /frame?site=KEY`. */
export type FrameConfig = {
  siteKey: string;
  /** Origins that may embed the frame and talk to it. */
  origins: string[];
  look: SiteLook;
  /** Address of the chat app's module on our origin. */
  entry: string;
  /** The same for the teaser's. */
  teaser: string;
};

/** The pages that mails lead to (`mailedPaths`), for the program in widget/manage. */
export type MailedPageConfig = {
  page: "meeting" | "conversation";
  /** For `/visitor/meeting-links/:token`, or for `POST /visitor/resume`. Whether it is good is for the page to ask. */
  token: string;
  /** Address of the chat app's module on our origin. */
  entry: string;
};

/** What the public page of a meeting type shows first: the answers of its routes, so that its times need no second question. */
export type BookingPageStart = {
  page: Answer<BookingPageRouteAnswers["POST /visitor/booking-pages/:token"]>;
  slots: Answer<SlotsAnswer> | null;
};

/** `GET /m/<slug>`, and `GET /m/<slug>/inline` for a frame on a page of the workspace's sites. */
export type BookingPageConfig = {
  slug: string;
  /** Null: to be asked. */
  start: BookingPageStart | null;
  /** Origins that may embed it and talk to it; null on our own page. */
  origins: string[] | null;
};
