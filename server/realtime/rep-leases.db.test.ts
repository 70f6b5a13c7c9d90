import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import { createLog } from "../log.ts";
import { createRoutingWorld } from "../routing/testing.ts";
import { createRepLeases } from "./rep-leases.ts";

const log = createLog({ level: "silent", part: "test" });
let world: Awaited<ReturnType<typeof createRoutingWorld>>;
beforeAll(async () => {
  world = await createRoutingWorld();
});
afterAll(() => world.close());

async function setUp() {
  const team = await world.addTeam(1);
  const [rep] = team.reps;
  if (rep === undefined) throw new Error("one was asked for");
  await world.leaveDesk(rep);
  let isDown = false;
  /** The first query may be held back, so that a later one could overtake it. */
  let heldBack: Promise<void> | null = null;
  const pool = {
    async query(...query: Parameters<Pool["query"]>) {
      const wait = heldBack;
      heldBack = null;
      await wait;
      if (isDown) throw new Error("the database is down");
      return world.pool.query(...query);
    },
  } as unknown as Pool; // All that leases use of one.
  const leases = createRepLeases({ pool, nodeId: randomUUID(), bus: world.node().bus, log });
  return {
    ...team,
    rep,
    leases,
    setDown: (next: boolean) => {
      isDown = next;
    },
    holdBackNext(until: Promise<void>) {
      heldBack = until;
    },
  };
}

async function secondsLeft(rep: MemberId): Promise<number> {
  const { rows } = await world.pool.query<{ left: number }>(
    `select coalesce(max(extract(epoch from lease_until - foyer_now())), 0)::float as left
     from rep_leases where member_id = $1`,
    [rep],
  );
  return rows[0]?.left ?? 0;
}

it("holds a lease while one console is open, and lets it run out shortly after the last", async () => {
  const { leases, rep, workspaceId } = await setUp();
  const releaseFirst = await leases.hold(rep, workspaceId);
  const releaseSecond = await leases.hold(rep, workspaceId);
  expect(await secondsLeft(rep)).toBe(30);
  releaseFirst();
  releaseFirst();
  expect(leases.localMembers()).toEqual([rep]);
  expect(await secondsLeft(rep)).toBe(30);
  releaseSecond();
  expect(leases.localMembers()).toEqual([]);
  await leases.close();
  expect(await secondsLeft(rep)).toBe(0);
});

it("a reload whose end is saved late does not cut the new page's lease short", async () => {
  const { leases, rep, workspaceId, holdBackNext } = await setUp();
  const release = await leases.hold(rep, workspaceId);
  let goOn = (): void => undefined;
  holdBackNext(
    new Promise((resolve) => {
      goOn = resolve;
    }),
  );
  release();
  const again = leases.hold(rep, workspaceId);
  goOn();
  await again;
  expect(await secondsLeft(rep)).toBe(30);
  await leases.close();
});

it("a link whose lease could not be saved leaves nobody behind who is not there", async () => {
  const { leases, rep, workspaceId, setDown } = await setUp();
  setDown(true);
  await expect(leases.hold(rep, workspaceId)).rejects.toThrow("the database is down");
  expect(leases.localMembers()).toEqual([]);
  setDown(false);
  const release = await leases.hold(rep, workspaceId);
  expect(await secondsLeft(rep)).toBe(30);
  release();
  expect(leases.localMembers()).toEqual([]);
  await leases.close();
});
