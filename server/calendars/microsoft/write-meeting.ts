import { z } from "zod";
import type { ProviderAccount, ProviderResponse } from "../../connections/port.ts";
import type { CalendarProvider, EventToWrite, WrittenEvent } from "../port.ts";
import { isGood, parseAnswer } from "../provider-answers.ts";
import { calendarPath, good, immutable, me, pageOf } from "./graph-pages.ts";
import { microsoftProblem } from "./microsoft-problem.ts";
import {
  eventToPatch,
  eventToPost,
  meetingProperty,
  microsoftOwnEvent,
  microsoftOwnFields,
  writtenMicrosoftEvent,
} from "./write-microsoft-event.ts";

// A meeting in an Outlook calendar: one event, however often it is written.

const headers = { prefer: `${immutable}, outlook.body-content-type="text"` };
const ownPage = pageOf(microsoftOwnEvent);
const rooms = z.object({ allowedOnlineMeetingProviders: z.array(z.string()).nullish() });

export const writeMeeting: CalendarProvider["writeEvent"] = async (account, calendarRef, event, known) => {
  const hasRooms = event.makesRoom === "teams" && (await canMakeRooms(account, calendarRef));
  if (known) {
    const changed = await change(account, event, known.externalId, hasRooms);
    if (changed) return changed;
  }
  const post = (attempt: number | null) => {
    const path = `${calendarPath(calendarRef)}/events`;
    return account.send({ method: "POST", path, headers, json: eventToPost(event, attempt, hasRooms) });
  };
  const created = await post(null);
  if (isGood(created) || microsoftProblem(created).kind !== "conflict") return answerOf(created, event);
  // Written by a call whose answer was lost, and changed since; or removed, which keeps its name taken.
  const found = await findOwn(account, calendarRef, event);
  const changed = found === undefined ? null : await change(account, event, found, hasRooms);
  return changed ?? answerOf(await post(event.sequence), event);
};

export const removeMeeting: CalendarProvider["removeEvent"] = async (
  account,
  _calendarRef,
  known,
  options,
) => {
  const path = eventPath(known.externalId);
  if (options.tells) {
    const json = { comment: options.note };
    const cancelled = await account.send({ method: "POST", path: `${path}/cancel`, headers, json });
    if (isGood(cancelled)) return;
    const problem = microsoftProblem(cancelled);
    if (problem.kind === "gone") return;
    // An event without guests cannot be cancelled, only removed.
    if (problem.kind !== "invalid" && problem.kind !== "refused") throw problem;
  }
  const response = await account.send({ method: "DELETE", path, headers });
  if (!isGood(response) && microsoftProblem(response).kind !== "gone") throw microsoftProblem(response);
};

/** Null when the event is not there any more. */
async function change(
  account: ProviderAccount,
  event: EventToWrite,
  id: string,
  hasRooms: boolean,
): Promise<WrittenEvent | null> {
  const response = await account.send({ path: `${eventPath(id)}?$select=${microsoftOwnFields}`, headers });
  if (!isGood(response) && microsoftProblem(response).kind === "gone") return null;
  const found = parseAnswer(microsoftOwnEvent, good(response));
  if (found.isCancelled === true) return null;
  const patch = eventToPatch(event, found, hasRooms);
  // Asking for nothing would still mail everybody.
  if (patch === null) return writtenMicrosoftEvent(found, event);
  return answerOf(await account.send({ method: "PATCH", path: eventPath(id), headers, json: patch }), event);
}

async function findOwn(account: ProviderAccount, calendarRef: string, { meetingId }: EventToWrite) {
  const isOurs = `singleValueExtendedProperties/Any(ep: ep/id eq '${meetingProperty}' and ep/value eq '${meetingId}')`;
  const query = new URLSearchParams({ $filter: isOurs, $select: "id,isCancelled" });
  const response = await account.send({ path: `${calendarPath(calendarRef)}/events?${query}`, headers });
  return parseAnswer(ownPage, good(response)).value.find(({ isCancelled }) => isCancelled !== true)?.id;
}

/** Personal accounts, and companies without Teams, cannot. */
async function canMakeRooms(account: ProviderAccount, calendarRef: string): Promise<boolean> {
  const path = `${calendarPath(calendarRef)}?$select=allowedOnlineMeetingProviders`;
  const response = await account.send({ path, headers });
  const { allowedOnlineMeetingProviders } = parseAnswer(rooms, good(response));
  return allowedOnlineMeetingProviders?.includes("teamsForBusiness") === true;
}

function answerOf(response: ProviderResponse, event: EventToWrite): WrittenEvent {
  return writtenMicrosoftEvent(parseAnswer(microsoftOwnEvent, good(response)), event);
}

function eventPath(id: string): string {
  return `${me}/events/${encodeURIComponent(id)}`;
}
