import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { HostChoice } from "../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { type BookingWish, bookMeeting } from "./book-meeting.ts";
import { hasBookableHost } from "./bookables.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { changeHost } from "./change-host.ts";
import { ledgerOf } from "./choose-host.ts";
import type { Guest } from "./guest.ts";
import { holdSlot, holdTypeSlot, releaseHold } from "./hold-slot.ts";
import { listSlots, listSlotsToMove, listTypeSlots } from "./list-slots.ts";
import { countMeetingsAhead, listMeetingsToMove } from "./meetings-to-move.ts";
import { moveMeeting } from "./move-meeting.ts";
import { listMeetings, meetingToChange } from "./show-meetings.ts";
import { meetingById } from "./store.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";
import type { TypeRow } from "./types-store.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

async function setUp(hosts: number, hours: Partial<MeetingHours> = {}) {
  await world.setClock(monday);
  const place = await world.addWorkspace();
  const ids: MemberId[] = [];
  for (let index = 0; index < hosts; index++) ids.push(await world.addHost(place.workspaceId, hours));
  return { ...place, hosts: ids };
}

const offer = (guest: Guest, type: TypeRow, host: HostChoice = "any", duration?: number) =>
  listTypeSlots(world.deps, guest, { type, host, duration });
const starts = async (guest: Guest, type: TypeRow, host: HostChoice = "any") =>
  decodeSlots((await offer(guest, type, host)).slots);

async function hold(guest: Guest, type: TypeRow, startAt: number, host: HostChoice = "any") {
  const offered = await offer(guest, type, host);
  return holdTypeSlot(world.deps, guest, { host, startAt, offer: offered.offer }, type);
}

type Form = Partial<BookingWish>;

async function book(guest: Guest, type: TypeRow, startAt: number, host: HostChoice = "any", form: Form = {}) {
  const held = await hold(guest, type, startAt, host);
  if (held.outcome !== "held") return held;
  return bookMeeting(world.deps, guest, {
    key: randomUUID(),
    holdId: held.hold.holdId,
    name: "Gustava Guest",
    email: `${randomUUID()}@example.org`,
    note: "",
    zone: "Europe/Berlin",
    ...form,
  });
}

async function booked(
  guest: Guest,
  type: TypeRow,
  startAt: number,
  host: HostChoice = "any",
  form: Form = {},
) {
  const done = await book(guest, type, startAt, host, form);
  if (done.outcome !== "booked") throw new Error(`not booked: ${done.outcome}`);
  const row = await meetingById(world.db, guest.workspaceId, done.meeting.id);
  if (row === undefined) throw new Error("a booked meeting is stored");
  return row;
}

describe("a meeting type", () => {
  it("brings its own length, notice, gap and horizon; what it does not say is as the host has it", async () => {
    const { workspaceId, hosts } = await setUp(1, { noticeMinutes: 60, horizonDays: 30 });
    const guest = world.newGuest(workspaceId);
    const type = await world.addType(workspaceId, hosts, {
      durations: [60, 15],
      bufferMinutes: 30,
      horizonDays: 1,
    });
    await booked(guest, type, at(10));
    const offered = await offer(guest, type);
    expect(offered).toMatchObject({ durationMinutes: 60, type: { id: type.id, durations: [60, 15] } });
    // An hour, and half an hour on both sides of what is booked from 10 to 11.
    expect(decodeSlots(offered.slots)[0]).toBe(at(11, 30));
    expect(decodeSlots(offered.slots).every((start) => start < monday + 86_400_000)).toBe(true);
    const short = await offer(guest, type, "any", 15);
    expect(decodeSlots(short.slots).slice(0, 2)).toEqual([at(9), at(9, 15)]);
    await expect(offer(guest, type, "any", 45)).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("keeps the larger of two gaps, so that whatever is offered can be had", async () => {
    const { workspaceId, hosts } = await setUp(1);
    const [wide, tight] = [
      await world.addType(workspaceId, hosts, { bufferMinutes: 60 }),
      await world.addType(workspaceId, hosts, { bufferMinutes: 0 }),
    ];
    await booked(world.newGuest(workspaceId), wide, at(12));
    const left = await starts(world.newGuest(workspaceId), tight);
    expect([at(10, 30), at(11), at(13), at(13, 30)].map((start) => left.includes(start))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    for (const start of [at(10, 30), at(13, 30)])
      expect((await book(world.newGuest(workspaceId), tight, start)).outcome).toBe("booked");
  });

  it("with hours of its own is met then; days off of the host still hold", async () => {
    const { workspaceId, hosts } = await setUp(1, { overrides: [{ day: "2026-10-06", spans: [] }] });
    const evenings = {
      zone: null,
      weekly: ([1, 2, 3] as const).map((weekday) => ({ weekday, spans: [{ start: 1_200, end: 1_260 }] })),
    };
    const type = await world.addType(workspaceId, hosts, { hours: evenings, horizonDays: 3 });
    expect(await starts(world.newGuest(workspaceId), type)).toEqual([
      at(20),
      at(20, 30),
      at(20, 0, 2),
      at(20, 30, 2),
    ]);
  });

  it("is offered only with hosts who have the place it needs, and says when nobody has", async () => {
    const { workspaceId, hosts } = await setUp(2);
    const [, withLink] = hosts;
    if (withLink === undefined) throw new Error("two hosts");
    const type = await world.addType(workspaceId, hosts, { place: "video" });
    const guest = world.newGuest(workspaceId);
    expect(await offer(guest, type)).toMatchObject({ slots: "", hosts: [], noTimes: "nobody" });
    const details = { video: "link", linkUrl: "https://meet.example/robin", phone: "", phoneExtension: "" };
    await world.db
      .updateTable("members")
      .set({ meeting_details: JSON.stringify(details) })
      .where("id", "=", withLink)
      .execute();
    expect((await offer(guest, type)).hosts.map(({ id }) => id)).toEqual([withLink]);
    expect(await booked(guest, type, at(9))).toMatchObject({
      hostId: withLink,
      place: { kind: "link", state: "ready", joinUrl: details.linkUrl },
    });
  });

  it("is held where the colleague is who is given it; whoever has no such place cannot be", async () => {
    const { workspaceId, hosts } = await setUp(3);
    const [a, b, c] = hosts;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three hosts");
    for (const [id, room] of [
      [a, "ada"],
      [b, "bea"],
    ] as const)
      await world.db
        .updateTable("members")
        .set({
          meeting_details: JSON.stringify({
            video: "link",
            linkUrl: `https://meet.example/${room}`,
            phone: "",
            phoneExtension: "",
          }),
        })
        .where("id", "=", id)
        .execute();
    const type = await world.addType(workspaceId, [a], { hosting: "one", place: "video" });
    const meeting = await booked(world.newGuest(workspaceId), type, at(9));
    expect(meeting.place?.joinUrl).toBe("https://meet.example/ada");
    expect(await changeHost(world.deps, meeting, { hostId: c, by: a })).toEqual({ outcome: "slot_taken" });
    expect(await changeHost(world.deps, meeting, { hostId: b, by: a })).toMatchObject({
      outcome: "given",
      meeting: { hostId: b, place: { joinUrl: "https://meet.example/bea" } },
    });
  });

  it("asks its questions: what must be answered is, a choice is one of those given, words stay with the answer", async () => {
    const { workspaceId, hosts } = await setUp(1);
    const question = { choices: [], isRequired: false };
    const type = await world.addType(workspaceId, hosts, {
      questions: [
        { ...question, id: "size", label: "How many desks?", kind: "choice", choices: ["1-10", "more"] },
        { ...question, id: "what", label: "What is it about?", kind: "text", isRequired: true },
      ],
    });
    const guest = world.newGuest(workspaceId);
    for (const [answers, field] of [
      [[], "answers.what"],
      [[{ id: "what", answer: "" }], "answers.what"],
      [
        [
          { id: "what", answer: "Noise" },
          { id: "size", answer: "none of your business" },
        ],
        "answers.size",
      ],
    ] as const)
      await expect(book(guest, type, at(9), "any", { answers })).rejects.toMatchObject({
        code: "invalid_input",
        details: { field },
      });
    const meeting = await booked(guest, type, at(9), "any", {
      answers: [
        { id: "unknown", answer: "?" },
        { id: "what", answer: "Noise" },
      ],
    });
    expect(meeting.answers).toEqual([{ id: "what", label: "What is it about?", answer: "Noise" }]);
  });

  it("is what its offer says: not another type's, another length's or another guest's", async () => {
    const { workspaceId, hosts } = await setUp(2);
    const [one, other] = [
      await world.addType(workspaceId, hosts, { durations: [30, 60] }),
      await world.addType(workspaceId, hosts),
    ];
    const guest = world.newGuest(workspaceId);
    const long = await offer(guest, one, "any", 60);
    const refused = expect.objectContaining({ code: "bad_signature" });
    const wish = { host: "any", startAt: at(9), offer: long.offer } as const;
    await expect(holdTypeSlot(world.deps, guest, wish, other)).rejects.toEqual(refused);
    await expect(holdTypeSlot(world.deps, world.newGuest(workspaceId), wish, one)).rejects.toEqual(refused);
    const [first] = hosts;
    if (first === undefined) throw new Error("a host");
    await expect(holdTypeSlot(world.deps, guest, { ...wish, host: first }, one)).rejects.toEqual(refused);
    const held = await holdTypeSlot(world.deps, guest, wish, one);
    expect(held).toMatchObject({ outcome: "held", hold: { endAt: at(10) } });
    // Whoever is no host of it cannot be asked for by name.
    const stranger = await world.addHost(workspaceId);
    await expect(offer(guest, one, stranger)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is over for new holds when it was removed; a held time can still be booked, and moved by its rules", async () => {
    const { workspaceId, hosts } = await setUp(1);
    const type = await world.addType(workspaceId, hosts, { durations: [60] });
    const [guest, late] = [world.newGuest(workspaceId), world.newGuest(workspaceId)];
    const lateOffer = await offer(late, type);
    const held = await hold(guest, type, at(9));
    if (held.outcome !== "held") throw new Error("not held");
    await world.db
      .updateTable("meeting_types")
      .set({ removed_at: new Date(monday) })
      .where("id", "=", type.id)
      .execute();
    const wish = { host: "any", startAt: at(13), offer: lateOffer.offer } as const;
    expect(await holdTypeSlot(world.deps, late, wish, type)).toEqual({ outcome: "slot_taken" });
    const form = { key: randomUUID(), name: "G", email: "g@example.org", note: "", zone: "UTC" };
    const done = await bookMeeting(world.deps, guest, { ...form, holdId: held.hold.holdId });
    if (done.outcome !== "booked") throw new Error("not booked");
    const link = { workspaceId, meetingId: done.meeting.id };
    expect((await listSlotsToMove(world.deps, link)).durationMinutes).toBe(60);
  });

  it("lets a guest of its page have three meetings ahead, and an address too", async () => {
    const { workspaceId, hosts } = await setUp(1);
    const type = await world.addType(workspaceId, hosts);
    const guest = world.newGuest(workspaceId);
    for (const hour of [9, 10, 11]) await booked(guest, type, at(hour), "any", { email: "same@example.org" });
    expect((await hold(guest, type, at(12))).outcome).toBe("too_many_meetings");
    const form = { email: "Same@example.org" };
    expect((await book(world.newGuest(workspaceId), type, at(12), "any", form)).outcome).toBe(
      "too_many_meetings",
    );
  });
});

describe("a daily limit", () => {
  it("closes the days of the host's own clock on which it is reached, for offers, holds and moves", async () => {
    const { workspaceId, hosts } = await setUp(1, {
      zone: "Pacific/Auckland",
      weekly: [{ weekday: 2, spans: [{ start: 540, end: 1020 }] }],
    });
    await world.db.updateTable("members").set({ meetings_per_day: 2 }).where("id", "in", hosts).execute();
    const type = await world.addType(workspaceId, hosts, { horizonDays: 13 });
    // Tuesday in Auckland is Monday evening in New York.
    const tuesdays = await starts(world.newGuest(workspaceId), type);
    const [first = 0, , third = 0] = tuesdays;
    const nextWeek = tuesdays.find((start) => start > first + 86_400_000) ?? 0;
    await booked(world.newGuest(workspaceId), type, first);
    const late = world.newGuest(workspaceId);
    const offered = await offer(late, type);
    const second = await booked(world.newGuest(workspaceId), type, third);
    expect((await starts(world.newGuest(workspaceId), type))[0]).toBe(nextWeek);
    const wish = { host: "any", startAt: third + 4 * 3_600_000, offer: offered.offer } as const;
    expect(await holdTypeSlot(world.deps, late, wish, type)).toEqual({ outcome: "slot_taken" });
    // Within the day that is full by itself, it can be moved.
    const toMove = await listSlotsToMove(world.deps, { workspaceId, meetingId: second.id });
    expect(decodeSlots(toMove.slots)).toContain(third + 4 * 3_600_000);
    await cancelMeeting(world.deps, second, "host");
    expect((await starts(world.newGuest(workspaceId), type))[0]).toBeLessThan(nextWeek);
  });
});

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
