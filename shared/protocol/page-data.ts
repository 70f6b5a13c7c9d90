import type { SiteLook } from "./site-look.ts";

/** The files of one program, as paths on our origin. */
export type ProgramFiles = {
  /** An ES module. */
  script: string;
  styles: string[];
  /** Modules that `script` imports at once. */
  preload: string[];
};

/**
 * What a page of ours is told, as JSON in `<script type="application/json" id="foyer-data">`. Read it once, at the start.
 * - `frame`: `GET /frame?site=KEY`. Presence runs from the script inside the page; `program` is loaded on intent.
 * - `chat`: `GET /chat/:token`, a whole page that starts `program` at once. The token is for `POST /visitor/resume`.
 * - `meeting`: `GET /meeting/:token`, a whole page for the guest of a meeting.
 * Whole pages hold `<div id="app">`; the console does too, at `/console` and below, and is told nothing.
 */
export type PageData =
  | { page: "frame"; siteKey: string; origins: string[]; look: SiteLook; program: ProgramFiles }
  | { page: "chat"; token: string; program: ProgramFiles }
  | { page: "meeting"; token: string };
