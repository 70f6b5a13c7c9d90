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
import { PlaceModel } from "./models/place.ts";
import { SessionModel } from "./models/session.ts";
import { arrivedText, ringTexts } from "./ring-texts.ts";
import { connectRep } from "./socket.ts";
import "./styles/console.css";
import { App } from "./views/App.tsx";

// The only file that puts the real parts together.
const root = document.getElementById("app");
if (root) {
  const call = createApi(fetch.bind(window), () => void session.end());
  const session = new SessionModel(call);
  const needs = {
    link: connectRep(browserClock),
    call,
    clock: browserClock,
    chance: browserChance,
    shelf: createBrowserShelf(),
    alarm: createBrowserAlarm(),
    attention: browserAttention,
    places: new PlaceModel(browserAddressBar),
    ringTexts,
    arrivedText,
  };
  render(<App session={session} needs={needs} />, root);
}
