import type { ZoneName } from "../../../shared/model/ids.ts";
import type { ProviderAccount } from "../../connections/port.ts";
import type { CalendarProvider, CalendarToRead } from "../port.ts";
import type { CalendarReader } from "./calendar-reader.ts";
import { createOwnAddresses } from "./own-addresses.ts";

export type CalDavDeps = { reader: CalendarReader; now: () => number };

/**
 * Calendars by CalDAV (RFC 4791): any server, found by its address. It invites nobody (our own mails do), makes no rooms and tells nobody
 * of changes: it is asked. What repeats is reckoned here and not by the server, so that one calendar means the same everywhere.
 */
export function createCalDavProvider({ reader, now }: CalDavDeps): CalendarProvider {
  const deps = { reader, ownAddresses: createOwnAddresses(now) };
  return {
    caps: { invites: false, room: null, watches: false },
    async listCalendars(account) {
      const { ask, propfindBody } = await import("./dav.ts");
      const { calendarProperties, foundCalendars } = await import("./found-calendars.ts");
      const body = propfindBody(calendarProperties);
      const answer = await ask(account, { method: "PROPFIND", path: account.baseUrl, depth: "1", body });
      return foundCalendars(answer, account.baseUrl);
    },
    // A server knows zones of calendars, and none of a mailbox.
    mailboxZone: async (): Promise<ZoneName | null> => null,
    async readBusy(account: ProviderAccount, calendar: CalendarToRead, window, signal) {
      const { readWindow, startReading, toItem } = await import("./read-calendar.ts");
      const reading = await startReading(deps, account, calendar, window, signal);
      return (await readWindow(deps, reading)).map(toItem);
    },
    async readChanges(account, calendar, cursor, window) {
      const { startReading } = await import("./read-calendar.ts");
      const { readChanges } = await import("./read-changes.ts");
      return readChanges(deps, await startReading(deps, account, calendar, window), cursor);
    },
    async writeEvent(account, calendarRef, event, known) {
      const { writeEvent } = await import("./write-event.ts");
      return writeEvent(account, calendarRef, event, known, now());
    },
    async removeEvent(account, _calendarRef, known) {
      const { removeEvent } = await import("./write-event.ts");
      return removeEvent(account, known);
    },
  };
}
