import { afterAll, beforeAll, expect, it } from "vitest";
import type { MemberId } from "../../../shared/model/ids.ts";
import { decodeSlots } from "../../../shared/time/slot-code.ts";
import { listSlots } from "../../meetings/list-slots.ts";
import { createMeetingWorld } from "../../meetings/testing.ts";
import { createRoutingWorld } from "../../routing/testing.ts";
import { whyThere } from "../../routing/why.ts";
import { listMembers } from "../members/list-members.ts";

let routing: Awaited<ReturnType<typeof createRoutingWorld>>;
let meetings: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  [routing, meetings] = await Promise.all([createRoutingWorld(), createMeetingWorld()]);
});
afterAll(() => Promise.all([routing.close(), meetings.close()]));

it("a rep who has not finished setting up is not asked for a chat, and the log says why", async () => {
  const team = await routing.addTeam(2);
  const [newcomer, ready] = team.reps;
  if (!newcomer || !ready) throw new Error("no reps");
  await routing.db
    .updateTable("members")
    .set({ zone_confirmed_at: null })
    .where("id", "=", newcomer)
    .execute();
  const { id } = await routing.startTalk(team);
  const offered = await routing.db.selectFrom("offers").select("member_id").execute();
  expect(offered).toEqual([{ member_id: ready }]);
  const log = await whyThere(routing.db, team.workspaceId, id);
  expect(log).toContainEqual(
    expect.objectContaining({ step: "skipped", repId: newcomer, reason: "NOT_READY" }),
  );
  // The admin sees the same reason.
  const members = await listMembers(routing.db, team.workspaceId);
  const needs = (id: MemberId) => members.find((member) => member.id === id)?.needs;
  expect([needs(newcomer), needs(ready)]).toEqual([["photo", "zone"], ["photo"]]);
});

it("a host who has not finished setting up cannot be booked", async () => {
  const place = await meetings.addWorkspace();
  const host = await meetings.addHost(place.workspaceId);
  const visitor = await meetings.addVisitor(place);
  const bookable = async () => decodeSlots((await listSlots(meetings.deps, visitor, "any")).slots);
  expect((await bookable()).length).toBeGreaterThan(0);
  await meetings.db
    .updateTable("members")
    .set({ profile_confirmed_at: null })
    .where("id", "=", host)
    .execute();
  expect(await bookable()).toEqual([]);
  await expect(listSlots(meetings.deps, visitor, host)).rejects.toMatchObject({ code: "not_found" });
});
