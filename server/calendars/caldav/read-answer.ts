import type { Interval } from "../../../shared/time/intervals.ts";
import { busyOfItem, type ItemContext } from "./busy-of-item.ts";
import { hrefPath } from "./paths.ts";
import { UnreadableEvent } from "./read-ics.ts";
import { type DavResponse, propertyText, readMultistatus } from "./read-multistatus.ts";

/** An answer of a server with objects of a calendar, as it is given to the thread. `base` is the calendar's own address. */
export type AnswerToRead = { xml: string; base: string; context: ItemContext };

export type ReadObject = {
  /** Its path: what we call it. */
  path: string;
  status: number;
  etag: string | null;
  /** Null: the answer does not hold the object itself. */
  item: { busy: Interval[]; meetingId: string | null } | null;
};

/** `day` is when the event that could not be read begins, if it can be told. `malformed` is the server's fault. */
export type ReadAnswer =
  | { objects: ReadObject[]; syncToken: string | null; isCut: boolean }
  | { problem: "malformed" }
  | { problem: "unreadable_event"; day: string | null };

export function readAnswer({ xml, base, context }: AnswerToRead): ReadAnswer {
  const answer = readMultistatus(xml);
  if (answer === null) return { problem: "malformed" };
  const collection = hrefPath(base, base);
  const objects: ReadObject[] = [];
  let isCut = false;
  try {
    for (const response of answer.responses) {
      const path = hrefPath(response.href, base);
      if (path === null) return { problem: "malformed" };
      // Of the calendar itself only one thing is told: that there is more.
      if (path === collection) {
        isCut ||= response.status === 507;
        continue;
      }
      objects.push(readObject(response, path, context));
    }
  } catch (error) {
    if (error instanceof UnreadableEvent) return { problem: "unreadable_event", day: error.day };
    throw error;
  }
  return { objects, syncToken: answer.syncToken, isCut };
}

function readObject(response: DavResponse, path: string, context: ItemContext): ReadObject {
  const ics = response.status === 200 ? propertyText(response, "C", "calendar-data") : null;
  return {
    path,
    status: response.status,
    etag: propertyText(response, "D", "getetag"),
    item: ics === null ? null : busyOfItem(ics, context),
  };
}
