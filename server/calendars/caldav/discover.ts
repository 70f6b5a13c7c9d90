import type { CalDavProblem } from "../../../shared/protocol/caldav-routes.ts";
import { type GuardedFetch, GuardedFetchError } from "../../guarded-fetch.ts";
import type { FoundCalendar } from "../port.ts";
import { propfindBody } from "./dav.ts";
import { calendarProperties, foundCalendars } from "./found-calendars.ts";
import { hrefsIn, type Multistatus, readMultistatus } from "./read-multistatus.ts";
import { mayFollow, placesToLook } from "./server-addresses.ts";

export type Discovered = {
  /** The account's calendars lie below it. */
  home: string;
  /** Who the server says it is. */
  principal: string;
  calendars: FoundCalendar[];
};

type Credentials = { username: string; password: string };
type Answer = { url: URL; multistatus: Multistatus };

/** All of it; somebody waits for it. */
const withinMs = 25_000;
const mostRedirects = 5;
const mostBytes = 5_000_000;
const principalProperties = ["D:current-user-principal", "C:calendar-home-set"];

/** What is wrong, told to the person who connects. */
class Refused extends Error {
  override readonly name = "Refused";

  constructor(readonly problem: CalDavProblem) {
    super(problem);
  }
}

/** From what a person typed to the calendars of their account (RFC 6764). Refusals are return values. */
export async function discover(
  fetch: GuardedFetch,
  server: string,
  credentials: Credentials,
): Promise<Discovered | { problem: CalDavProblem }> {
  const places = placesToLook(server);
  const [typed] = places;
  if (!typed) return { problem: "no_such_host" };
  const ask = asker(fetch, typed, credentials, AbortSignal.timeout(withinMs));
  try {
    for (const place of places) {
      const found = await lookAt(ask, place);
      if (found) return found;
    }
    return { problem: "no_caldav" };
  } catch (error) {
    if (error instanceof Refused) return { problem: error.problem };
    throw error;
  }
}

/** `from` is the address whose answer named this one. */
type Ask = (from: URL, url: URL, depth: "0" | "1", names: readonly string[]) => Promise<Answer | null>;

/** Null: nothing of the kind is there. Links and redirects are judged before the password goes to them. */
function asker(
  fetch: GuardedFetch,
  typed: URL,
  { username, password }: Credentials,
  signal: AbortSignal,
): Ask {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return async (from, start, depth, names) => {
    if (!mayFollow(typed, from, start)) return null;
    let url = start;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await fetch(url, {
        method: "PROPFIND",
        headers: {
          authorization,
          depth,
          "content-type": "application/xml; charset=utf-8",
          "user-agent": "Foyer",
        },
        body: propfindBody(names),
        mostBytes,
        signal,
      }).catch(refuse);
      const { status } = response;
      if (status === 401) throw new Refused("wrong_password");
      if (status === 429 || status >= 500) throw new Refused("no_answer");
      if (status >= 300 && status < 400) {
        const target = response.headers.get("location");
        const next = target !== null && URL.canParse(target, url) ? new URL(target, url) : null;
        if (next === null || !mayFollow(typed, url, next)) return null;
        url = next;
        continue;
      }
      const multistatus = status === 207 ? readMultistatus(await response.text()) : null;
      return multistatus === null ? null : { url, multistatus };
    }
    return null;
  };

  function refuse(error: unknown): never {
    if (!(error instanceof GuardedFetchError)) throw error;
    const { problem } = error;
    throw new Refused(problem === "redirected_away" || problem === "too_large" ? "no_caldav" : problem);
  }
}

async function lookAt(ask: Ask, place: URL): Promise<Discovered | null> {
  const first = await ask(place, place, "0", principalProperties);
  if (first === null) return null;
  const principal = linkIn(first, "D", "current-user-principal");
  const named = principal === null ? null : await ask(first.url, principal, "0", principalProperties);
  const { url, home } = homeIn(named) ?? homeIn(first) ?? {};
  if (!url || !home) return null;
  const listed = await ask(url, home, "1", calendarProperties);
  if (listed === null) return null;
  const calendars = foundCalendars(listed.multistatus, listed.url.href);
  if (calendars.length === 0) throw new Refused("no_calendar");
  return { home: listed.url.href, principal: (principal ?? home).pathname, calendars };
}

function homeIn(answer: Answer | null): { url: URL; home: URL } | null {
  const home = answer && linkIn(answer, "C", "calendar-home-set");
  return answer && home ? { url: answer.url, home } : null;
}

function linkIn({ url, multistatus }: Answer, prefix: "D" | "C", name: string): URL | null {
  const [href] = multistatus.responses.flatMap((response) => hrefsIn(response, prefix, name));
  return href !== undefined && URL.canParse(href, url) ? new URL(href, url) : null;
}
