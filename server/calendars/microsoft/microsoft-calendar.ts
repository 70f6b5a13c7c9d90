import type { Subscription } from "@microsoft/microsoft-graph-types";
import { z } from "zod";
import type { Instant, ZoneName } from "../../../shared/model/ids.ts";
import type { Interval } from "../../../shared/time/intervals.ts";
import { MINUTE } from "../../../shared/time/local-day.ts";
import { createZones, zoneName } from "../../../shared/time/zone.ts";
import { type ProviderAccount, ProviderError } from "../../connections/port.ts";
import { widened } from "../event-times.ts";
import type { CalendarItem, CalendarProvider, CalendarToRead } from "../port.ts";
import { isGood, parseAnswer } from "../provider-answers.ts";
import {
  calendarPath,
  good,
  immutable,
  isForgottenPlace,
  isOfAccount,
  me,
  pageOf,
  pagesOf,
} from "./graph-pages.ts";
import { microsoftProblem } from "./microsoft-problem.ts";
import {
  microsoftBusyEvent,
  microsoftBusyFields,
  readMicrosoftEvent,
  type ZoneOf,
} from "./read-microsoft-event.ts";
import { removeMeeting, writeMeeting } from "./write-meeting.ts";

// Outlook's calendars by Microsoft Graph, version 1.0.

/** Changes come with whole bodies, which cannot be left out: small pages, and large answers. */
const preferChanges = `${immutable}, outlook.body-content-type="text", odata.maxpagesize=50`;
const mostBytes = 20_971_520;
const mostEvents = "500";
/** What Graph grants for calendars at least, by all of its documents. */
const longestWatchMs = 4230 * MINUTE - 10 * MINUTE;

const calendarEntry = z.object({
  id: z.string(),
  name: z.string().nullish(),
  hexColor: z.string().nullish(),
  isDefaultCalendar: z.boolean().nullish(),
  canEdit: z.boolean().nullish(),
});
const calendarPage = pageOf(calendarEntry);
const busyPage = pageOf(microsoftBusyEvent);
/** That there was a change is all we take from changes: see `readChanges`. */
const changePage = pageOf(z.object({ id: z.string() }));
const settings = z.object({ timeZone: z.string().nullish() });
const subscription = z.object({ id: z.string(), expirationDateTime: z.string() });

export function createMicrosoftCalendar({ now }: { now(): Instant }): CalendarProvider {
  const zones = createZones();

  async function readView(
    account: ProviderAccount,
    { ref, zone }: CalendarToRead,
    window: Interval,
    signal?: AbortSignal,
  ): Promise<CalendarItem[]> {
    const zoneOf = await loadZoneOf();
    const query = new URLSearchParams({
      ...timesOf(widened(window)),
      $select: microsoftBusyFields,
      $top: mostEvents,
    });
    const items: CalendarItem[] = [];
    const first = `${calendarPath(ref)}/calendarView?${query}`;
    const request = { headers: { prefer: immutable }, mostBytes, ...(signal && { signal }) };
    for await (const page of pagesOf(account, first, request, busyPage)) {
      for (const event of page.value) {
        const item = readMicrosoftEvent(event, zone, window, { zones, zoneOf });
        if (!item) throw new ProviderError("transient", "time_not_understood");
        items.push(item);
      }
    }
    return items;
  }

  /** To the end of the changes. */
  async function followChanges(account: ProviderAccount, first: string) {
    let hasChanges = false;
    const request = { headers: { prefer: preferChanges }, mostBytes };
    for await (const page of pagesOf(account, first, request, changePage)) {
      hasChanges ||= page.value.length > 0;
      const cursor = page["@odata.deltaLink"];
      if (cursor !== undefined) return { hasChanges, cursor };
    }
    throw new ProviderError("transient", "answer_cut_off");
  }

  /** Null when Graph does not know the place any more, or is reached at another address than it was. */
  async function followFrom(account: ProviderAccount, cursor: string | null) {
    if (cursor === null || !isOfAccount(account, cursor)) return null;
    return followChanges(account, cursor).catch((error: unknown) => {
      if (isForgottenPlace(error)) return null;
      throw error;
    });
  }

  return {
    caps: { invites: true, room: "teams", watches: true },

    async listCalendars(account) {
      const query = new URLSearchParams({
        $select: "id,name,hexColor,isDefaultCalendar,canEdit",
        $top: "100",
      });
      const entries: z.infer<typeof calendarEntry>[] = [];
      const request = { headers: { prefer: immutable } };
      for await (const page of pagesOf(account, `${me}/calendars?${query}`, request, calendarPage))
        entries.push(...page.value);
      return entries.map(({ id, name, hexColor, isDefaultCalendar, canEdit }) => ({
        ref: id,
        name: name ?? id,
        color: hexColor && /^#[0-9a-f]{6}$/i.test(hexColor) ? hexColor : null,
        zone: null, // Graph's calendars have none: the mailbox has.
        isPrimary: isDefaultCalendar === true,
        isWritable: canEdit === true,
      }));
    },

    async mailboxZone(account) {
      const response = await account.send({ path: `${me}/mailboxSettings` });
      // A permission of its own, without which all else works.
      if (response.status === 403) return null;
      const { timeZone } = parseAnswer(settings, good(response));
      return (await loadZoneOf())(timeZone ?? "") ?? null;
    },

    readBusy: readView,

    /**
     * Graph's changes tell times of a series without what they mean, and name events out of the window as removed. So they
     * only say whether there is something to read; then the view is read, which is whole and says the same as `readBusy`.
     */
    async readChanges(account, calendar, cursor, window) {
      const known = await followFrom(account, cursor);
      if (known && !known.hasChanges) return { isWhole: false, items: [], cursor: known.cursor };
      const first = `${calendarPath(calendar.ref)}/calendarView/delta?${new URLSearchParams(timesOf(widened(window)))}`;
      // First the place, then the view: what changes between them is told the next time.
      const place = known ?? (await followChanges(account, first));
      return { isWhole: true, items: await readView(account, calendar, window), cursor: place.cursor };
    },

    writeEvent: writeMeeting,
    removeEvent: removeMeeting,

    async watch(account, calendarRef, { url, secret, until }) {
      const json = {
        changeType: "created,updated,deleted",
        notificationUrl: url,
        lifecycleNotificationUrl: url,
        resource: `me/calendars/${calendarRef}/events`,
        expirationDateTime: new Date(Math.min(until, now() + longestWatchMs)).toISOString(),
        clientState: secret,
      } satisfies Subscription;
      const headers = { prefer: immutable };
      const response = await account.send({ method: "POST", path: "/v1.0/subscriptions", headers, json });
      const { id, expirationDateTime } = parseAnswer(subscription, good(response));
      return { ref: id, until: Date.parse(expirationDateTime) };
    },

    async stopWatch(account, { ref }) {
      const path = `/v1.0/subscriptions/${encodeURIComponent(ref)}`;
      const response = await account.send({ method: "DELETE", path });
      if (!isGood(response) && response.status !== 404) throw microsoftProblem(response);
    },
  };
}

function timesOf({ start, end }: Interval) {
  return { startDateTime: new Date(start).toISOString(), endDateTime: new Date(end).toISOString() };
}

/** Loaded when it is first needed: the table of Windows' zones is large. */
async function loadZoneOf(): Promise<ZoneOf> {
  const { findIana } = await import("windows-iana");
  return (name): ZoneName | undefined => (name === "UTC" ? name : (findIana(name)[0] ?? zoneName(name)));
}
