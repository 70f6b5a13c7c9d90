import { expect, it } from "vitest";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import { encodeSlots } from "../../../shared/time/slot-code.ts";
import { settled } from "../../frame/fake-link.ts";
import type { MeetingLinkApi } from "../meeting-link-api.ts";
import { MeetingLinkModel } from "./meeting-link.ts";

const startAt = Date.UTC(2026, 2, 10, 12);
const later = startAt + 3_600_000;
const meeting = { state: "booked", startAt, endAt: startAt + 1_800_000 } as GuestMeeting;

async function open(changes: Partial<MeetingLinkApi> = {}) {
  const moves: unknown[] = [];
  const api: MeetingLinkApi = {
    show: async () => ({ ok: true, meeting, company: { companyName: "Larchwell", color: "#2f5d4a" } }),
    slots: async () => ({
      ok: true,
      durationMinutes: 30,
      offer: "offer",
      offerExpiresAt: later,
      slots: encodeSlots([later]),
      hosts: [],
      type: null,
    }),
    cancel: async () => ({ ok: true, meeting: { ...meeting, state: "cancelled" } }),
    move: async (to) => {
      moves.push(to);
      return { ok: true, meeting: { ...meeting, startAt: to.startAt } };
    },
    ...changes,
  };
  const model = new MeetingLinkModel({ api, zone: "Europe/Berlin" });
  await settled();
  return { model, moves };
}

it("shows the meeting", async () => {
  const { model } = await open();
  expect(model.stage.value).toBe("shown");
  expect(model.meeting.value?.startAt).toBe(startAt);
  expect(model.company.value?.companyName).toBe("Larchwell");
});

it("tells a link that is over from a server that cannot be reached", async () => {
  for (const code of ["expired", "not_found", "bad_signature"] as const)
    expect((await open({ show: async () => ({ ok: false, code }) })).model.stage.value).toBe("gone");
  expect((await open({ show: async () => ({ ok: false, code: "unavailable" }) })).model.stage.value).toBe(
    "lost",
  );
});

it("cancels only after asking once more", async () => {
  const { model } = await open();
  model.askToCancel();
  expect(model.meeting.value?.state).toBe("booked");
  await model.cancel();
  expect(model.meeting.value?.state).toBe("cancelled");
  expect(model.stage.value).toBe("shown");
});

it("moves to a chosen time with the offer it was shown under", async () => {
  const { model, moves } = await open();
  await model.loadTimes();
  expect(model.slots.value).toEqual([later]);
  model.chooseTime(later);
  expect(model.stage.value).toBe("sureToMove");
  await model.move();
  expect(moves).toEqual([{ startAt: later, offer: "offer", zone: "Europe/Berlin" }]);
  expect(model.meeting.value?.startAt).toBe(later);
  expect(model.wasMoved.value).toBe(true);
});

it("shows fresh times and says why when the time was taken or the offer is over", async () => {
  for (const [code, problem] of [
    ["slot_taken", "slot_taken"],
    ["expired", "expired"],
  ] as const) {
    const { model } = await open({ move: async () => ({ ok: false, code }) });
    await model.loadTimes();
    model.chooseTime(later);
    await model.move();
    await settled();
    expect(model.stage.value).toBe("times");
    expect(model.problem.value).toBe(problem);
    expect(model.meeting.value?.startAt).toBe(startAt);
  }
});
