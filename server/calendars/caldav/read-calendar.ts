import type { MeetingId } from "../../../shared/model/ids.ts";
import type { Interval } from "../../../shared/time/intervals.ts";
import { DAY } from "../../../shared/time/local-day.ts";
import { type ProviderAccount, ProviderError } from "../../connections/port.ts";
import type { CalendarItem, CalendarToRead } from "../port.ts";
import type { CalendarReader } from "./calendar-reader.ts";
import { addressOn, askServer, failureOf, malformed, multigetBody, queryBody } from "./dav.ts";
import type { OwnAddresses } from "./own-addresses.ts";
import type { ReadObject } from "./read-answer.ts";

export type ReadDeps = { reader: CalendarReader; ownAddresses: OwnAddresses };

/** A reading under way: of which calendar, for which window. */
export type Reading = {
  account: ProviderAccount;
  calendar: CalendarToRead;
  window: Interval;
  own: readonly string[];
  signal?: AbortSignal | undefined;
};

/** What every object is asked for. */
const objectProperties = ["D:getetag", "C:calendar-data"];
/** Objects in one question. */
const mostAtOnce = 60;

export async function startReading(
  { ownAddresses }: ReadDeps,
  account: ProviderAccount,
  calendar: CalendarToRead,
  window: Interval,
  signal?: AbortSignal,
): Promise<Reading> {
  return { account, calendar, window, own: await ownAddresses(account, signal), signal };
}

/** Everything in the window. */
export async function readWindow(deps: ReadDeps, reading: Reading): Promise<ReadObject[]> {
  const { objects } = await readAnswerOf(deps, reading, windowQuery(reading, objectProperties));
  return completed(deps, reading, objects);
}

/** Some servers name an object and leave it out: then it is asked for by its name. */
export async function completed(
  deps: ReadDeps,
  reading: Reading,
  objects: readonly ReadObject[],
): Promise<ReadObject[]> {
  const missing = objects.filter(({ status, item }) => status === 200 && item === null);
  const read = await readObjects(
    deps,
    reading,
    missing.map(({ path }) => path),
  );
  return [...objects.filter((object) => !missing.includes(object)), ...read];
}

/** These objects; one that is gone meanwhile has status 404. */
export async function readObjects(
  deps: ReadDeps,
  reading: Reading,
  paths: readonly string[],
): Promise<ReadObject[]> {
  const found: ReadObject[] = [];
  for (let from = 0; from < paths.length; from += mostAtOnce) {
    const some = paths.slice(from, from + mostAtOnce);
    const { objects } = await readAnswerOf(deps, reading, multigetBody(objectProperties, some));
    const byPath = new Map(objects.map((object) => [object.path, object]));
    for (const path of some) {
      const object = byPath.get(path);
      // Named neither as there nor as gone: half an answer.
      if (!object || (object.status === 200 && object.item === null)) throw malformed();
      found.push(object);
    }
  }
  return found;
}

/** An answer to one question, read in a thread. */
export async function readAnswerOf(
  { reader }: ReadDeps,
  { account, calendar, window, own, signal }: Reading,
  body: string,
): Promise<{ objects: ReadObject[]; syncToken: string | null; isCut: boolean }> {
  const xml = await askServer(account, { method: "REPORT", path: calendar.ref, depth: "1", body, signal });
  const answer = await reader.read({
    xml,
    base: addressOn(account, calendar.ref),
    context: { zone: calendar.zone, window, own },
  });
  if (!("problem" in answer)) return answer;
  if (answer.problem === "malformed") throw malformed();
  const day = answer.problem === "unreadable_event" ? answer.day : null;
  throw new ProviderError("invalid", day === null ? answer.problem : `${answer.problem}:${day}`);
}

/** Whole days begin where their owner is, and servers reckon with another zone: a day more on both sides. */
export function windowQuery({ window }: Reading, properties: readonly string[]): string {
  return queryBody(properties, { start: window.start - DAY, end: window.end + DAY });
}

/** As the port tells it. Throws where the server could not tell of an object. */
export function toItem({ path, status, item }: ReadObject): CalendarItem {
  if (status === 404 || status === 410) return { source: path, busy: [], ownMeetingId: null };
  if (status !== 200 || item === null) throw failureOf({ status, headers: new Headers() });
  return { source: path, busy: item.busy, ownMeetingId: meetingIdIn(item.meetingId) };
}

function meetingIdIn(text: string | null): MeetingId | null {
  const isId = text !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
  return isId ? (text.toLowerCase() as MeetingId) : null; // Written by us; whoever uses it looks it up.
}
