import type { Beacon, BeaconAnswer } from "../../shared/protocol/beacon.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { FrameToPage, PageToFrame } from "../../shared/protocol/frame-messages.ts";
import type { FrameConfig } from "../../shared/protocol/page-data.ts";
import { presenceText as text } from "../text.ts";
import type { Bare, FrameApp, FrameHost, Teaser } from "./host.ts";
import { keep } from "./kept.ts";
import type { TeaserModule } from "./teaser.ts";

// The script inside the frame's HTML: all that a visitor who does not chat ever loads. It tells the server that somebody is
// here, shows a greeting, and fetches the chat app when the visitor reaches for it or the server asks.

/** `limits.beatSeconds`; the table itself would not fit here. */
const BEAT_MS = 15_000;

const find = <E extends HTMLElement>(selector: string) => document.querySelector(selector) as E;
const {
  siteKey,
  origins,
  look,
  entry,
  teaser: teaserEntry,
} = JSON.parse(find("#foyer").textContent ?? "") as FrameConfig;
const kept = keep(siteKey);
const app = find("#app");
let pageOrigin = "";
let page: Extract<PageToFrame, { type: "page" }> | undefined;
let credential = kept.get("credential");
let onCredential: ((credential: string) => void) | undefined;
let listener: ((message: PageToFrame) => void) | undefined;
const unheard: PageToFrame[] = [];
let loads = 0;
let failures = 0;
let isOpen = false;
let beat: ReturnType<typeof setTimeout> | undefined;
let greeting: ReturnType<typeof setTimeout> | undefined;
let card: HTMLElement | undefined;
let teased = 0;

function post(message: Bare<FrameToPage>) {
  if (pageOrigin) parent.postMessage({ foyer: 1, ...message }, pageOrigin);
}

function told(event: Beacon["event"]) {
  const { url = "", title = "", referrer = "" } = page ?? {};
  const beacon: Beacon = {
    site: siteKey,
    credential,
    event,
    url,
    title,
    referrer,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || null,
    language: navigator.language || null,
    screenWidth: screen.width,
  };
  return new Blob([JSON.stringify(beacon)], { type: "application/json" });
}

function tell(event: Beacon["event"]) {
  clearTimeout(beat);
  // Without a credential the first visit is told again: that answer holds what never arrived.
  beat = setTimeout(() => tell(credential ? "beat" : "hello"), BEAT_MS);
  fetch("/visitor/beacon", { method: "POST", body: told(event) })
    .then((response) => response.json())
    .then(
      (answer: BeaconAnswer | { ok: false; code: ErrorCode }) => {
        if (failures > 1) post({ type: "reachable", isReachable: true });
        failures = 0;
        if (answer.ok) hear(answer);
        else if (answer.code === "not_found") {
          // The site is no more: nothing of us stays on the page, or asks again.
          clearTimeout(beat);
          post({ type: "closed" });
          post({ type: "reachable", isReachable: false });
        }
      },
      () => {
        // A missed one is normal on a train; two in a row are told.
        if (++failures === 2) post({ type: "reachable", isReachable: false });
      },
    );
}

function hear({ credential: given, unread, connect, greeting: offer }: BeaconAnswer) {
  if (given) {
    credential = given;
    kept.set("credential", given);
  }
  if (credential) onCredential?.(credential);
  // Once the app runs, it knows better.
  if (!listener) post({ type: "unread", count: unread });
  if (connect) load();
  if (!offer || kept.get("quiet")) return;
  clearTimeout(greeting);
  const { afterSeconds, ...teaser } = offer;
  greeting = setTimeout(tease, afterSeconds * 1_000, teaser);
}

async function tease(teaser: Teaser | null) {
  clearTimeout(greeting);
  const turn = ++teased;
  if (teaser) {
    try {
      const { drawTeaser }: TeaserModule = await import(teaserEntry);
      if (turn !== teased) return;
      card = drawTeaser(teaser, { press: () => post({ type: "open" }), dismiss });
    } catch {
      return; // A greeting can be missed; the launcher and its count are there.
    }
  }
  if (!card) return;
  card.hidden = !teaser || isOpen;
  // 12 pixels on each side belong to the shadow.
  const shape = card.hidden ? "hidden" : "teaser";
  post({ type: "shape", shape, width: 320, height: card.offsetHeight + 24 });
}

function dismiss() {
  kept.set("quiet", "1");
  void tease(null);
}

function load() {
  if (loads++) return;
  fetchApp();
}

// A browser may remember that a module failed; another address makes it ask again.
function fetchApp() {
  import(`${entry}?${loads}`).then(
    (module: FrameApp) => {
      app.textContent = "";
      module.start(host);
    },
    () => {
      app.textContent = text.unreachable;
      loads++;
      setTimeout(fetchApp, 5_000);
    },
  );
}

const host: FrameHost = {
  siteKey,
  look,
  isWholePage: false,
  kept,
  post,
  tease: (teaser) => void tease(teaser),
  credential(refused) {
    if (refused && refused === credential) {
      credential = null;
      tell("hello");
    }
    return new Promise((resolve) => {
      onCredential = resolve;
      if (credential) resolve(credential);
    });
  },
  listen(next) {
    listener = next;
    unheard.map(next);
  },
};

addEventListener("message", ({ source, origin, data }: MessageEvent<PageToFrame>) => {
  if (source !== parent || !origins.includes(origin) || data?.foyer !== 1) return;
  const { type } = data;
  if (type === "page") {
    const event = page ? "page" : "hello";
    page = data;
    pageOrigin = origin;
    if (event === "hello") post({ type: "ready", look, unread: 0 });
    tell(event);
  } else if (type === "leave") leave();
  else {
    if (type === "open" || type === "close") isOpen = type === "open";
    // Beside a teaser nothing else may show through.
    app.hidden = !isOpen;
    if (isOpen) void tease(null);
    if (type !== "identify") load();
    if (listener) listener(data);
    else unheard.push(data);
  }
});

function leave() {
  if (page && credential) navigator.sendBeacon("/visitor/beacon", told("leave"));
}
addEventListener("pagehide", leave);
