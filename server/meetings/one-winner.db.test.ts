import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import { connectDatabase, type DatabaseConnection } from "../db/connect.ts";
import { createLog } from "../log.ts";
import { type Booked, bookMeeting, type MeetingDeps } from "./book-meeting.ts";
import { type Held, holdSlot, holdTypeSlot, releaseHold } from "./hold-slot.ts";
import { listSlots, listTypeSlots } from "./list-slots.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";

// Two pools on one database are what two server processes are to it.
let world: Awaited<ReturnType<typeof createMeetingWorld>>;
let second: DatabaseConnection;
let nodes: MeetingDeps[];
beforeAll(async () => {
  world = await createMeetingWorld({ poolSize: 12 });
  const log = createLog({ level: "silent", part: "test" });
  second = connectDatabase({ url: world.url, log, poolSize: 12, name: "second" });
  nodes = [world.deps, { ...world.deps, db: second.db }];
});
afterAll(async () => {
  await second.close();
  await world.close();
});

const VISITORS = 100;

async function race(hosts: number, startOf: (index: number) => number) {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const ids: MemberId[] = [];
  for (let index = 0; index < hosts; index++) ids.push(await world.addHost(place.workspaceId));
  const host = hosts > 1 ? "any" : (ids[0] ?? "any");
  const tries = await Promise.all(
    Array.from({ length: VISITORS }, async (_, index) => {
      const visitor = await world.addVisitor(place);
      const { offer } = await listSlots(world.deps, visitor, host);
      return { visitor, offer, deps: nodes[index % 2] ?? world.deps, startAt: startOf(index) };
    }),
  );
  const ends = await Promise.all(
    tries.map(
      async ({ visitor, offer, deps, startAt }, index): Promise<Held["outcome"] | Booked["outcome"]> => {
        const held = await holdSlot(deps, visitor, { host, startAt, offer });
        if (held.outcome !== "held") return held.outcome;
        const booked = await bookMeeting(deps, visitor, {
          key: randomUUID(),
          holdId: held.hold.holdId,
          name: `Guest ${index}`,
          email: `guest${index}@example.org`,
          note: "",
          zone: "UTC",
        });
        return booked.outcome;
      },
    ),
  );
  const count = (outcome: string) => ends.filter((end) => end === outcome).length;
  const rows = await world.db
    .selectFrom("meetings")
    .select(["host_id", "start_at"])
    .where("workspace_id", "=", place.workspaceId)
    .execute();
  return { booked: count("booked"), taken: count("slot_taken"), rows };
}

it.each([1, 2, 3])("of a hundred who want one time at once exactly one gets it (round %d)", async () => {
  expect(await race(1, () => at(10))).toMatchObject({ booked: 1, taken: VISITORS - 1, rows: [{}] });
});

it.each([1, 2, 3])(
  "so it is when half of them want the next time, which lies in the gap (round %d)",
  async () => {
    const { booked, taken, rows } = await race(1, (index) => (index % 2 ? at(10) : at(10, 30)));
    expect({ booked, taken }).toEqual({ booked: 1, taken: VISITORS - 1 });
    expect(rows).toHaveLength(1);
  },
);

it("a team of three takes three of them, one each", async () => {
  const { booked, taken, rows } = await race(3, () => at(10));
  expect({ booked, taken }).toEqual({ booked: 3, taken: VISITORS - 3 });
  expect(new Set(rows.map((row) => row.host_id)).size).toBe(3);
});

it("crossing wishes over several hosts and times end, without an error and without an overlap", async () => {
  const times = [at(10), at(10, 30), at(11), at(11, 30)];
  const { booked, taken, rows } = await race(4, (index) => times[index % 4] ?? at(10));
  // With a gap, each host has room for two of the four.
  expect(booked).toBe(8);
  expect(taken).toBe(VISITORS - 8);
  expect(rows).toHaveLength(8);
});

it.each([1, 2])(
  "guests of pages who want the same hosts together, one of them, or by turns get each time once (round %d)",
  async () => {
    await world.setClock(monday);
    const { workspaceId } = await world.addWorkspace();
    const hosts: MemberId[] = [];
    for (let index = 0; index < 3; index++) hosts.push(await world.addHost(workspaceId));
    const types = [
      await world.addType(workspaceId, hosts, { hosting: "collective" }),
      await world.addType(workspaceId, hosts.slice(1, 2), { hosting: "one", bufferMinutes: 15 }),
      await world.addType(workspaceId, hosts, { bufferMinutes: 0 }),
    ];
    const times = [at(10), at(10, 30), at(11)];
    const wishes = await Promise.all(
      Array.from({ length: 90 }, async (_, index) => {
        const guest = world.newGuest(workspaceId);
        const type = types[index % 3] ?? types[0];
        if (type === undefined) throw new Error("three types");
        const { offer } = await listTypeSlots(world.deps, guest, { type, host: "any", duration: undefined });
        const startAt = times[Math.floor(index / 3) % 3] ?? at(10);
        return { guest, type, offer, startAt, deps: nodes[index % 2] ?? world.deps };
      }),
    );
    const ends = await Promise.all(
      wishes.map(async ({ guest, type, offer, startAt, deps }, index) => {
        const held = await holdTypeSlot(deps, guest, { host: "any", startAt, offer }, type);
        if (held.outcome !== "held") return held.outcome;
        // Some think better of it: all the hosts of what they held are free again.
        if (index % 5 === 0) {
          await releaseHold(deps, guest, held.hold.holdId);
          return "let_go";
        }
        const form = { name: "Guest", email: `guest${index}@example.org`, note: "", zone: "UTC" };
        const done = await bookMeeting(deps, guest, {
          ...form,
          key: randomUUID(),
          holdId: held.hold.holdId,
        });
        return done.outcome;
      }),
    );
    expect(ends).not.toContain("expired");
    const rows = await world.db
      .selectFrom("meetings")
      .selectAll()
      .where("workspace_id", "=", workspaceId)
      .execute();
    // Every hold was booked or let go of, each meeting of several has all its hosts, and nobody's meetings overlap.
    expect(rows.every(({ state }) => state === "booked")).toBe(true);
    const mains = rows.filter(({ part_of }) => part_of === null);
    expect(mains).toHaveLength(ends.filter((end) => end === "booked").length);
    expect(mains.length).toBeGreaterThan(0);
    for (const { id, type_id } of mains) {
      const parts = rows.filter(({ part_of }) => part_of === id).length;
      expect(parts).toBe(type_id === types[0]?.id ? 2 : 0);
    }
    for (const one of rows)
      for (const other of rows)
        if (one.id < other.id && one.host_id === other.host_id)
          expect(one.end_at <= other.start_at || other.end_at <= one.start_at).toBe(true);
  },
);
