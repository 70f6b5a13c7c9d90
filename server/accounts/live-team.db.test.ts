import { afterEach, beforeEach, expect, it } from "vitest";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import { createTestDatabase, type TestDatabase } from "../db/testing.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import type { Emitter } from "../realtime/socket-server.ts";
import { createMember } from "./create-member.ts";
import { createWorkspace } from "./create-workspace.ts";
import { createLiveTeam } from "./live-team.ts";

let database: TestDatabase;
let workspaceId: WorkspaceId;
beforeEach(async () => {
  database = await createTestDatabase();
  workspaceId = await createWorkspace(database.db, { name: "Quiet Rooms" });
});
afterEach(() => database.close());

const add = (firstName: string) =>
  createMember(database.db, {
    workspaceId,
    email: `${firstName}@rooms.example`,
    role: "rep",
    firstName,
    lastName: "Hale",
    jobTitle: "",
    zone: "UTC",
  });

it("whoever has just joined is in the team they ask for, though a colleague asked a moment before", async () => {
  // Nobody else listens, so no hint makes it be read anew.
  const bus = { subscribe: () => () => undefined } as unknown as Bus;
  const emitter = {
    toReps: () => undefined,
    toVisitors: () => undefined,
    visitorsIn: () => false,
  } as unknown as Emitter;
  const team = createLiveTeam({ db: database.db, bus, emitter, log: {} as Log });
  try {
    await add("imogen");
    expect(await team.of(workspaceId)).toHaveLength(1);
    const noor = await add("noor");
    expect((await team.ofMember(workspaceId, noor)).map(({ firstName }) => firstName)).toEqual([
      "imogen",
      "noor",
    ]);
  } finally {
    team.close();
  }
});
