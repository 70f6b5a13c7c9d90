import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { ledgerOf } from "./choose-host.ts";
import { holdSlot } from "./hold-slot.ts";
import { listSlots } from "./list-slots.ts";
import { meetingById } from "./store.ts";
import { at, createMeetingWorld } from "./testing.ts";
import { typeActions } from "./testing-types.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

const { setUp, offer, booked } = typeActions(() => world);

describe("who gets a meeting of a type that goes by turns", () => {
  it("is whose turn it is by weights, whatever the guests choose to cancel", async () => {
    const { workspaceId, hosts } = await setUp(2);
    const [a, b] = hosts;
    if (a === undefined || b === undefined) throw new Error("two hosts");
    const type = await world.addType(workspaceId, [{ memberId: a, weight: 2, priority: 2 }, b]);
    const who: MemberId[] = [];
    for (const day of [0, 1, 2, 3, 4, 7])
      who.push((await booked(world.newGuest(workspaceId), type, at(10, 0, day))).hostId);
    expect(who.filter((id) => id === a)).toHaveLength(4);
    const lines = await ledgerOf(world.db, workspaceId, type);
    expect(lines.map(({ memberId, meetings, score }) => [memberId, meetings, score])).toEqual([
      [a, 4, 2],
      [b, 2, 2],
    ]);
    const rows = await world.db
      .selectFrom("meetings")
      .select("id")
      .where("host_id", "=", b)
      .where("state", "=", "booked")
      .execute();
    for (const { id } of rows) {
      const row = await meetingById(world.db, workspaceId, id);
      if (row) await cancelMeeting(world.deps, row, "guest");
    }
    for (const day of [8, 9])
      expect((await booked(world.newGuest(workspaceId), type, at(10, 0, day))).hostId).toBe(b);
  });

  it("is not somebody who was away and comes back, more often than the others", async () => {
    const { workspaceId, hosts } = await setUp(2);
    const [a, b] = hosts;
    if (a === undefined || b === undefined) throw new Error("two hosts");
    const type = await world.addType(workspaceId, hosts);
    const setActive = (is_active: boolean) =>
      world.db.updateTable("members").set({ is_active }).where("id", "=", b).execute();
    await setActive(false);
    for (const day of [0, 1, 2, 3]) await booked(world.newGuest(workspaceId), type, at(10, 0, day));
    await setActive(true);
    const who: MemberId[] = [];
    for (const day of [0, 1, 2, 3])
      who.push((await booked(world.newGuest(workspaceId), type, at(14, 0, day))).hostId);
    expect(who.filter((id) => id === b)).toHaveLength(2);
  });

  it("is the owner first, by the chat; the pool when the owner's first time is too far", async () => {
    const { workspaceId, siteId, hosts } = await setUp(3);
    const [, owner] = hosts;
    if (owner === undefined) throw new Error("hosts");
    await world.addType(workspaceId, hosts, { isForChat: true });
    const visitor = await world.addVisitor({ workspaceId, siteId });
    await world.addConversation(visitor, owner);
    const first = await listSlots(world.deps, visitor, "any");
    expect(first.hosts.map(({ id }) => id)).toEqual([owner]);
    const held = await holdSlot(world.deps, visitor, { host: "any", startAt: at(9), offer: first.offer });
    expect(held).toMatchObject({ outcome: "held", hold: { host: { id: owner } } });
    await world.db
      .updateTable("members")
      .set({
        hours: JSON.stringify({
          zone: "UTC",
          weekly: [],
          overrides: [{ day: "2026-10-25", spans: [{ start: 540, end: 600 }] }],
          noticeMinutes: 0,
          bufferMinutes: 5,
          horizonDays: 60,
          durationMinutes: 30,
        }),
      })
      .where("id", "=", owner)
      .execute();
    expect((await listSlots(world.deps, visitor, "any")).hosts).toHaveLength(3);
    await world.db
      .updateTable("workspaces")
      .set({ owner_first_days: 30 })
      .where("id", "=", workspaceId)
      .execute();
    expect((await listSlots(world.deps, visitor, "any")).hosts.map(({ id }) => id)).toEqual([owner]);
  });

  it("is for a visitor without a conversation whom they met last, and for a guest of a page nobody we know", async () => {
    const { workspaceId, siteId, hosts } = await setUp(3);
    const [, , last] = hosts;
    if (last === undefined) throw new Error("hosts");
    const type = await world.addType(workspaceId, hosts, { isForChat: true });
    const visitor = await world.addVisitor({ workspaceId, siteId });
    await booked(visitor, type, at(9), last, { email: "known@example.org" });
    expect((await listSlots(world.deps, visitor, "any")).hosts.map(({ id }) => id)).toEqual([last]);
    const guest = world.newGuest(workspaceId);
    expect((await offer(guest, type)).hosts).toHaveLength(3);
    const row = await booked(guest, type, at(13), "any", { email: "known@example.org" });
    expect(row).toMatchObject({ visitorId: null, conversationId: null });
  });
});

describe("the chat", () => {
  it("books the type that is for it; a rep who does not host it is met as usual", async () => {
    const { workspaceId, siteId, hosts } = await setUp(1, { durationMinutes: 15 });
    const other = await world.addHost(workspaceId, { durationMinutes: 20 });
    const visitor = await world.addVisitor({ workspaceId, siteId });
    expect(await listSlots(world.deps, visitor, "any")).toMatchObject({ type: null, durationMinutes: 15 });
    const type = await world.addType(workspaceId, hosts, { isForChat: true, durations: [45, 30] });
    expect(await listSlots(world.deps, visitor, "any")).toMatchObject({
      type: { id: type.id },
      durationMinutes: 45,
    });
    expect(await listSlots(world.deps, visitor, "any", 30)).toMatchObject({ durationMinutes: 30 });
    expect(await listSlots(world.deps, visitor, other, 30)).toMatchObject({
      type: null,
      durationMinutes: 20,
    });
  });

  it("of a site whose team hosts no such type meets the team as usual", async () => {
    const { workspaceId, siteId, hosts } = await setUp(1);
    const teammate = await world.addHost(workspaceId);
    await world.addType(workspaceId, hosts, { isForChat: true });
    const teamId = randomUUID() as never;
    await world.db.insertInto("teams").values({ id: teamId, workspace_id: workspaceId, name: "T" }).execute();
    await world.db
      .insertInto("team_members")
      .values({ workspace_id: workspaceId, team_id: teamId, member_id: teammate })
      .execute();
    await world.db.updateTable("sites").set({ team_id: teamId }).where("id", "=", siteId).execute();
    const visitor = await world.addVisitor({ workspaceId, siteId });
    const offered = await listSlots(world.deps, visitor, "any");
    expect([offered.type, offered.hosts.map(({ id }) => id)]).toEqual([null, [teammate]]);
  });
});
