import { describe, expect, test } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { TeamMember } from "../../shared/model/people.ts";
import { ConnectionModel, type Sync } from "./connection.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { createFakeChance } from "./fake-shelf.ts";

function setUp() {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  const sync = (): { ok: true } & Sync => ({
    ok: true,
    me: { id: "me" as MemberId } as TeamMember,
    isAvailable: true,
    team: [],
    offers: [],
    mine: [],
    serverAt: clock.now() + 90_000,
  });
  const link = createFakeLink({ "console:sync": sync });
  const connection = new ConnectionModel(link, clock, createFakeChance());
  return { clock, link, connection, sync };
}

describe("the connection", () => {
  test("asks for everything after each connect and is live only then", async () => {
    const { link, connection } = setUp();
    expect(connection.state.value).toBe("connecting");
    link.up();
    await settle();
    expect(connection.state.value).toBe("live");
    link.down();
    expect(connection.state.value).toBe("lost");
    link.up();
    expect(connection.state.value).toBe("lost");
    await settle();
    expect(connection.state.value).toBe("live");
    expect(link.inputsOf("console:sync")).toHaveLength(2);
  });

  test("asks again now and then, since only facts are numbered", async () => {
    const { link, clock } = setUp();
    link.up();
    await clock.advance(20_000);
    expect(link.inputsOf("console:sync")).toHaveLength(2);
  });

  test("shows a server that cannot answer as a lost link, and recovers by itself", async () => {
    const { link, clock, connection, sync } = setUp();
    link.up();
    await settle();
    link.answers["console:sync"] = () => ({ ok: false, code: "unavailable" });
    await clock.advance(20_000);
    expect(connection.state.value).toBe("lost");
    link.answers["console:sync"] = sync;
    await clock.advance(2_000);
    expect(connection.state.value).toBe("live");
  });

  test("ignores an answer that comes over a link that is gone", async () => {
    const { link, connection } = setUp();
    let answer: ((value: { ok: false; code: "unauthenticated" }) => void) | undefined;
    link.answers["console:sync"] = () => new Promise((resolve) => (answer = resolve));
    link.up();
    await settle();
    link.down();
    answer?.({ ok: false, code: "unauthenticated" });
    await settle();
    expect(connection.state.value).toBe("lost");
  });

  test("says that no server is there, before the first link too", async () => {
    const { link, clock, connection } = setUp();
    link.open = () => undefined;
    connection.open();
    await clock.advance(3_999);
    expect(connection.state.value).toBe("connecting");
    await clock.advance(1);
    expect(connection.state.value).toBe("lost");
    link.down();
    link.refuse("unauthenticated");
    link.down();
    expect(connection.state.value).toBe("ended");
  });

  test("ends with the session, by news or by a refused handshake", async () => {
    const one = setUp();
    one.link.up();
    await settle();
    one.link.say("session:ended", { because: "signed_out" });
    expect(one.connection.state.value).toBe("ended");
    const other = setUp();
    other.link.refuse("unauthenticated");
    expect(other.connection.state.value).toBe("ended");
  });

  test("asks for a reload when the server has moved on", () => {
    const { link, connection } = setUp();
    link.refuse("outdated");
    expect(connection.state.value).toBe("outdated");
  });

  test("knows the server's clock", async () => {
    const { link, clock, connection } = setUp();
    link.up();
    await settle();
    expect(connection.serverNow()).toBe(clock.now() + 90_000);
  });
});
