import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeSlots } from "../../shared/time/slot-code.ts";
import { bookMeeting } from "./book-meeting.ts";
import { cancelMeeting } from "./cancel-meeting.ts";
import { changeHost } from "./change-host.ts";
import { holdTypeSlot } from "./hold-slot.ts";
import { listSlotsToMove } from "./list-slots.ts";
import { at, createMeetingWorld, monday } from "./testing.ts";
import { typeActions } from "./testing-types.ts";

let world: Awaited<ReturnType<typeof createMeetingWorld>>;
beforeAll(async () => {
  world = await createMeetingWorld();
});
afterAll(() => world.close());

const { setUp, offer, starts, hold, book, booked } = typeActions(() => world);

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
