import { describe, expect, it } from "vitest";
import type { ClientId, MeetingId, MemberId } from "../../../shared/model/ids.ts";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import { encodeSlots } from "../../../shared/time/slot-code.ts";
import { fakeClock, settled } from "../fake-link.ts";
import { type BookingApi, BookingModel, type BookingParts } from "./booking.ts";

const start = Date.UTC(2026, 2, 10, 12);
const slot = start + 3_600_000;
const host: RepCard = {
  id: "r1" as MemberId,
  firstName: "Nora",
  lastName: "Lind",
  jobTitle: "Engineer",
  photoUrl: null,
  presence: "available",
};
const details = { name: "Ada", email: "ada@example.com", note: "", answers: [] };

function open(changes: Partial<BookingApi> = {}, parts: Partial<BookingParts> = {}) {
  const calls: string[] = [];
  const keys: string[] = [];
  const time = fakeClock(start);
  const api: BookingApi = {
    slots: async () => ({
      ok: true,
      durationMinutes: 30,
      offer: "offer",
      offerExpiresAt: start + 600_000,
      slots: encodeSlots([slot, slot + 1_800_000]),
      hosts: [host],
      type: null,
    }),
    hold: async (_host, startAt) => ({
      ok: true,
      holdId: "h1" as MeetingId,
      host,
      startAt,
      endAt: startAt + 1_800_000,
      expiresAt: time.clock.now() + 300_000,
    }),
    release: () => undefined,
    book: async ({ name, email }) => ({
      ok: true,
      meeting: {
        host,
        startAt: slot,
        endAt: slot + 1_800_000,
        guestName: name,
        guestEmail: email,
        state: "booked",
      } as GuestMeeting,
    }),
    look: async () => ({ ok: false, code: "unavailable" }),
    ...changes,
  };
  const counting = <A extends unknown[], R>(name: string, call: (...input: A) => R) => {
    return (...input: A): R => {
      calls.push(name);
      return call(...input);
    };
  };
  const counted: BookingApi = {
    slots: counting("slots", (...input) => api.slots(...input)),
    look: counting("look", (url) => api.look(url)),
    hold: counting("hold", (...input) => api.hold(...input)),
    release: counting("release", (id) => api.release(id)),
    book: counting("book", (input) => {
      keys.push(input.key);
      return api.book(input);
    }),
  };
  const booked: unknown[] = [];
  let ids = 0;
  const model = new BookingModel({
    api: counted,
    clock: time.clock,
    clientId: () => `key${++ids}` as ClientId,
    host: "any",
    zone: "Europe/Berlin",
    who: { name: "", email: "" },
    onBooked: (_answer, given) => booked.push(given),
    ...parts,
  });
  return { model, time, calls, keys, booked, changes: api };
}

describe("a booking", () => {
  it("goes from free times over a hold to a booked meeting", async () => {
    const { model, calls, booked } = open();
    expect(model.step.value.kind).toBe("loading");
    await settled();
    expect(model.step.value.kind).toBe("times");
    expect(model.slots.value).toEqual([slot, slot + 1_800_000]);
    const choosing = model.chooseTime(slot);
    expect(model.step.value).toEqual({ kind: "holding", startAt: slot });
    await choosing;
    expect(model.step.value).toMatchObject({ kind: "details", startAt: slot, secondsLeft: 300 });
    await model.book(details);
    expect(model.step.value).toMatchObject({
      kind: "booked",
      meeting: { guestEmail: "ada@example.com" },
    });
    expect(calls).toEqual(["slots", "hold", "book"]);
    expect(booked).toEqual([details]);
  });

  it("counts down while the time is kept", async () => {
    const { model, time } = open();
    await settled();
    await model.chooseTime(slot);
    await time.pass(61_000);
    expect(model.step.value).toMatchObject({ secondsLeft: 239 });
    await time.pass(300_000);
    expect(model.step.value).toMatchObject({ secondsLeft: 0 });
  });

  it("says when somebody was faster, and shows what is free now", async () => {
    const { model, calls } = open({ hold: async () => ({ ok: false, code: "slot_taken" }) });
    await settled();
    await model.chooseTime(slot);
    await settled();
    expect(model.problem.value).toBe("slot_taken");
    expect(model.step.value.kind).toBe("times");
    expect(calls).toEqual(["slots", "hold", "slots"]);
  });

  it("puts the times around the one that was taken first, and gives up its day", async () => {
    const { model } = open({ hold: async () => ({ ok: false, code: "slot_taken" }) });
    await settled();
    model.chooseDay("2026-03-10");
    await model.chooseTime(slot);
    expect(model.near.value).toBe(slot);
    expect(model.day.value).toBeNull();
    await model.reload();
    expect(model.near.value).toBeNull();
  });

  it("asks anew for times that were shown too long, and keeps the wanted one without a word", async () => {
    let holds = 0;
    const { model, calls, changes } = open();
    const hold = changes.hold;
    changes.hold = async (...input) => (holds++ ? hold(...input) : { ok: false, code: "expired" });
    await settled();
    await model.chooseTime(slot);
    expect(calls).toEqual(["slots", "hold", "slots", "hold"]);
    expect(model.step.value.kind).toBe("details");
    expect(model.problem.value).toBeNull();
  });

  it("keeps what was written when the time has to be chosen again", async () => {
    const { model } = open({ book: async () => ({ ok: false, code: "slot_taken" }) });
    await settled();
    await model.chooseTime(slot);
    const written = { ...details, answers: [{ id: "q1", answer: "Forty desks" }] };
    await model.book(written);
    await settled();
    await model.chooseTime(slot);
    expect(model.step.value).toMatchObject({ kind: "details", draft: written });
    model.write({ ...written, name: "Ada L." });
    model.back();
    await settled();
    await model.chooseTime(slot);
    expect(model.step.value).toMatchObject({ draft: { name: "Ada L." } });
  });

  it("asks for another length, of the same host", async () => {
    const asked: unknown[] = [];
    const { model, changes } = open();
    const slots = changes.slots;
    changes.slots = (...input) => {
      asked.push(input);
      return slots(...input);
    };
    model.chooseHost(host.id);
    model.chooseDuration(60);
    await settled();
    expect(asked).toEqual([
      [host.id, null],
      [host.id, 60],
    ]);
  });

  it("says why there is no time", async () => {
    const none =
      (more: object): BookingApi["slots"] =>
      async () => ({
        ok: true,
        durationMinutes: 30,
        offer: "o",
        offerExpiresAt: start,
        slots: "",
        hosts: [host],
        type: null,
        ...more,
      });
    for (const [more, why] of [
      [{}, "full"],
      [{ hosts: [] }, "nobody"],
      [{ noTimes: "unread" }, "unread"],
    ] as const) {
      const { model } = open({ slots: none(more) });
      await settled();
      expect(model.noTimes.value).toBe(why);
    }
  });

  it("says when it takes long, and shows the answer that came to the second question", async () => {
    const answers: ((answer: Awaited<ReturnType<BookingApi["slots"]>>) => void)[] = [];
    const { model, time } = open({ slots: () => new Promise((resolve) => answers.push(resolve)) });
    await time.pass(5_000);
    expect(model.step.value).toEqual({ kind: "loading", isSlow: false });
    await time.pass(2_000);
    expect(model.step.value).toEqual({ kind: "loading", isSlow: true });
    void model.reload();
    expect(model.step.value).toEqual({ kind: "loading", isSlow: false });
    answers[0]?.({ ok: false, code: "unavailable" });
    await settled();
    expect(model.step.value.kind).toBe("loading");
  });

  it("does not ask for times that came with the page", async () => {
    const first = await open().changes.slots("any", null);
    const { model, calls } = open({}, { first });
    expect(model.slots.value).toEqual([slot, slot + 1_800_000]);
    await settled();
    expect(calls).toEqual([]);
  });

  it("shows the room as soon as it is made, and stops asking", async () => {
    const pending = { kind: "zoom", state: "pending" };
    let made = false;
    const meeting = (place: object) =>
      ({ host, startAt: slot, endAt: slot + 1_800_000, state: "booked", place }) as GuestMeeting;
    const { model, calls, time } = open({
      book: async () => ({
        ok: true,
        meeting: meeting(pending),
        manageUrl: "https://foyer.example/meeting/t",
      }),
      look: async () => ({ ok: true, meeting: meeting(made ? { ...pending, state: "ready" } : pending) }),
    });
    await settled();
    await model.chooseTime(slot);
    await model.book(details);
    await time.pass(3_000);
    made = true;
    await time.pass(60_000);
    expect(model.step.value).toMatchObject({ meeting: { place: { state: "ready" } } });
    expect(calls.filter((call) => call === "look")).toHaveLength(2);
  });

  it("goes back to the times when the hold was over", async () => {
    const { model } = open({ book: async () => ({ ok: false, code: "expired" }) });
    await settled();
    await model.chooseTime(slot);
    await model.book(details);
    await settled();
    expect(model.problem.value).toBe("expired");
    expect(model.step.value.kind).toBe("times");
  });

  it("keeps the form and the key when the line broke, so that trying again books once", async () => {
    const { model, keys, changes } = open();
    const book = changes.book;
    changes.book = async () => ({ ok: false, code: "unavailable" });
    await settled();
    await model.chooseTime(slot);
    await model.book(details);
    expect(model.step.value).toMatchObject({ kind: "details", isBooking: false });
    expect(model.problem.value).toBe("unavailable");
    changes.book = book;
    await model.book(details);
    expect(model.step.value.kind).toBe("booked");
    expect(keys).toEqual(["key1", "key1"]);
  });

  it("gives the hold back when the visitor chooses again or leaves", async () => {
    const { model, calls } = open();
    await settled();
    await model.chooseTime(slot);
    model.back();
    await settled();
    expect(calls).toContain("release");
    model.leave();
    expect(calls.filter((call) => call === "release")).toHaveLength(1);
  });

  it("shows the times of the host chosen last, whichever answer comes first", async () => {
    const answers: (() => void)[] = [];
    const { model } = open({
      slots: (who) =>
        new Promise((resolve) =>
          answers.push(() =>
            resolve({
              ok: true,
              durationMinutes: 30,
              offer: who,
              offerExpiresAt: start,
              slots: encodeSlots([who === "any" ? slot : slot + 1_800_000]),
              hosts: [host],
              type: null,
            }),
          ),
        ),
    });
    model.chooseHost(host.id);
    answers[1]?.();
    answers[0]?.();
    await settled();
    expect(model.slots.value).toEqual([slot + 1_800_000]);
  });

  it("says that the calendar cannot be reached, and can be told to try again", async () => {
    const { model, changes } = open({ slots: async () => ({ ok: false, code: "unavailable" }) });
    await settled();
    expect(model.step.value.kind).toBe("failed");
    changes.slots = async () => ({
      ok: true,
      durationMinutes: 15,
      offer: "o",
      offerExpiresAt: start,
      slots: "",
      hosts: [host],
      type: null,
    });
    await model.reload();
    expect(model.step.value.kind).toBe("times");
  });
});
