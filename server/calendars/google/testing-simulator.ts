import type { OutsideEvent } from "../testing-counterpart.ts";
import {
  openSimulatorServer,
  type SimulatedAnswer,
  type SimulatedRequest,
  type SimulatorServer,
  type TokenCheck,
} from "../testing-simulator-server.ts";
import type { GoogleJudge } from "./testing-discovery.ts";
import { type GoogleResource, pickFields } from "./testing-event.ts";
import {
  type Chosen,
  chooseEvents,
  type GoogleCalendarState,
  newCalendar,
  refusal,
  resourcesOf,
  type StoredEvent,
} from "./testing-store.ts";
import { deleteEvent, type GoogleWrites, getEvent, insertEvent, patchEvent } from "./testing-writes.ts";

// Google Calendar, as far as we speak with it, on this machine: for the contract suite and for tests of whole programs.

export type Channel = { resourceId: string; calendarId: string; address: string; token: string };

export type GoogleSimulator = SimulatorServer & {
  /** The account's own calendar, made at its first mention; its id is the account. */
  calendar(account: string): GoogleCalendarState;
  addCalendar(account: string, id: string, name: string): GoogleCalendarState;
  removeCalendar(id: string): void;
  putEvent(calendarId: string, event: OutsideEvent): string;
  changeEvent(calendarId: string, id: string, event: OutsideEvent): void;
  removeEvent(calendarId: string, id: string): void;
  /** Everything that is not cancelled, as Google would show it. */
  events(calendarId: string): GoogleResource[];
  /** All places in the changes are forgotten: 410. */
  forgetSyncTokens(): void;
  /** The next room is there after so many readings of its event. */
  delayRoom(readings: number): void;
  /** What was written by the API. */
  readonly writes: GoogleWrites;
  readonly channels: ReadonlyMap<string, Channel>;
  /** Tells all channels of a calendar of a change; answers their statuses. */
  notify(calendarId: string): Promise<number[]>;
  /** Where requests or answers were not as Google's own document says. */
  readonly violations: readonly string[];
};

export type GoogleSimulatorOptions = {
  /** Without one, a token is the name of its account. */
  checkToken?: TokenCheck;
  zone?: string;
  /** Larger pages are cut to it. */
  pageSize?: number;
  judge?: GoogleJudge | null;
  /** When channels end at the latest, as an instant. */
  channelsEnd?: number;
};

type WatchWish = { id: string; address: string; token: string; expiration: string };

export async function openGoogleSimulator(options: GoogleSimulatorOptions = {}): Promise<GoogleSimulator> {
  const { zone = "America/New_York", pageSize = 2500, judge = null, channelsEnd } = options;
  const calendars = new Map<string, GoogleCalendarState>();
  const pages = new Map<string, Chosen>();
  const channels = new Map<string, Channel>();
  const violations: string[] = [];
  const writes: GoogleWrites = { inserted: 0, patched: 0, removed: 0, mails: [], roomDelay: 0 };
  let epoch = 1;
  let count = 0;

  const addCalendar = (account: string, id: string, name: string) => {
    const made = newCalendar(account, id, name, zone);
    calendars.set(id, made);
    return made;
  };
  const calendar = (account: string) => calendars.get(account) ?? addCalendar(account, account, account);
  const existing = (id: string) => {
    const found = calendars.get(id);
    if (!found) throw new Error(`There is no calendar ${id}.`);
    return found;
  };

  function list(found: GoogleCalendarState, query: URLSearchParams): SimulatedAnswer {
    const token = query.get("syncToken");
    const notWithToken = ["timeMin", "timeMax", "iCalUID", "orderBy", "q", "updatedMin"];
    if (token !== null && notWithToken.some((name) => query.has(name))) return refusal(400, "invalid");
    const [ofEpoch, version, from = "", until = ""] = token?.split("|") ?? [];
    if (token !== null && ofEpoch !== String(epoch)) return refusal(410, "fullSyncRequired");
    const page = pages.get(query.get("pageToken") ?? "");
    if (query.has("pageToken") && !page) return refusal(400, "invalid");
    const chosen =
      page ??
      (token === null
        ? chooseEvents(found, null, query.get("timeMin") ?? "", query.get("timeMax") ?? "")
        : chooseEvents(found, { version: Number(version) }, from, until));
    const size = Math.min(pageSize, Number(query.get("maxResults") ?? 250));
    const nextPageToken = `page-${++count}`;
    const isLast = chosen.items.length <= size;
    if (!isLast) pages.set(nextPageToken, { ...chosen, items: chosen.items.slice(size) });
    const nextSyncToken = `${epoch}|${found.version}|${chosen.from}|${chosen.until}`;
    const json = {
      kind: "calendar#events",
      etag: `"${found.version}"`,
      summary: found.name,
      updated: "2027-01-01T00:00:00.000Z",
      timeZone: found.zone,
      accessRole: "owner",
      defaultReminders: [],
      items: chosen.items.slice(0, size),
      ...(isLast ? { nextSyncToken } : { nextPageToken }),
    };
    return { status: 200, json };
  }

  function calendarList(account: string, id: string | undefined): SimulatedAnswer {
    const items = [...calendars.values()].filter(({ owner }) => owner === account).map(entryOf);
    if (id === undefined)
      return { status: 200, json: { kind: "calendar#calendarList", etag: '"1"', nextSyncToken: "1", items } };
    const entry = items.find((each) => each.id === (id === "primary" ? account : id));
    return entry ? { status: 200, json: entry } : refusal(404, "notFound");
  }

  function watch({ id: calendarId }: GoogleCalendarState, wish: WatchWish): SimulatedAnswer {
    const { id, address, token } = wish;
    if (channels.has(id)) return refusal(400, "channelIdNotUnique");
    const resourceId = `resource-${++count}`;
    channels.set(id, { resourceId, calendarId, address, token });
    const expiration = String(Math.min(Number(wish.expiration), channelsEnd ?? Number.POSITIVE_INFINITY));
    const resourceUri = `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events`;
    return { status: 200, json: { kind: "api#channel", id, resourceId, resourceUri, token, expiration } };
  }

  function handle({ url, method, json, account }: SimulatedRequest): SimulatedAnswer {
    const query = url.searchParams;
    const path = url.pathname
      .replace(/^\/calendar\/v3\//, "")
      .split("/")
      .map(decodeURIComponent);
    calendar(account);
    if (path[0] === "channels") {
      const { id } = json as { id: string }; // The judge has seen it.
      return channels.delete(id) ? { status: 204 } : refusal(404, "channelNotFound");
    }
    if (path[0] === "users") return calendarList(account, path[3]);
    const found = calendars.get(path[1] === "primary" ? account : (path[1] ?? ""));
    if (found?.owner !== account || path[2] !== "events") return refusal(404, "notFound");
    const [, , , id] = path;
    if (id === "watch") return watch(found, json as WatchWish); // The judge has seen it.
    if (id === undefined)
      return method === "GET" ? list(found, query) : insertEvent(found, writes, json, query);
    const stored = found.events.get(id);
    if (!stored) return refusal(404, "notFound");
    if (method === "DELETE") return deleteEvent(found, stored, writes, query);
    if (method === "PATCH") return patchEvent(found, stored, writes, json, query);
    return getEvent(found, stored);
  }

  const server = await openSimulatorServer(
    (request) => {
      violations.push(...(judge?.request(request) ?? []));
      const answer = handle(request);
      violations.push(...(judge?.answer(request, answer) ?? []));
      const fields = request.url.searchParams.get("fields");
      if (fields === null || answer.status !== 200) return answer;
      return { ...answer, json: pickFields(answer.json, fields) };
    },
    { checkToken: options.checkToken, unauthorized: refusal(401, "authError").json },
  );

  const change = (calendarId: string, id: string, changes: Partial<StoredEvent>) => {
    const found = existing(calendarId);
    const stored = found.events.get(id);
    if (!stored) throw new Error(`There is no event ${id}.`);
    Object.assign(stored, changes, { version: ++found.version });
  };

  return {
    ...server,
    calendar,
    addCalendar,
    removeCalendar: (id) => calendars.delete(id),
    putEvent: (calendarId, outside) => {
      const found = existing(calendarId);
      const id = `sim${++count}`;
      found.events.set(id, { id, outside, isRemoved: false, version: ++found.version, told: new Set() });
      return id;
    },
    changeEvent: (calendarId, id, outside) => change(calendarId, id, { outside }),
    removeEvent: (calendarId, id) => change(calendarId, id, { isRemoved: true }),
    events: (calendarId) => {
      const found = existing(calendarId);
      const all = [...found.events.values()].flatMap((stored) => resourcesOf(stored, found));
      return all.filter(({ status }) => status !== "cancelled");
    },
    forgetSyncTokens: () => {
      epoch += 1;
    },
    delayRoom: (readings) => {
      writes.roomDelay = readings;
    },
    writes,
    channels,
    violations,
    notify: (calendarId) =>
      Promise.all(
        [...channels]
          .filter(([, channel]) => channel.calendarId === calendarId)
          .map(async ([id, { address, token, resourceId }]) => {
            const headers = {
              "x-goog-channel-id": id,
              "x-goog-channel-token": token,
              "x-goog-resource-id": resourceId,
              "x-goog-resource-state": "exists",
              "x-goog-message-number": String(++count),
            };
            return (await fetch(address, { method: "POST", headers })).status;
          }),
      ),
  };
}

function entryOf({ id, owner, name, zone }: GoogleCalendarState) {
  return {
    kind: "calendar#calendarListEntry",
    etag: '"1"',
    id,
    summary: name,
    timeZone: zone,
    colorId: "14",
    backgroundColor: "#9fe1e7",
    foregroundColor: "#000000",
    selected: true,
    accessRole: "owner",
    defaultReminders: [],
    ...(id === owner ? { primary: true } : {}),
  };
}
