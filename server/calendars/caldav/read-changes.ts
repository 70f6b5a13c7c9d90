import { createHash } from "node:crypto";
import { ProviderError } from "../../connections/port.ts";
import type { CalendarChanges } from "../port.ts";
import { addressOn, ask, failureOf, malformed, propfindBody, sendTo, syncBody } from "./dav.ts";
import { hrefPath } from "./paths.ts";
import type { ReadObject } from "./read-answer.ts";
import {
  completed,
  type ReadDeps,
  type Reading,
  readAnswerOf,
  readObjects,
  readWindow,
  toItem,
  windowQuery,
} from "./read-calendar.ts";
import { namespaces, property, propertyText, readMultistatus } from "./read-multistatus.ts";

/**
 * Where the last reading ended. `sync`: the server's own mark (RFC 6578). `etags`: for servers without one, which version of each object was
 * read.
 */
type Cursor = { sync: string } | { etags: Record<string, string> };

/** Pages of one answer; more is a server that goes round in circles. */
const mostPages = 100;

/** Without a cursor, or with one that the server does not know any more: everything. */
export async function readChanges(
  deps: ReadDeps,
  reading: Reading,
  cursor: string | null,
): Promise<CalendarChanges> {
  const known = readCursor(cursor);
  if (known === null) return readWhole(deps, reading);
  if ("sync" in known) return (await readSince(deps, reading, known.sync)) ?? readWhole(deps, reading);
  return readByEtags(deps, reading, known.etags);
}

async function readWhole(deps: ReadDeps, reading: Reading): Promise<CalendarChanges> {
  // The mark first: what happens between the two is told again.
  const sync = await readMark(reading);
  const objects = await readWindow(deps, reading);
  const next: Cursor =
    sync !== null
      ? { sync }
      : { etags: Object.fromEntries(objects.map(({ path, etag }) => [path, short(etag)])) };
  return { isWhole: true, items: objects.map(toItem), cursor: JSON.stringify(next) };
}

/** The server's mark of now; null: it has none, or cannot tell what changed since one. */
async function readMark({ account, calendar, signal }: Reading): Promise<string | null> {
  const body = propfindBody(["D:sync-token", "D:supported-report-set"]);
  const { responses } = await ask(account, {
    method: "PROPFIND",
    path: calendar.ref,
    depth: "0",
    body,
    signal,
  });
  const [own] = responses;
  if (!own) throw malformed();
  if (own.status !== 200) throw failureOf({ status: own.status, headers: new Headers() });
  const reports = property(own, "D", "supported-report-set");
  const ways = reports?.getElementsByTagNameNS(namespaces.D, "sync-collection").length ?? 0;
  return ways > 0 ? propertyText(own, "D", "sync-token") : null;
}

/** Null: the server has forgotten. */
async function readSince(deps: ReadDeps, reading: Reading, since: string): Promise<CalendarChanges | null> {
  const { account, calendar, signal } = reading;
  const base = addressOn(account, calendar.ref);
  const own = hrefPath(base, base);
  const changed = new Map<string, "there" | "gone">();
  let token = since;
  for (let page = 0; page < mostPages; page++) {
    const body = syncBody(["D:getetag"], token);
    const response = await sendTo(account, {
      method: "REPORT",
      path: calendar.ref,
      depth: "0",
      body,
      signal,
    });
    if (hasForgotten(response.status, response.text)) return null;
    if (response.status !== 207) throw failureOf(response);
    const answer = readMultistatus(response.text);
    if (!answer?.syncToken) throw malformed();
    let isCut = false;
    for (const { href, status } of answer.responses) {
      const path = hrefPath(href, base);
      if (path === null) throw malformed();
      if (path === own) isCut ||= status === 507;
      else if (status === 404 || status === 410) changed.set(path, "gone");
      else if (status === 200) changed.set(path, "there");
      else throw failureOf({ status, headers: new Headers() });
    }
    if (!isCut) return told(answer.syncToken);
    if (answer.syncToken === token) break;
    token = answer.syncToken;
  }
  throw new ProviderError("transient", "endless_changes");

  async function told(sync: string): Promise<CalendarChanges> {
    const paths = [...changed].filter(([, state]) => state === "there").map(([path]) => path);
    const items = (await readObjects(deps, reading, paths)).map(toItem);
    for (const [path, state] of changed)
      if (state === "gone") items.push({ source: path, busy: [], ownMeetingId: null });
    return { isWhole: false, items, cursor: JSON.stringify({ sync } satisfies Cursor) };
  }
}

/** By the standard 403 with a word; servers use other refusals of the question too. Whether the calendar is there, the whole reading shows. */
function hasForgotten(status: number, text: string): boolean {
  if ([400, 409, 410, 412].includes(status)) return true;
  return status === 403 && text.includes("valid-sync-token");
}

async function readByEtags(
  deps: ReadDeps,
  reading: Reading,
  etags: Readonly<Record<string, string>>,
): Promise<CalendarChanges> {
  const { objects } = await readAnswerOf(deps, reading, windowQuery(reading, ["D:getetag"]));
  const now = new Map(objects.map(({ path, etag }) => [path, short(etag)]));
  const isNew = ({ path, etag }: ReadObject) => etag === null || etags[path] !== short(etag);
  const read = await completed(deps, reading, objects.filter(isNew));
  const gone = Object.keys(etags).filter((path) => !now.has(path));
  return {
    isWhole: false,
    items: [...read.map(toItem), ...gone.map((source) => ({ source, busy: [], ownMeetingId: null }))],
    cursor: JSON.stringify({ etags: Object.fromEntries(now) } satisfies Cursor),
  };
}

/** A version in few letters: a cursor holds one for each object. */
function short(etag: string | null): string {
  return etag === null ? "" : createHash("sha256").update(etag).digest("base64url").slice(0, 12);
}

function readCursor(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    return JSON.parse(text) as Cursor; // Written above.
  } catch {
    return null;
  }
}
