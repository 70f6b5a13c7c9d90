import { render } from "preact";
import { browserAttention, browserClock } from "../../console/browser.ts";
import { AuthorizeModel } from "../../console/models/authorize.ts";
import { createFakeChance, createFakeShelf } from "../../console/models/fake-shelf.ts";
import { PlaceModel } from "../../console/models/place.ts";
import { SessionModel } from "../../console/models/session.ts";
import { SsoEntryModel } from "../../console/models/sso-entry.ts";
import type { AddressBar, Alarm } from "../../console/ports.ts";
import "../../console/styles/console.css";
import { arrivedText, ringTexts } from "../../console/ring-texts.ts";
import { App } from "../../console/views/App.tsx";
import { scenes } from "./console-scenes.ts";
import { apiOf, createWorld, linkTo } from "./console-world.ts";
import type { Scene } from "./scene.ts";

// One scene for each address: ?scene=board. Without one, the list of all.

/** The scene is in the query; where in the console one is, stays in memory. */
function addressBarAt(start: string): AddressBar {
  let path = start;
  return {
    path: () => path,
    push: (next) => {
      path = next;
    },
    replace: (next) => {
      path = next;
    },
    onMove: () => () => undefined,
  };
}

const silent: Alarm = {
  ring: () => false,
  chime: () => undefined,
  allowSound: async () => true,
  setTitle: () => undefined,
  notificationPermission: () => "default",
  askNotificationPermission: async () => undefined,
  notify: () => () => undefined,
};

function show(scene: Scene, root: HTMLElement): void {
  const now = Date.now();
  if (scene.isRtl) document.documentElement.dir = "rtl";
  const world = createWorld(now);
  scene.change?.(world, now);
  const link = linkTo(world);
  const call = apiOf(world);
  const session = new SessionModel(call);
  const entry = new SsoEntryModel(call, browserClock, () => undefined, null);
  const needs = {
    link,
    call,
    clock: browserClock,
    chance: createFakeChance(),
    shelf: createFakeShelf(),
    alarm: silent,
    attention: browserAttention,
    places: new PlaceModel(addressBarAt(scene.path)),
    uploadPhoto: async () => ({ ok: false, code: "unavailable" }) as const,
    browser: { zone: "Europe/Lisbon" },
    ringTexts,
    arrivedText,
    leave: () => undefined,
    connectOutcome: scene.connectOutcome ?? null,
  };
  render(
    <App session={session} entry={entry} needs={needs} authorize={new AuthorizeModel(call, "")} />,
    root,
  );
  setTimeout(() => {
    scene.afterwards?.(link, now);
    if (scene.click) document.querySelector<HTMLElement>(scene.click)?.click();
    if (scene.type) typeInto(scene.type.into, scene.type.words);
    document.documentElement.dataset.ready = "yes";
  }, 150);
}

function typeInto(selector: string, words: string): void {
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) return;
  field.focus();
  field.value = words.trimEnd();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (!words.endsWith("\n")) return;
  setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })), 50);
}

function list(root: HTMLElement): void {
  render(
    <main class="gallery-list">
      <h1>Console</h1>
      <ul>
        {Object.keys(scenes).map((name) => (
          <li key={name}>
            <a href={`?scene=${encodeURIComponent(name)}`}>{name}</a>
          </li>
        ))}
      </ul>
    </main>,
    root,
  );
}

const root = document.getElementById("app");
const scene = scenes[new URLSearchParams(location.search).get("scene") ?? ""];
if (root && scene) show(scene, root);
else if (root) list(root);
