import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionProblem } from "../../shared/model/connections.ts";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { DAY, MINUTE } from "../../shared/time/local-day.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { hasBookableHost } from "../meetings/bookables.ts";
import { listSlots } from "../meetings/list-slots.ts";
import { at, createMeetingWorld, monday } from "../meetings/testing.ts";
import { busyTimes } from "./busy-times.ts";
import { freshForMs } from "./freshness.ts";
import { addCalendar, addConnection } from "./testing.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

async function setUp() {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const host = await world.addHost(place.workspaceId);
  return { ...place, host, visitor: await world.addVisitor(place) };
}

async function busyOf(workspaceId: WorkspaceId, member: MemberId, from = monday, to = monday + 7 * DAY) {
  return (await busyTimes(world.db, workspaceId, [member], from, to)).get(member);
}

describe("what takes a member's time", () => {
  it("is nothing for somebody without an account: hours alone count", async () => {
    const { workspaceId, host } = await setUp();
    expect(await busyOf(workspaceId, host)).toEqual([]);
    // An account for rooms has no calendar that could say otherwise.
    await addConnection(world.db, workspaceId, host, { provider: "zoom", problem: "needs_reauth" });
    expect(await busyOf(workspaceId, host)).toEqual([]);
  });

  it("is what all blocking calendars hold, without our own events, and nothing of calendars that are only looked at", async () => {
    const { workspaceId, host } = await setUp();
    const google = await addConnection(world.db, workspaceId, host);
    const dav = await addConnection(world.db, workspaceId, host, { provider: "caldav" });
    const add = (connection: typeof google, more: Parameters<typeof addCalendar>[5]) =>
      addCalendar(world.db, workspaceId, host, connection, monday, more);
    await add(google, { busy: [{ start: at(9), end: at(10) }] });
    await add(google, { blocksTime: false, readAt: null, busy: [{ start: at(11), end: at(12) }] });
    await add(dav, {
      busy: [
        { start: at(13, 0, 1), end: at(14, 0, 1) },
        { start: at(15), end: at(16), own: true },
        { start: at(10, 0, 9), end: at(11, 0, 9) },
      ],
    });
    expect(await busyOf(workspaceId, host)).toEqual([
      { start: at(9), end: at(10) },
      { start: at(13, 0, 1), end: at(14, 0, 1) },
    ]);
  });

  it("keeps a time that does not begin on a whole second", async () => {
    const { workspaceId, host } = await setUp();
    const connection = await addConnection(world.db, workspaceId, host);
    const busy = [{ start: at(9) + 1, end: at(10) - 1 }];
    await addCalendar(world.db, workspaceId, host, connection, monday, { busy });
    expect(await busyOf(workspaceId, host)).toEqual([{ start: at(9), end: at(10) }]);
  });

  it("is unknown from the moment the last reading of one blocking calendar is too old", async () => {
    const { workspaceId, host } = await setUp();
    const connection = await addConnection(world.db, workspaceId, host);
    await addCalendar(world.db, workspaceId, host, connection, monday);
    await addCalendar(world.db, workspaceId, host, connection, monday, { readAt: monday - MINUTE });
    await world.setClock(monday - MINUTE + freshForMs - 1);
    expect(await busyOf(workspaceId, host)).toEqual([]);
    await world.setClock(monday - MINUTE + freshForMs);
    expect(await busyOf(workspaceId, host)).toBe("unknown");
  });

  it("is unknown while a calendar was never read, is gone, or the account's calendars are not known", async () => {
    for (const more of [{ readAt: null }, { isGone: true }, null]) {
      const { workspaceId, host } = await setUp();
      const connection = await addConnection(world.db, workspaceId, host);
      if (more) await addCalendar(world.db, workspaceId, host, connection, monday, more);
      expect(await busyOf(workspaceId, host), JSON.stringify(more)).toBe("unknown");
    }
  });

  it("is unknown with every problem that ends an account's use, and known while the account is only out of reach", async () => {
    const outcomes: Record<ConnectionProblem, "known" | "unknown"> = {
      needs_reauth: "unknown",
      missing_scope: "unknown",
      needs_approval: "unknown",
      calendar_gone: "unknown",
      refused: "unknown",
      zone_mismatch: "unknown",
      watch_expired: "known",
      unreachable: "known",
    };
    for (const [problem, outcome] of Object.entries(outcomes) as [ConnectionProblem, string][]) {
      const { workspaceId, host } = await setUp();
      const connection = await addConnection(world.db, workspaceId, host, { problem });
      await addCalendar(world.db, workspaceId, host, connection, monday);
      expect(await busyOf(workspaceId, host), problem).toEqual(outcome === "known" ? [] : "unknown");
    }
  });

  it("is everything that no reading covered", async () => {
    const { workspaceId, host } = await setUp();
    const connection = await addConnection(world.db, workspaceId, host);
    await addCalendar(world.db, workspaceId, host, connection, monday, { coveredUntil: monday + 3 * DAY });
    expect(await busyOf(workspaceId, host)).toEqual([{ start: monday + 3 * DAY, end: monday + 7 * DAY }]);
  });
});

describe("slots", () => {
  it("leave out what a calendar holds, and are none while it is unknown", async () => {
    const { workspaceId, host, visitor } = await setUp();
    const connection = await addConnection(world.db, workspaceId, host);
    await addCalendar(world.db, workspaceId, host, connection, monday, {
      busy: [{ start: at(9), end: at(12) }],
    });
    const starts = async () => decodeSlots((await listSlots(world.deps, visitor, host)).slots);
    expect((await starts())[0]).toBe(at(12, 30));
    expect(await hasBookableHost(world.db, workspaceId, visitor.visitorId)).toBe(true);
    await world.setClock(monday + freshForMs);
    expect(await starts()).toEqual([]);
    // So that a visitor is led to the form for a message.
    expect(await hasBookableHost(world.db, workspaceId, visitor.visitorId)).toBe(false);
  });
});
