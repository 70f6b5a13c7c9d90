import type { SiteLook } from "./site-look.ts";

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
