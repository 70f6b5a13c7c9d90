import { type ProviderAccount, ProviderError, type ProviderResponse } from "../../connections/port.ts";
import { readXml } from "../../read-xml.ts";
import type { EventToWrite, WrittenEvent } from "../port.ts";
import { addressOn, ask, failureOf, propfindBody } from "./dav.ts";
import { hrefPath } from "./paths.ts";
import { lineOf, readIcs, UnreadableEvent } from "./read-ics.ts";
import { namespaces } from "./read-multistatus.ts";
import { writeIcs } from "./write-ics.ts";

/** The event's object: where it is, and in which version; null: it is not there yet, or its version is not known. */
type Stored = { path: string; etag: string | null };
type Existing = Stored & { text: string };

/** A change between our reading and our writing, again and again, is no accident any more. */
const mostTries = 4;

/**
 * Puts the event where `known` is, else at an address that is made of its UID: a second call finds what the first one made, however that
 * ended. What its owner changed of it is written over: the meeting says what is right.
 */
export async function writeEvent(
  account: ProviderAccount,
  calendarRef: string,
  event: EventToWrite,
  known: WrittenEvent | null,
  now: number,
): Promise<WrittenEvent> {
  const usual = hrefPath(
    `${calendarRef.replace(/\/?$/, "/")}${encodeURIComponent(event.uid)}.ics`,
    account.baseUrl,
  );
  if (usual === null) throw new ProviderError("invalid", "calendar_elsewhere");
  let target: Stored = known ? { path: known.externalId, etag: known.etag } : { path: usual, etag: null };
  let sequence = event.sequence;
  const text = () => writeIcs({ event, sequence, stampAt: now });
  for (let tries = 0; tries < mostTries; tries++) {
    const response = await put(account, target, await text());
    if (isDone(response)) return written(account, target.path, response);
    const existing = await existingFor(account, calendarRef, target, response);
    if (existing === null) {
      // Not there any more: it is made anew.
      target = { path: usual, etag: null };
      continue;
    }
    sequence = Math.max(sequence, sequenceOf(existing.text));
    if (isSame(existing.text, await text())) return toWritten(existing);
    // Without versions, whatever is there.
    target = { path: existing.path, etag: existing.etag ?? "*" };
  }
  throw new ProviderError("conflict", "changes_all_the_time");
}

/** Gone already is fine. */
export async function removeEvent(account: ProviderAccount, known: WrittenEvent): Promise<void> {
  let etag = known.etag;
  for (let tries = 0; tries < mostTries; tries++) {
    const response = await account.send({
      method: "DELETE",
      path: addressOn(account, known.externalId),
      ...(etag === null ? {} : { headers: { "if-match": etag } }),
    });
    if (isDone(response) || isGone(response)) return;
    if (response.status !== 412) throw failureOf(response);
    const existing = await read(account, known.externalId);
    if (existing === null) return;
    etag = existing.etag;
  }
  throw new ProviderError("conflict", "changes_all_the_time");
}

function put(account: ProviderAccount, { path, etag }: Stored, body: string): Promise<ProviderResponse> {
  return account.send({
    method: "PUT",
    path: addressOn(account, path),
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      ...(etag === null ? { "if-none-match": "*" } : { "if-match": etag }),
    },
    body,
  });
}

/** What stands in the way of the event; null: nothing does any more. Throws where that is not the reason. */
async function existingFor(
  account: ProviderAccount,
  calendarRef: string,
  target: Stored,
  response: ProviderResponse,
): Promise<Existing | null> {
  const { status } = response;
  if (![403, 404, 409, 410, 412].includes(status)) throw failureOf(response);
  const other = conflictingPath(response, account.baseUrl);
  if (other !== null) return read(account, other);
  const existing = await read(account, target.path);
  if (existing !== null && status !== 403) return existing;
  // Nothing there, and yet refused: the calendar itself is gone, or may not be written.
  if (status !== 412) await assertThere(account, calendarRef);
  if (status === 403 || (status !== 412 && target.etag === null)) throw failureOf(response);
  return null;
}

/** Another object with this UID, which a server names when it refuses (RFC 4791, 5.3.2.1; RFC 6638, 3.2.4.1). */
function conflictingPath({ status, text }: ProviderResponse, base: string): string | null {
  if (status !== 403 && status !== 409) return null;
  const error = readXml(text);
  for (const name of ["no-uid-conflict", "unique-scheduling-object-resource"]) {
    const [conflict] = Array.from(error?.getElementsByTagNameNS(namespaces.C, name) ?? []);
    const [href] = Array.from(conflict?.getElementsByTagNameNS(namespaces.D, "href") ?? []);
    const path = href?.textContent ? hrefPath(href.textContent.trim(), base) : null;
    if (path !== null) return path;
  }
  return null;
}

async function assertThere(account: ProviderAccount, calendarRef: string): Promise<void> {
  await ask(account, {
    method: "PROPFIND",
    path: calendarRef,
    depth: "0",
    body: propfindBody(["D:resourcetype"]),
  });
}

async function read(account: ProviderAccount, path: string): Promise<Existing | null> {
  const response = await account.send({ path: addressOn(account, path) });
  if (isGone(response)) return null;
  if (response.status !== 200) throw failureOf(response);
  return { path, etag: response.headers.get("etag"), text: response.text };
}

/** Servers that store something else than was sent do not say which version it is now. */
async function written(
  account: ProviderAccount,
  path: string,
  response: ProviderResponse,
): Promise<WrittenEvent> {
  const etag = response.headers.get("etag");
  return toWritten({ path, etag: etag ?? (await read(account, path))?.etag ?? null });
}

function toWritten({ path, etag }: Stored): WrittenEvent {
  return { externalId: path, etag, joinUrl: null, isRoomPending: false };
}

function isDone({ status }: ProviderResponse): boolean {
  return status >= 200 && status < 300;
}

function isGone({ status }: ProviderResponse): boolean {
  return status === 404 || status === 410;
}

/** As far as we write it: servers add their own and write the rest in their way. */
function isSame(there: string, ours: string): boolean {
  const names = [
    "UID",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "SEQUENCE",
    "X-FOYER-MEETING",
  ];
  const linesOf = (text: string) => {
    const event = eventOf(text);
    if (!event) return null;
    const guests = event.lines
      .filter(({ name }) => name === "ATTENDEE")
      .map(({ value }) => value.toLowerCase());
    return JSON.stringify([names.map((name) => lineOf(event, name)?.value ?? null), guests.sort()]);
  };
  const first = linesOf(there);
  return first !== null && first === linesOf(ours);
}

function sequenceOf(text: string): number {
  const event = eventOf(text);
  const sequence = Number(event && lineOf(event, "SEQUENCE")?.value);
  return Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : 0;
}

function eventOf(text: string) {
  try {
    return readIcs(text)[0]?.parts.find(({ name }) => name === "VEVENT");
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}
