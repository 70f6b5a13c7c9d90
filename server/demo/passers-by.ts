import type { Kysely } from "kysely";
import type { Config } from "../config.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { resumeUrl, resumeVisitor } from "../visitors/resume-visitor.ts";
import { demoSiteKey } from "./demo-ids.ts";
import { quietVisitors } from "./store.ts";

type PassersByDeps = {
  config: Pick<Config, "publicUrl" | "secretKey">;
  db: Kysely<Database>;
  log: Log;
  shopUrl: string;
};

type Walk = { from: string; pages: readonly Page[] };
type Walker = { credential: string; walk: Walk; at: number; stepsLeft: number; isHere: boolean };
type Page = { path: string; title: string };

const home = { path: "", title: "Larchwell: quiet rooms for loud offices" };
const rooms = { path: "rooms.html", title: "The rooms: Solo, Duet and Quartet | Larchwell" };
const pricing = { path: "pricing.html", title: "Prices | Larchwell" };
const story = {
  path: "case-study.html",
  title: "The Harbour Courier: a newsroom lowers its voice | Larchwell",
};
const contact = { path: "contact.html", title: "Talk to a person | Larchwell" };

const walks: readonly Walk[] = [
  { from: "https://search.example/", pages: [home, rooms, pricing] },
  { from: "https://tradejournal.example/quiet-offices", pages: [story, rooms, story, pricing] },
  { from: "", pages: [pricing, contact, pricing, rooms] },
  { from: "https://maps.example/", pages: [rooms, home, story] },
];

/** Beats come faster than those of a real frame, so that one lost does not take a passer-by off the board. */
const stepMs = 12_000;
const stepsPerPage = 3;

/**
 * People of the demo's past who look around the shop again, so that the board is as alive as on a real site. They come
 * through the front door, by beacons; they look and never chat.
 */
export async function startPassersBy({
  config,
  db,
  log,
  shopUrl,
}: PassersByDeps): Promise<{ close(): void }> {
  const secretKey = config.secretKey;
  const visitors = await quietVisitors(db, walks.length);
  const walkers: Walker[] = [];
  for (const [index, id] of visitors.entries()) {
    const token = resumeUrl(config, id, Date.now()).split("/").pop() ?? "";
    const { credential } = await resumeVisitor({ db, secretKey, now: Date.now }, token);
    const walk = walks[index];
    if (walk !== undefined) walkers.push({ credential, walk, at: 0, stepsLeft: index, isHere: false });
  }

  async function step(walker: Walker) {
    walker.stepsLeft -= 1;
    const isNewPage = walker.stepsLeft < 0 || !walker.isHere;
    if (isNewPage) {
      if (walker.isHere) walker.at = (walker.at + 1) % walker.walk.pages.length;
      walker.stepsLeft = stepsPerPage;
    }
    const page = walker.walk.pages[walker.at] ?? home;
    const event = !walker.isHere ? "hello" : isNewPage ? "page" : "beat";
    walker.isHere = true;
    await fetch(`${config.publicUrl}/visitor/beacon`, {
      method: "POST",
      headers: { origin: config.publicUrl, "content-type": "application/json" },
      body: JSON.stringify({
        site: demoSiteKey,
        credential: walker.credential,
        event,
        url: new URL(page.path, shopUrl).href,
        title: page.title,
        referrer: walker.walk.from,
        zone: null,
        language: null,
        screenWidth: 1280,
      }),
    });
  }

  function stepAll() {
    for (const walker of walkers) {
      step(walker).catch((error: unknown) => log.debug({ err: error }, "a passer-by could not be told of"));
    }
  }
  stepAll();
  const timer = setInterval(stepAll, stepMs);
  return { close: () => clearInterval(timer) };
}
