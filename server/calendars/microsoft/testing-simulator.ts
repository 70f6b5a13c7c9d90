import type { Calendar, Event, Subscription } from "@microsoft/microsoft-graph-types";
import type { OutsideEvent } from "../testing-counterpart.ts";
import {
  openSimulatorServer,
  type SimulatedAnswer,
  type SimulatedRequest,
  type SimulatorServer,
  type TokenCheck,
} from "../testing-simulator-server.ts";
import type { GraphJudge } from "./testing-graph-types.ts";
import { isRemoved, selected } from "./testing-pages.ts";
import {
  changesOf,
  eventsIn,
  type GraphCalendarState,
  refusal,
  type StoredEvent,
  viewOf,
} from "./testing-store.ts";
import { notify, subscribe } from "./testing-subscriptions.ts";
import { type GraphWrites, getEvent, patchEvent, postEvent, removeEvent } from "./testing-writes.ts";

// Microsoft Graph, as far as our calendars speak with it, on this machine: for the contract suite and for tests of whole programs.

export type GraphSimulator = SimulatorServer & {
  /** The account's own calendar, made at its first mention; its id is `calendar-of-` and the account. */
  calendar(account: string): GraphCalendarState;
  addCalendar(account: string, id: string, name: string): GraphCalendarState;
  removeCalendar(id: string): void;
  putEvent(calendarId: string, event: OutsideEvent): string;
  changeEvent(calendarId: string, id: string, event: OutsideEvent): void;
  removeEvent(calendarId: string, id: string): void;
  /** Everything that is not cancelled, as Graph would show it. */
  events(calendarId: string): Event[];
  /** All places in the changes are forgotten: 410. */
  forgetDeltaLinks(): void;
  /** The next room is there after so many readings of its event. */
  delayRoom(readings: number): void;
  /** What was written by the API. */
  readonly writes: GraphWrites;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** Tells all subscriptions of a calendar of a change; answers their statuses. */
  notify(calendarId: string): Promise<number[]>;
  /** Where requests or answers were not as Microsoft's types say. */
  readonly violations: readonly string[];
};

export type GraphSimulatorOptions = {
  /** Without one, a token is the name of its account. */
  checkToken?: TokenCheck;
  /** The mailbox's, as Windows calls it, and the same as IANA does. */
  zone?: { windows: string; iana: string };
  /** Larger pages are cut to it. */
  pageSize?: number;
  judge?: GraphJudge | null;
  /** False for a personal account, which has no Teams. */
  hasRooms?: boolean;
  /** False: the mailbox's settings may not be read. */
  showsSettings?: boolean;
  /** Subscriptions end then, at the latest; an instant. */
  subscriptionsEnd?: number;
};

type Page = { value: unknown[]; deltaLink?: string };

export async function openGraphSimulator(options: GraphSimulatorOptions = {}): Promise<GraphSimulator> {
  const { judge = null, hasRooms = true, showsSettings = true, pageSize = 1000 } = options;
  const { zone = { windows: "Eastern Standard Time", iana: "America/New_York" } } = options;
  const calendars = new Map<string, GraphCalendarState>();
  const pages = new Map<string, Page>();
  const subscriptions = new Map<string, Subscription>();
  const violations: string[] = [];
  const writes: GraphWrites = { posted: 0, patched: 0, removed: 0, mails: [], roomDelay: 0 };
  let epoch = 1;
  let count = 0;

  const addCalendar = (owner: string, id: string, name: string, isDefault = false) => {
    const made: GraphCalendarState = { id, owner, name, isDefault, version: 1, events: new Map() };
    calendars.set(id, made);
    return made;
  };
  const calendar = (account: string) =>
    calendars.get(`calendar-of-${account}`) ??
    addCalendar(account, `calendar-of-${account}`, "Calendar", true);
  const existing = (id: string) => {
    const found = calendars.get(id);
    if (!found) throw new Error(`There is no calendar ${id}.`);
    return found;
  };
  const judged = (type: string, value: unknown) => violations.push(...(judge?.(type, value) ?? []));

  /** One page, and the way to the next. */
  function answerPage(
    { value, deltaLink }: Page,
    size: number,
    origin: string,
    type: string,
  ): SimulatedAnswer {
    const shown = value.slice(0, size);
    for (const each of shown) if (!isRemoved(each)) judged(type, each);
    if (value.length <= size)
      return { status: 200, json: { value: shown, ...(deltaLink ? { "@odata.deltaLink": deltaLink } : {}) } };
    const token = `page-${++count}`;
    pages.set(token, { value: value.slice(size), ...(deltaLink ? { deltaLink } : {}) });
    return {
      status: 200,
      json: { value: shown, "@odata.nextLink": `${origin}/v1.0/me/pages?$skiptoken=${token}` },
    };
  }

  function view(
    found: GraphCalendarState,
    { url, headers }: SimulatedRequest,
    isDelta: boolean,
  ): SimulatedAnswer {
    const { origin, searchParams: query } = url;
    if (!String(headers.prefer).includes('outlook.timezone="UTC"'))
      return refusal(400, "SimulatorKnowsUtcOnly");
    const token = query.get("$deltatoken")?.split("|") ?? [];
    const [ofEpoch, since = "0", from = query.get("startDateTime"), until = query.get("endDateTime")] = token;
    if (ofEpoch !== undefined && ofEpoch !== String(epoch)) return refusal(410, "SyncStateNotFound");
    if (!from || !until) return refusal(400, "ErrorInvalidParameter");
    const window = { from, until, zone: zone.iana };
    if (!isDelta) {
      const size = Math.min(pageSize, Number(query.get("$top") ?? 10));
      return answerPage({ value: viewOf(found, window) }, size, origin, "Event");
    }
    if (["$select", "$filter", "$orderby"].some((name) => query.has(name)))
      return refusal(400, "ErrorInvalidUrlQuery");
    const link = new URL(`/v1.0/me/calendars/${encodeURIComponent(found.id)}/calendarView/delta`, origin);
    link.searchParams.set("$deltatoken", `${epoch}|${found.version}|${from}|${until}`);
    const value = changesOf(found, Number(since), window);
    return answerPage({ value, deltaLink: link.href }, pageSize, origin, "Event");
  }

  function search(found: GraphCalendarState, { url }: SimulatedRequest): SimulatedAnswer {
    const filter = url.searchParams.get("$filter") ?? "";
    const [, id, value] =
      /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']+)' and ep\/value eq '([^']+)'\)$/.exec(
        filter,
      ) ?? [];
    if (id === undefined) return refusal(400, "ErrorInvalidUrlQueryFilter");
    const all = [...found.events.values()].filter(
      ({ isRemoved: gone, meetingProperty: property }) =>
        !gone && property?.id === id && property.value === value,
    );
    return { status: 200, json: { value: all.flatMap((stored) => eventsIn(stored, found)) } };
  }

  function ofEvent(request: SimulatedRequest, id: string, action: string | undefined): SimulatedAnswer {
    const { account, method, json } = request;
    const mine = [...calendars.values()].filter(({ owner }) => owner === account);
    const found = mine.find(({ events }) => events.has(id));
    const stored = found?.events.get(id);
    if (!found || !stored || stored.isRemoved) return refusal(404, "ErrorItemNotFound");
    if (action === "cancel") return removeEvent(found, stored, writes, (json as { comment: string }).comment);
    if (method === "DELETE") return removeEvent(found, stored, writes);
    if (method === "PATCH") {
      judged("Event", json);
      return patchEvent(found, stored, writes, json);
    }
    return getEvent(found, stored);
  }

  function ofCalendar(request: SimulatedRequest, found: GraphCalendarState, rest: string[]): SimulatedAnswer {
    if (rest[0] === "calendarView") return view(found, request, rest[1] === "delta");
    if (rest[0] !== "events") return { status: 200, json: entryOf(found) };
    if (request.method === "GET") return search(found, request);
    judged("Event", request.json);
    return postEvent(found, writes, request.json, { hasRooms, id: `AAMk-own-${++count}=` });
  }

  function entryOf({ id, name, isDefault, owner }: GraphCalendarState): Calendar {
    return {
      id,
      name,
      hexColor: isDefault ? "" : "#7bd148",
      isDefaultCalendar: isDefault,
      canEdit: true,
      owner: { name: owner, address: owner },
      allowedOnlineMeetingProviders: hasRooms ? ["teamsForBusiness"] : [],
    };
  }

  function handle(request: SimulatedRequest): SimulatedAnswer | Promise<SimulatedAnswer> {
    const { url, method, account } = request;
    const path = url.pathname
      .replace(/^\/v1\.0\//, "")
      .split("/")
      .map(decodeURIComponent);
    calendar(account);
    if (path[0] === "subscriptions") {
      if (method === "POST") {
        judged("Subscription", request.json);
        return subscribe(subscriptions, request.json, options.subscriptionsEnd);
      }
      return subscriptions.delete(path[1] ?? "") ? { status: 204 } : refusal(404, "ResourceNotFound");
    }
    const [, kind, id = "", ...rest] = path;
    if (kind === undefined)
      return {
        status: 200,
        json: { id: account, mail: account, userPrincipalName: account, displayName: account },
      };
    if (kind === "mailboxSettings")
      return showsSettings
        ? { status: 200, json: { timeZone: zone.windows } }
        : refusal(403, "ErrorAccessDenied");
    if (kind === "pages") {
      const page = pages.get(url.searchParams.get("$skiptoken") ?? "");
      return page ? answerPage(page, pageSize, url.origin, "Event") : refusal(400, "ErrorInvalidSkipToken");
    }
    if (kind === "events") return ofEvent(request, id, rest[0]);
    if (id === "") {
      const value = [...calendars.values()].filter(({ owner }) => owner === account).map(entryOf);
      return answerPage({ value }, value.length, url.origin, "Calendar");
    }
    const found = calendars.get(id);
    return found?.owner === account ? ofCalendar(request, found, rest) : refusal(404, "ErrorItemNotFound");
  }

  const server = await openSimulatorServer(
    async (request) => {
      const answer = await handle(request);
      const fields = request.url.searchParams.get("$select");
      return fields === null || answer.status !== 200
        ? answer
        : { ...answer, json: selected(answer.json, fields.split(",")) };
    },
    { checkToken: options.checkToken, unauthorized: refusal(401, "InvalidAuthenticationToken").json },
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
      const id = `AAMk-sim-${++count}=`;
      found.events.set(id, { id, outside, isRemoved: false, version: ++found.version, told: new Set() });
      return id;
    },
    changeEvent: (calendarId, id, outside) => change(calendarId, id, { outside }),
    removeEvent: (calendarId, id) => change(calendarId, id, { isRemoved: true }),
    events: (calendarId) => {
      const found = existing(calendarId);
      const all = [...found.events.values()].flatMap((stored) => eventsIn(stored, found));
      return all.filter(({ isCancelled }) => isCancelled !== true);
    },
    forgetDeltaLinks: () => {
      epoch += 1;
    },
    delayRoom: (readings) => {
      writes.roomDelay = readings;
    },
    writes,
    subscriptions,
    violations,
    notify: (calendarId) => notify(subscriptions, calendarId),
  };
}
