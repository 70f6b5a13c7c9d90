import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { bookMeeting } from "./book-meeting.ts";
import { hasBookableHost } from "./bookables.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { changeHost } from "./change-host.ts";
import { releaseHold } from "./hold-slot.ts";
import { listSlotsToMove } from "./list-slots.ts";
import { countMeetingsAhead, listMeetingsToMove } from "./meetings-to-move.ts";
import { moveMeeting } from "./move-meeting.ts";
import { listMeetings, meetingToChange } from "./show-meetings.ts";
import { meetingById } from "./store.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";
import { typeActions } from "./testing-types.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

const { setUp, offer, starts, hold, booked } = typeActions(() => world);

describe("a type of several hosts together", () => {
  async function three() {
    const set = await setUp(3);
    const [a, b, c] = set.hosts;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three hosts");
    const hosts = [a, { memberId: b, weight: 1, priority: 3 }, c];
    const type = await world.addType(set.workspaceId, hosts, { hosting: "collective" });
    const each = await world.addType(set.workspaceId, [a], { hosting: "one" });
    return { ...set, type, each, a, b, c, guest: world.newGuest(set.workspaceId) };
  }
  const rowsOf = (workspaceId: string) =>
    world.db
      .selectFrom("meetings")
      .select(["host_id", "state", "start_at", "part_of", "guest_email"])
      .where("workspace_id", "=", workspaceId as never)
      .orderBy("host_id")
      .execute();

  it("is offered when all are free, held and booked with all, and takes everybody's time", async () => {
    const { workspaceId, type, each, a, b, c, guest } = await three();
    await booked(world.newGuest(workspaceId), each, at(9));
    const offered = await offer(guest, type);
    expect(decodeSlots(offered.slots)[0]).toBe(at(10));
    expect(new Set(offered.hosts.map(({ id }) => id))).toEqual(new Set([a, b, c]));
    const meeting = await booked(guest, type, at(10));
    // The one of the highest priority leads.
    expect(meeting).toMatchObject({ hostId: b, coHostIds: [a, c].sort(), typeName: "Talk" });
    expect(await starts(world.newGuest(workspaceId), each)).not.toContain(at(10));
    expect((await hold(world.newGuest(workspaceId), each, at(10))).outcome).toBe("slot_taken");
    const rows = await rowsOf(workspaceId);
    expect(rows.filter(({ part_of }) => part_of === meeting.id)).toHaveLength(2);
    // What a guest gave stands in one row.
    expect(rows.filter(({ part_of, guest_email }) => part_of !== null && guest_email !== "")).toEqual([]);
    expect(await countMeetingsAhead(world.db, workspaceId, [a, b, c])).toEqual(
      new Map([
        [a, 2],
        [b, 1],
        [c, 1],
      ]),
    );
  });

  it("is nobody's when one of them cannot be booked", async () => {
    const { workspaceId, siteId, type, guest, c } = await three();
    await world.db.updateTable("members").set({ is_active: false }).where("id", "=", c).execute();
    expect(await offer(guest, type)).toMatchObject({ slots: "", hosts: [], noTimes: "nobody" });
    // A visitor of the chat leaves a message then.
    const visitor = await world.addVisitor({ workspaceId, siteId });
    const hasBooker = () => hasBookableHost(world.db, workspaceId, visitor.visitorId);
    expect(await hasBooker()).toBe(true);
    await world.db
      .updateTable("meeting_types")
      .set({ is_for_chat: true })
      .where("id", "=", type.id)
      .execute();
    expect(await hasBooker()).toBe(false);
  });

  it("in the lists is one meeting, of each of its hosts, any of whom may change it", async () => {
    const { workspaceId, type, guest, a, b, c } = await three();
    const meeting = await booked(guest, type, at(10));
    const from = { from: monday, to: monday + 86_400_000 };
    for (const memberId of [a, b, c]) {
      const member = { memberId, workspaceId, role: "meetings_only" } as const;
      const list = await listMeetings(world.deps, member, from);
      expect(list.map(({ id, hostId, coHostIds }) => [id, hostId, coHostIds])).toEqual([
        [meeting.id, b, [a, c].sort()],
      ]);
      expect((await meetingToChange(world.db, member, meeting.id)).id).toBe(meeting.id);
    }
    const part = await world.db
      .selectFrom("meetings")
      .select("id")
      .where("part_of", "=", meeting.id)
      .executeTakeFirstOrThrow();
    const admin = { memberId: a, workspaceId, role: "admin" } as const;
    await expect(meetingToChange(world.db, admin, part.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("moves with all of them, or not at all", async () => {
    const { workspaceId, type, each, guest } = await three();
    const meeting = await booked(guest, type, at(10));
    const offered = await listSlotsToMove(world.deps, { workspaceId, meetingId: meeting.id });
    expect(decodeSlots(offered.slots)).toContain(at(10, 30));
    await booked(world.newGuest(workspaceId), each, at(13));
    const wish = { offer: offered.offer, zone: "UTC" };
    expect(await moveMeeting(world.deps, meeting, "guest", { ...wish, startAt: at(13) })).toEqual({
      outcome: "slot_taken",
    });
    const moved = await moveMeeting(world.deps, meeting, "guest", { ...wish, startAt: at(10, 30) });
    expect(moved).toMatchObject({ outcome: "moved", meeting: { startAt: at(10, 30) } });
    const rows = (await rowsOf(workspaceId)).filter(({ start_at }) => start_at.getTime() === at(10, 30));
    expect(rows).toHaveLength(3);
  });

  it("frees everybody's time when it is cancelled, when its hold is let go of, and when that is over", async () => {
    const { workspaceId, type, each, guest } = await three();
    await cancelMeeting(world.deps, await booked(guest, type, at(10)), "guest");
    expect((await rowsOf(workspaceId)).map(({ state }) => state)).toEqual([
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
    const held = await hold(guest, type, at(10));
    if (held.outcome !== "held") throw new Error("not held");
    expect((await hold(world.newGuest(workspaceId), each, at(10))).outcome).toBe("slot_taken");
    await releaseHold(world.deps, guest, held.hold.holdId);
    const again = await hold(guest, type, at(10));
    if (again.outcome !== "held") throw new Error("not held");
    await world.setClock(again.hold.expiresAt);
    // Whoever takes the time of one of them ends the whole hold: nobody is booked with a host missing.
    expect((await hold(world.newGuest(workspaceId), each, at(10))).outcome).toBe("held");
    const form = { key: randomUUID(), name: "G", email: "g@example.org", note: "", zone: "UTC" };
    expect(await bookMeeting(world.deps, guest, { ...form, holdId: again.hold.holdId })).toEqual({
      outcome: "expired",
    });
  });

  it("lets a colleague sit in for any of its hosts who leaves", async () => {
    const { workspaceId, type, guest, a, b, c } = await three();
    const meeting = await booked(guest, type, at(10));
    const colleague = await world.addHost(workspaceId);
    await world.db.updateTable("members").set({ is_active: false }).where("id", "in", [b, c]).execute();
    expect(await listMeetingsToMove(world.deps, workspaceId, c)).toMatchObject([
      { meeting: { id: meeting.id }, freeHostIds: [colleague] },
    ]);
    expect(await changeHost(world.deps, meeting, { hostId: a, fromId: c, by: a })).toEqual({
      outcome: "slot_taken",
    });
    const given = await changeHost(world.deps, meeting, { hostId: colleague, fromId: c, by: a });
    expect(given).toMatchObject({ outcome: "given", meeting: { hostId: b, sequence: 1 } });
    const now = await meetingById(world.db, workspaceId, meeting.id);
    expect(now?.coHostIds).toEqual([a, colleague].sort());
    expect(await listMeetingsToMove(world.deps, workspaceId, c)).toEqual([]);
    const second = await world.addHost(workspaceId);
    if (now === undefined) throw new Error("it is there");
    expect(await changeHost(world.deps, now, { hostId: second, by: a })).toMatchObject({
      outcome: "given",
      meeting: { hostId: second },
    });
  });
});
