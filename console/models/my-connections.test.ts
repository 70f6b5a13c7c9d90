import { describe, expect, test } from "vitest";
import type { CalendarView, ConnectionView } from "../../shared/model/connections.ts";
import type { CalendarId, ConnectionId, MemberId } from "../../shared/model/ids.ts";
import type { ConnectOutcome, MyConnections } from "../../shared/protocol/connection-routes.ts";
import type { Refusal } from "../../shared/protocol/errors.ts";
import type { ApiCall, Attention } from "../ports.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { connectOutcomeOf, MyConnectionsModel } from "./my-connections.ts";

const a = "connection-a" as ConnectionId;
const b = "connection-b" as ConnectionId;
const id = (name: string) => name as CalendarId;

function calendar(name: string, of: Partial<CalendarView> = {}): CalendarView {
  return {
    id: id(name),
    name,
    color: null,
    isPrimary: false,
    isWritable: true,
    blocksTime: false,
    receivesMeetings: false,
    isGone: false,
    readAt: 1,
    ...of,
  };
}

function connection(of: Partial<ConnectionView>): ConnectionView {
  return {
    id: a,
    memberId: "me" as MemberId,
    provider: "google",
    accountName: "zoe@example.com",
    problem: null,
    problemAt: null,
    triedAt: 1,
    goodAt: 1,
    missingScopes: [],
    approvalUrl: null,
    mailboxZone: null,
    calendars: [],
    ...of,
  };
}

type Put = { blocking: string[]; receiving: string | null };

/** A server that keeps what it is told, and answers when the test lets it. */
function setUp(outcome: ConnectOutcome | null = null) {
  const server = {
    state: {
      connections: [
        connection({
          id: a,
          calendars: [calendar("work", { blocksTime: true, receivesMeetings: true }), calendar("team")],
        }),
        connection({ id: b, provider: "caldav", calendars: [calendar("private")] }),
      ],
      waiting: [],
      apps: ["google"],
      reasons: [],
    } as MyConnections,
    refusal: null as Refusal | null,
    isHeld: false,
    isListHeld: false,
    releaseList: () => undefined as undefined,
    release: () => undefined as undefined,
    asked: [] as { route: string; input: unknown; id: string | undefined }[],
  };
  const call = (async (route: string, input: Put, connectionId?: string) => {
    server.asked.push({ route, input, id: connectionId });
    const { refusal, state } = server;
    if (server.isListHeld && route === "GET /api/connections") {
      await new Promise<void>((resolve) => {
        server.releaseList = () => void resolve();
      });
      return { ok: true, ...state };
    }
    if (server.isHeld && route !== "GET /api/connections") {
      await new Promise<void>((resolve) => {
        server.release = () => void resolve();
      });
    }
    if (refusal) return refusal;
    if (route === "POST /api/connections/begin") return { ok: true, url: "https://accounts.example/auth" };
    if (route === "POST /api/connections/:id/disconnect") {
      const connections = server.state.connections.filter((one) => one.id !== connectionId);
      server.state = { ...server.state, connections };
    }
    if (route === "POST /api/connections/wait") {
      const { provider, isWaiting } = input as unknown as { provider: "zoom"; isWaiting: boolean };
      server.state = {
        ...server.state,
        waiting: isWaiting ? [{ provider, since: 1, approvalUrl: null }] : [],
      };
    }
    if (route.startsWith("PUT")) {
      const connections = server.state.connections.map((one) => ({
        ...one,
        calendars: one.calendars.map((each) => ({
          ...each,
          blocksTime: one.id === connectionId ? input.blocking.includes(each.id) : each.blocksTime,
          receivesMeetings:
            one.id === connectionId
              ? each.id === input.receiving
              : each.receivesMeetings && input.receiving === null,
        })),
      }));
      server.state = { ...server.state, connections };
    }
    return { ok: true, ...server.state };
  }) as unknown as ApiCall;
  const left: string[] = [];
  const attention: Attention = { isHere: () => true, onChange: () => () => undefined };
  const link = createFakeLink();
  const clock = createFakeClock(Date.UTC(2026, 10, 25, 9));
  const leave = (url: string) => void left.push(url);
  const model = new MyConnectionsModel({ link, call, clock, attention, leave, outcome });
  const puts = () => server.asked.filter(({ route }) => route.startsWith("PUT"));
  const blocking = () =>
    model.connections.value
      .flatMap(({ calendars }) => calendars)
      .filter(({ blocksTime }) => blocksTime)
      .map(({ name }) => name);
  return { server, model, left, link, clock, puts, blocking };
}

describe("calendars", () => {
  test("a tick shows at once, is saved, and is busy until the server has it", async () => {
    const { server, model, puts, blocking } = setUp();
    await model.load();
    server.isHeld = true;
    model.block(a, id("team"), true);
    expect(blocking()).toEqual(["work", "team"]);
    expect([...model.savingIds.value]).toEqual([a]);
    await settle();
    server.release();
    await settle();
    expect(model.savingIds.value.size).toBe(0);
    expect(puts()[0]?.input).toEqual({ blocking: ["work", "team"], receiving: "work" });
    expect(blocking()).toEqual(["work", "team"]);
  });

  test("a tick that the server refuses is set back, and said at its account", async () => {
    const { server, model, blocking } = setUp();
    await model.load();
    server.refusal = { ok: false, code: "unavailable" };
    model.block(a, id("work"), false);
    expect(blocking()).toEqual([]);
    await settle();
    expect(blocking()).toEqual(["work"]);
    expect(model.refusals.value.get(a)).toBe("unavailable");
    server.refusal = null;
    model.block(a, id("work"), false);
    await settle();
    expect(blocking()).toEqual([]);
    expect(model.refusals.value.size).toBe(0);
  });

  test("of quick ticks the last one counts, and none is sent beside another", async () => {
    const { server, model, puts, blocking } = setUp();
    await model.load();
    server.isHeld = true;
    model.block(a, id("team"), true);
    model.block(a, id("work"), false);
    model.block(a, id("work"), true);
    await settle();
    expect(puts()).toHaveLength(1);
    server.isHeld = false;
    server.release();
    await settle();
    expect(puts().map(({ input }) => (input as Put).blocking)).toEqual([
      ["work", "team"],
      ["team", "work"],
    ]);
    expect(blocking()).toEqual(["work", "team"]);
  });

  test("meetings go into one calendar of all accounts, and a tick elsewhere leaves that alone", async () => {
    const { server, model, puts } = setUp();
    await model.load();
    expect(model.receiving.value).toBe("work");
    server.isHeld = true;
    model.receive(b, id("private"));
    expect(model.receiving.value).toBe("private");
    model.block(a, id("team"), true);
    expect(model.receiving.value).toBe("private");
    server.isHeld = false;
    server.release();
    await settle();
    // Of the first account none: not its former one again.
    expect(puts().find((put) => put.id === a)?.input).toEqual({
      blocking: ["work", "team"],
      receiving: null,
    });
    expect(model.receiving.value).toBe("private");
    model.receive(b, null);
    await settle();
    expect(model.receiving.value).toBeNull();
    // Chosen and ticked at once, in one account.
    model.receive(a, id("team"));
    model.block(a, id("team"), false);
    await settle();
    expect([model.receiving.value, server.state.connections[0]?.calendars[1]?.receivesMeetings]).toEqual([
      "team",
      true,
    ]);
  });

  test("what was asked before a change does not undo it on the screen", async () => {
    const { server, model, blocking } = setUp();
    await model.load();
    server.isListHeld = true;
    const late = model.load();
    await settle();
    server.isListHeld = false;
    const { releaseList } = server;
    model.block(a, id("team"), true);
    await settle();
    releaseList();
    await late;
    expect(blocking()).toEqual(["work", "team"]);
  });
});

describe("connecting", () => {
  test("leads to the provider and back to the page that it began on", async () => {
    const { server, model, left } = setUp("denied");
    await model.load();
    expect(model.outcome.value).toBe("denied");
    await model.begin("google", null, "/console/me/calendars");
    expect(left).toEqual(["https://accounts.example/auth"]);
    expect(server.asked.at(-1)?.input).toEqual({
      provider: "google",
      again: null,
      returnTo: "/console/me/calendars",
    });
    expect(model.outcome.value).toBeNull();
  });

  test("is refused at the account that was to be connected again, else above the choices", async () => {
    const { server, model, left } = setUp();
    await model.load();
    server.refusal = { ok: false, code: "not_found" };
    await model.begin("google", a, "/console/me/calendars");
    await model.begin("zoom", null, "/console/me/meeting-details");
    expect([model.refusals.value.get(a), model.connectRefusal.value]).toEqual(["not_found", "not_found"]);
    expect(left).toEqual([]);
  });

  test("a second press while the first is under way does nothing", async () => {
    const { server, model, left } = setUp();
    await model.load();
    server.isHeld = true;
    const first = model.begin("google", null, "/console/me/calendars");
    expect(model.busy.value).toBe("google");
    await model.begin("google", null, "/console/me/calendars");
    await settle();
    server.release();
    await first;
    expect(left).toHaveLength(1);
  });

  test("a CalDAV account tells what is wrong with it", async () => {
    const { server, model } = setUp();
    await model.load();
    server.refusal = { ok: false, code: "invalid_input", field: "password", reason: "wrong_password" };
    const draft = { server: "https://dav.example", username: "zoe", password: "secret" };
    expect(await model.connectCalDav(draft, null)).toBe(false);
    expect(model.calDavRefusal.value?.reason).toBe("wrong_password");
    server.refusal = null;
    expect(await model.connectCalDav(draft, null)).toBe(true);
    expect(model.calDavRefusal.value).toBeNull();
  });

  test("an account that an admin must allow first is waited for until nobody waits any more", async () => {
    const { server, model } = setUp();
    await model.load();
    await model.setWaiting("zoom", true);
    expect(model.waiting.value.map(({ provider }) => provider)).toEqual(["zoom"]);
    server.refusal = { ok: false, code: "unavailable" };
    await model.setWaiting("zoom", false);
    expect([model.waiting.value.length, model.connectRefusal.value]).toEqual([1, "unavailable"]);
    server.refusal = null;
    await model.setWaiting("zoom", false);
    expect(model.waiting.value).toEqual([]);
  });

  test("the way back says how it went, and nothing else is believed", () => {
    expect(connectOutcomeOf("?connect=missing_scope")).toBe("missing_scope");
    expect(connectOutcomeOf("?connect=%3Cscript%3E")).toBeNull();
    expect(connectOutcomeOf("")).toBeNull();
  });
});

test("an account that is gone already counts as disconnected; one that could not be asked stays", async () => {
  const { server, model } = setUp();
  await model.load();
  server.refusal = { ok: false, code: "unavailable" };
  expect(await model.disconnect(a)).toBe(false);
  expect(model.refusals.value.get(a)).toBe("unavailable");
  expect(model.connections.value).toHaveLength(2);
  server.refusal = { ok: false, code: "not_found" };
  expect(await model.disconnect(b)).toBe(true);
  expect(model.connections.value.map(({ id: left }) => left)).toEqual([a]);
});

test("accounts are looked at again when the server says so, and while their page is open", async () => {
  const { server, model, link, clock } = setUp();
  await model.load();
  link.say("settings:changed", { of: "people" });
  await settle();
  expect(server.asked).toHaveLength(1);
  link.say("settings:changed", { of: "connections" });
  await settle();
  expect(server.asked).toHaveLength(2);
  const leave = model.watch();
  await clock.advance(10_000);
  expect(server.asked).toHaveLength(4);
  leave();
  await clock.advance(60_000);
  expect(server.asked).toHaveLength(4);
});
