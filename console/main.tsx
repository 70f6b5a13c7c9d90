import { render } from "preact";
import { createApi } from "./api.ts";
import {
  browserAddressBar,
  browserAttention,
  browserChance,
  browserClock,
  createBrowserAlarm,
  createBrowserShelf,
} from "./browser.ts";
import { AuthorizeModel } from "./models/authorize.ts";
import { doorOf } from "./models/door.ts";
import { connectOutcomeOf } from "./models/my-connections.ts";
import { PlaceModel } from "./models/place.ts";
import { SessionModel } from "./models/session.ts";
import { SsoEntryModel, ssoProblemOf } from "./models/sso-entry.ts";
import { createPhotoUpload } from "./photo-upload.ts";
import { arrivedText, ringTexts } from "./ring-texts.ts";
import { connectRep } from "./socket.ts";
import "./styles/console.css";
import { browserZone } from "./time-text.ts";
import { App } from "./views/App.tsx";
import { DoorView } from "./views/DoorView.tsx";

// The only file that puts the real parts together.
const root = document.getElementById("app");
const door = doorOf(location.pathname, location.hash);
if (root && door) {
  const call = createApi(fetch.bind(window), () => undefined);
  // Whoever only chose another password has been set up before.
  const enter = () => location.replace(door.kind === "reset" ? "/console" : "/console/setup");
  const goInside = () => location.replace("/console");
  const deps = { call, clock: browserClock, shelf: createBrowserShelf("session") };
  render(<DoorView door={door} deps={deps} onEntered={enter} onInside={goInside} />, root);
  // Another link pasted into this very tab is another door.
  addEventListener("hashchange", () => location.reload());
} else if (root) {
  const call = createApi(fetch.bind(window), () => void session.end());
  const session = new SessionModel(call);
  const leave = (url: string) => location.assign(url);
  const entry = new SsoEntryModel(call, browserClock, leave, ssoProblemOf(location.hash));
  // Before the address is tidied: where an app sent the person, its code.
  const authorize = new AuthorizeModel(call, new URLSearchParams(location.search).get("user_code") ?? "");
  const connectOutcome = connectOutcomeOf(location.search);
  const needs = {
    link: connectRep(browserClock),
    call,
    clock: browserClock,
    chance: browserChance,
    shelf: createBrowserShelf("local"),
    alarm: createBrowserAlarm(),
    attention: browserAttention,
    places: new PlaceModel(browserAddressBar),
    uploadPhoto: createPhotoUpload(fetch.bind(window)),
    browser: { zone: browserZone },
    ringTexts,
    arrivedText,
    leave,
    connectOutcome,
  };
  render(<App session={session} entry={entry} needs={needs} authorize={authorize} />, root);
}
