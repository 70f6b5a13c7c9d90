import { z } from "zod";
import type { ZoneName } from "../../../shared/model/ids.ts";
import type { Interval } from "../../../shared/time/intervals.ts";
import { createZones, zoneName } from "../../../shared/time/zone.ts";
import {
  type ProviderAccount,
  ProviderError,
  type ProviderRequest,
  type ProviderResponse,
} from "../../connections/port.ts";
import { widened } from "../event-times.ts";
import type {
  CalendarChanges,
  CalendarProvider,
  CalendarToRead,
  EventToWrite,
  WrittenEvent,
} from "../port.ts";
import { isGood, parseAnswer } from "../provider-answers.ts";
import { eventIdOf } from "./event-id.ts";
import { googleProblem } from "./google-problem.ts";
import { googleBusyEvent, googleBusyFields, readGoogleEvent } from "./read-google-event.ts";
import { eventToInsert, eventToPatch, googleOwnEvent, writtenGoogleEvent } from "./write-google-event.ts";

// Google Calendar, API version 3.

const root = "/calendar/v3";
/** Google's largest page of events, and of calendars. */
const mostEvents = "2500";
const mostCalendars = "250";
/** 100,000 events in the window: no person's calendar. */
const mostPages = 40;

const calendarEntry = z.object({
  id: z.string(),
  summary: z.string().optional(),
  summaryOverride: z.string().optional(),
  backgroundColor: z.string().optional(),
  timeZone: z.string().optional(),
  primary: z.boolean().optional(),
  accessRole: z.string().optional(),
  deleted: z.boolean().optional(),
});
const calendarPage = z.object({
  items: z.array(calendarEntry).default([]),
  nextPageToken: z.string().optional(),
});
const eventPage = z.object({
  items: z.array(googleBusyEvent).default([]),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
});
const channel = z.object({ resourceId: z.string(), expiration: z.string() });

export function createGoogleCalendar(): CalendarProvider {
  const zones = createZones();

  /** Pages until the last one; `first` is repeated with each, as Google asks. */
  async function readEvents(
    account: ProviderAccount,
    { ref, zone }: CalendarToRead,
    first: Record<string, string>,
    window: Interval,
    signal?: AbortSignal,
  ): Promise<CalendarChanges> {
    const items: CalendarChanges["items"] = [];
    let pageToken: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const query = new URLSearchParams({
        singleEvents: "true",
        maxResults: mostEvents,
        fields: `nextPageToken,nextSyncToken,items(${googleBusyFields})`,
        ...first,
        ...(pageToken === undefined ? {} : { pageToken }),
      });
      const response = await ask(account, { path: `${eventsOf(ref)}?${query}`, ...(signal && { signal }) });
      const found = parseAnswer(eventPage, response);
      for (const event of found.items) {
        const item = readGoogleEvent(event, zone, window, zones);
        if (!item) throw new ProviderError("transient", "time_not_understood");
        items.push(item);
      }
      pageToken = found.nextPageToken;
      if (pageToken === undefined) return { isWhole: true, items, cursor: found.nextSyncToken ?? null };
    }
    throw new ProviderError("refused", "too_many_events");
  }

  const readWindow = (
    account: ProviderAccount,
    calendar: CalendarToRead,
    window: Interval,
    signal?: AbortSignal,
  ) => {
    const { start, end } = widened(window);
    const times = { timeMin: new Date(start).toISOString(), timeMax: new Date(end).toISOString() };
    return readEvents(account, calendar, times, window, signal);
  };

  return {
    caps: { invites: true, room: "meet", watches: true },

    async listCalendars(account) {
      const entries: z.infer<typeof calendarEntry>[] = [];
      let pageToken: string | undefined;
      do {
        const query = new URLSearchParams({ maxResults: mostCalendars, ...(pageToken && { pageToken }) });
        const response = await ask(account, { path: `${root}/users/me/calendarList?${query}` });
        const page = parseAnswer(calendarPage, response);
        entries.push(...page.items);
        pageToken = page.nextPageToken;
      } while (pageToken !== undefined);
      return entries
        .filter(({ deleted }) => deleted !== true)
        .map((entry) => ({
          ref: entry.id,
          name: entry.summaryOverride ?? entry.summary ?? entry.id,
          color: colorOf(entry.backgroundColor),
          zone: knownZone(entry.timeZone),
          isPrimary: entry.primary === true,
          isWritable: entry.accessRole === "owner" || entry.accessRole === "writer",
        }));
    },

    async mailboxZone(account) {
      const response = await ask(account, { path: `${root}/users/me/calendarList/primary` });
      return knownZone(parseAnswer(calendarEntry, response).timeZone);
    },

    async readBusy(account, calendar, window, signal) {
      return (await readWindow(account, calendar, window, signal)).items;
    },

    async readChanges(account, calendar, cursor, window) {
      if (cursor === null) return readWindow(account, calendar, window);
      try {
        const changes = await readEvents(account, calendar, { syncToken: cursor }, window);
        return { ...changes, isWhole: false };
      } catch (error) {
        if (!isForgotten(error)) throw error;
        return readWindow(account, calendar, window);
      }
    },

    async writeEvent(account, calendarRef, event, known) {
      const id = known?.externalId ?? eventIdOf(event.meetingId);
      if (known) {
        const found = await account.send({ path: eventPath(calendarRef, id) });
        if (found.status !== 404 && found.status !== 410) return change(account, calendarRef, event, found);
      }
      const created = await account.send({
        method: "POST",
        path: `${eventsOf(calendarRef)}?${sending(event.invites)}&conferenceDataVersion=1`,
        json: eventToInsert(event),
      });
      // There already: written by a call whose answer was lost, or removed, which keeps the name taken.
      if (created.status === 409) {
        const found = await account.send({ path: eventPath(calendarRef, eventIdOf(event.meetingId)) });
        return change(account, calendarRef, event, found);
      }
      return answerOf(created, event);
    },

    async removeEvent(account, calendarRef, known, { tells }) {
      const path = `${eventPath(calendarRef, known.externalId)}?${sending(tells)}`;
      const response = await account.send({ method: "DELETE", path });
      if (isGood(response) || response.status === 404 || response.status === 410) return;
      throw googleProblem(response);
    },

    async watch(account, calendarRef, { id, url, secret, until }) {
      const json = { id, type: "web_hook", address: url, token: secret, expiration: String(until) };
      const path = `${eventsOf(calendarRef)}/watch`;
      const response = await ask(account, { method: "POST", path, json }).catch((error: unknown) => {
        // Google says 401 of an address that it will not call: the account is none the worse.
        if (error instanceof ProviderError && error.kind === "auth")
          throw new ProviderError("refused", "address_refused");
        throw error;
      });
      const { resourceId, expiration } = parseAnswer(channel, response);
      return { ref: resourceId, until: Number(expiration) };
    },

    async stopWatch(account, { id, ref }) {
      const json = { id, resourceId: ref };
      const response = await account.send({ method: "POST", path: `${root}/channels/stop`, json });
      if (!isGood(response) && response.status !== 404) throw googleProblem(response);
    },
  };
}

async function change(
  account: ProviderAccount,
  calendarRef: string,
  event: EventToWrite,
  response: ProviderResponse,
): Promise<WrittenEvent> {
  if (!isGood(response)) throw googleProblem(response);
  const found = parseAnswer(googleOwnEvent, response);
  const patch = eventToPatch(event, found);
  // Asking for nothing would still mail everybody.
  if (patch === null) return writtenGoogleEvent(found, event);
  const path = `${eventPath(calendarRef, found.id)}?${sending(event.invites)}&conferenceDataVersion=1`;
  return answerOf(await account.send({ method: "PATCH", path, json: patch }), event);
}

function answerOf(response: ProviderResponse, event: EventToWrite): WrittenEvent {
  if (!isGood(response)) throw googleProblem(response);
  return writtenGoogleEvent(parseAnswer(googleOwnEvent, response), event);
}

async function ask(account: ProviderAccount, request: ProviderRequest): Promise<ProviderResponse> {
  const response = await account.send(request);
  if (!isGood(response)) throw googleProblem(response);
  return response;
}

/** 410 by the documents; 400 when the place is of another kind than we ask for now. */
function isForgotten(error: unknown): boolean {
  return (
    error instanceof ProviderError &&
    ((error.kind === "gone" && error.code !== "notFound") || error.kind === "invalid")
  );
}

function sending(tells: boolean): string {
  return `sendUpdates=${tells ? "all" : "none"}`;
}

function eventsOf(ref: string): string {
  return `${root}/calendars/${encodeURIComponent(ref)}/events`;
}

function eventPath(ref: string, id: string): string {
  return `${eventsOf(ref)}/${encodeURIComponent(id)}`;
}

function colorOf(text: string | undefined): string | null {
  return text !== undefined && /^#[0-9a-f]{6}$/i.test(text) ? text : null;
}

function knownZone(name: string | undefined): ZoneName | null {
  return (name === undefined ? undefined : zoneName(name)) ?? null;
}
