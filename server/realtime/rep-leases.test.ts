import type { Pool } from "pg";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import { createLog } from "../log.ts";
import type { Hint } from "./hints.ts";
import { createRepLeases } from "./rep-leases.ts";

const rep = "rep" as MemberId;
const workspace = "workspace" as WorkspaceId;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function createDesk() {
  const saved: { members: unknown; seconds: unknown }[] = [];
  const hints: Hint["kind"][] = [];
  const state = { isAway: false };
  const pool = {
    async query(text: string, values?: unknown[]) {
      if (state.isAway) throw new Error("the database is away");
      if (text.includes("insert")) saved.push({ members: values?.[0], seconds: values?.[3] });
    },
  } as unknown as Pool; // All that leases use of one.
  const leases = createRepLeases({
    pool,
    nodeId: "node",
    bus: {
      publish: ({ kind }) => void hints.push(kind),
      subscribe: () => () => undefined,
      close: async () => undefined,
    },
    log: createLog({ level: "silent", part: "test" }),
  });
  return { leases, saved, hints, state };
}

it("holds a rep from the first console to the last, and renews meanwhile", async () => {
  const { leases, saved, hints } = createDesk();
  const closeFirst = await leases.hold(rep, workspace);
  const closeSecond = await leases.hold(rep, workspace);
  expect(saved).toEqual([{ members: [rep], seconds: 30 }]);
  closeFirst();
  closeFirst();
  expect(leases.localMembers()).toEqual([rep]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(saved).toHaveLength(2);
  closeSecond();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(leases.localMembers()).toEqual([]);
  expect(saved[2]).toEqual({ members: [rep], seconds: 4 });
  expect(saved).toHaveLength(3);
  expect(hints).toEqual(["team", "team"]);
  await leases.close();
});

it("a lease that could not be taken leaves nobody held", async () => {
  const { leases, saved, state } = createDesk();
  state.isAway = true;
  await expect(leases.hold(rep, workspace)).rejects.toThrow("away");
  expect(leases.localMembers()).toEqual([]);
  state.isAway = false;
  const close = await leases.hold(rep, workspace);
  expect(saved.at(-1)).toEqual({ members: [rep], seconds: 30 });
  close();
  expect(leases.localMembers()).toEqual([]);
  await leases.close();
});
