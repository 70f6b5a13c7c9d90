import { describe, expect, it } from "vitest";
import type { CalendarProvider, EventToWrite, WrittenEvent } from "../calendars/port.ts";
import { createTestAccount } from "../calendars/testing-account.ts";
import { ProviderError } from "../connections/port.ts";
import type { ConferenceProvider } from "./port.ts";
import { createTeams } from "./teams/teams.ts";
import { startTeamsSimulator } from "./teams/testing-simulator.ts";
import { describeRooms, roomToMake } from "./testing-contract.ts";
import { type Simulator, testToken } from "./testing-http.ts";
import { startZoomSimulator } from "./zoom/testing-simulator.ts";
import { createZoom } from "./zoom/zoom.ts";

const accountOf = (provider: "zoom" | "teams", { url }: Simulator) =>
  createTestAccount({
    provider,
    accountName: "robin@team.example",
    baseUrl: url,
    authorization: `Bearer ${testToken}`,
  });

const wayTo = (simulator: Simulator) => ({
  loseNext: (what: "making" | "removing") => simulator.loseAnswerTo(what === "making" ? "POST" : "DELETE"),
  async close() {
    expect(simulator.complaints).toEqual([]);
    await simulator.close();
  },
});

describeRooms("Zoom", async () => {
  const simulator = await startZoomSimulator();
  const say = (status: number, code: number, headers = {}) =>
    simulator.answerNext({ status, headers, json: { code, message: "Words." } });
  return {
    provider: createZoom(),
    account: accountOf("zoom", simulator),
    rooms: () =>
      [...simulator.rooms.values()].map(({ start_time, topic }) => ({
        startAt: Date.parse(start_time),
        topic,
      })),
    forget: () => simulator.rooms.clear(),
    say: {
      later: () => say(429, 429, { "retry-after": "30" }),
      never: () => say(400, 4711),
      down: () => say(500, 0),
    },
    ...wayTo(simulator),
  };
});

describeRooms("Teams", async () => {
  const simulator = await startTeamsSimulator();
  const say = (status: number, code: string, headers = {}) =>
    simulator.answerNext({ status, headers, json: { error: { code, message: "Words." } } });
  return {
    provider: createTeams(),
    account: accountOf("teams", simulator),
    rooms: () =>
      [...simulator.rooms.values()].map(({ startDateTime, subject }) => ({
        startAt: Date.parse(startDateTime ?? ""),
        topic: subject ?? "",
      })),
    forget: () => simulator.rooms.clear(),
    say: {
      later: () => say(429, "TooManyRequests", { "retry-after": "30" }),
      never: () => say(403, "Forbidden"),
      down: () => say(503, "ServiceUnavailable"),
    },
    ...wayTo(simulator),
  };
});

describeRooms("Meet, made with the event of a calendar", async () => {
  const events = new Map<string, EventToWrite>();
  let lost: "making" | "removing" | null = null;
  const said: ProviderError[] = [];
  const answer = (what: "making" | "removing") => {
    if (lost !== what) return;
    lost = null;
    throw new ProviderError("transient", "no_answer");
  };
  const calendar: Pick<CalendarProvider, "writeEvent" | "removeEvent"> = {
    async writeEvent(_account, _calendar, event, known) {
      const problem = said.shift();
      if (problem) throw problem;
      if (known !== null && !events.has(known.externalId)) throw new ProviderError("gone", "404");
      events.set(event.meetingId, event);
      answer("making");
      return written(event.meetingId);
    },
    async removeEvent(_account, _calendar, { externalId }) {
      events.delete(externalId);
      answer("removing");
    },
  };
  return {
    provider: withTheEvent(calendar),
    account: accountOf("zoom", { url: "http://127.0.0.1:9" } as Simulator), // Nothing is sent by it.
    rooms: () => [...events.values()].map(({ startAt, title }) => ({ startAt, topic: title })),
    forget: () => events.clear(),
    loseNext: (what) => {
      lost = what;
    },
    say: {
      later: () => said.push(new ProviderError("rate", "rateLimitExceeded", 30_000)),
      never: () => said.push(new ProviderError("refused", "403")),
      down: () => said.push(new ProviderError("transient", "500")),
    },
    close: async () => undefined,
  };
});

describeRooms("A fixed link", async () => ({
  provider: {
    create: async () => ({ id: "link", joinUrl: "https://meet.example/robin", passcode: null }),
    update: async () => undefined,
    remove: async () => undefined,
  },
  account: accountOf("zoom", { url: "http://127.0.0.1:9" } as Simulator), // Nothing is sent by it.
  rooms: () => null,
  forget: () => undefined,
  loseNext: null,
  say: { later: null, never: null, down: null },
  close: async () => undefined,
}));

function written(id: string): WrittenEvent {
  return { externalId: id, etag: null, joinUrl: `https://meet.google.com/${id}`, isRoomPending: false };
}

/** A room that is made by writing the event: one call does both. */
function withTheEvent({ writeEvent, removeEvent }: Pick<CalendarProvider, "writeEvent" | "removeEvent">) {
  const event = ({ meetingId, topic, startAt, endAt, zone }: typeof roomToMake): EventToWrite => ({
    meetingId,
    uid: `${meetingId}@foyer.example`,
    sequence: 0,
    startAt,
    endAt,
    zone,
    title: topic,
    description: "",
    location: "",
    url: null,
    host: { name: "Robin", email: "robin@team.example" },
    attendees: [],
    makesRoom: "meet",
    invites: true,
  });
  const provider: ConferenceProvider = {
    async create(account, room) {
      const { externalId, joinUrl } = await writeEvent(account, "primary", event(room), null);
      return { id: externalId, joinUrl: joinUrl ?? "", passcode: null };
    },
    async update(account, id, room) {
      await writeEvent(account, "primary", event(room), written(id));
    },
    remove: (account, id) => removeEvent(account, "primary", written(id), { note: "", tells: false }),
  };
  return provider;
}

describe("Zoom's own words", () => {
  it("about a day's hundred, an app that waits for its admin, and a validation are told apart", async () => {
    const simulator = await startZoomSimulator();
    const account = accountOf("zoom", simulator);
    const zoom = createZoom();
    const said = [
      [{ status: 400, json: { code: 300 } }, "invalid"],
      [{ status: 400, json: { code: 4700 } }, "scope"],
      [{ status: 400, json: { code: 4711 } }, "scope"],
      [{ status: 400, json: { code: 4717 } }, "approval"],
      [{ status: 400, json: { code: 124 } }, "auth"],
      [{ status: 400, json: { code: 1234 } }, "refused"],
      [{ status: 200, json: { id: 1 } }, "refused"],
      [{ status: 201, json: { id: 1, join_url: "javascript:alert(1)" } }, "transient"],
    ] as const;
    for (const [answer, kind] of said) {
      simulator.answerNext(answer);
      await expect(zoom.create(account, roomToMake, { mayExist: false }), kind).rejects.toMatchObject({
        kind,
      });
    }
    for (let count = 0; count < 100; count++) await zoom.create(account, roomToMake, { mayExist: false });
    await expect(zoom.create(account, roomToMake, { mayExist: false })).rejects.toMatchObject({
      kind: "rate",
      retryAfterMs: 3_600_000,
    });
    await simulator.close();
  });

  it("never lets the host's own way in out of the adapter", async () => {
    const simulator = await startZoomSimulator();
    const room = await createZoom().create(accountOf("zoom", simulator), roomToMake, { mayExist: false });
    expect(JSON.stringify(room)).not.toMatch(/secret-of-the-host/);
    // As text, whatever its size.
    expect(room.id).toBe("85746065432");
    await simulator.close();
  });

  it("finds a room whose answer was lost among many", async () => {
    const simulator = await startZoomSimulator();
    const account = accountOf("zoom", simulator);
    for (let count = 0; count < 700; count++)
      simulator.rooms.set(String(count + 1), {
        id: count + 1,
        topic: "x",
        start_time: "",
        duration: 1,
        agenda: "",
      });
    const first = await createZoom().create(account, roomToMake, { mayExist: false });
    const again = await createZoom().create(account, roomToMake, { mayExist: true });
    expect(again.id).toBe(first.id);
    await simulator.close();
  });
});
