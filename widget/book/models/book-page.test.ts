import { expect, it } from "vitest";
import type { ClientId } from "../../../shared/model/ids.ts";
import type { SlotsAnswer } from "../../../shared/protocol/visitor-routes.ts";
import { encodeSlots } from "../../../shared/time/slot-code.ts";
import { fakeClock, settled } from "../../frame/fake-link.ts";
import type { Asked } from "../../frame/link.ts";
import type { BookingApi } from "../../frame/models/booking.ts";
import type { BookingPage, BookingPageApi } from "../booking-page-api.ts";
import { BookPageModel, type BookPageParts } from "./book-page.ts";

const start = Date.UTC(2026, 2, 10, 12);
const page = { ok: true, guest: "word", type: {}, hosts: [] } as unknown as Asked<BookingPage>;
const slots: Asked<SlotsAnswer> = {
  ok: true,
  durationMinutes: 30,
  offer: "offer",
  offerExpiresAt: start,
  slots: encodeSlots([start]),
  hosts: [],
  type: null,
};

function open(
  changes: Partial<BookPageParts> = {},
  answers: { page?: Asked<BookingPage>; slots?: Asked<SlotsAnswer> } = {},
) {
  const asked: string[] = [];
  const given = { page, slots, ...answers };
  const api: BookingPageApi = {
    async open() {
      asked.push("open");
      return given.page;
    },
    bookings: (guest) =>
      ({
        async slots(host: string) {
          asked.push(`slots ${guest} ${host}`);
          return given.slots;
        },
        hold: async (_host: string, startAt: number) =>
          ({ ok: true, startAt, expiresAt: start + 300_000 }) as never,
        release: () => undefined,
      }) as unknown as BookingApi,
  };
  const model = new BookPageModel({
    api,
    clock: fakeClock(start).clock,
    clientId: () => "key" as ClientId,
    zone: "Europe/Berlin",
    who: { name: "", email: "" },
    start: null,
    onBooked: () => undefined,
    ...changes,
  });
  return { model, asked, given };
}

it("shows the times that came with the page without a question", async () => {
  const { model, asked } = open({ start: { page, slots } });
  expect(model.stage.value).toBe("shown");
  expect(model.booking.value?.slots.value).toEqual([start]);
  await settled();
  expect(asked).toEqual([]);
});

it("asks for what did not come with it, in the name the page gave", async () => {
  const { model, asked } = open();
  expect(model.stage.value).toBe("loading");
  await settled();
  expect(model.stage.value).toBe("shown");
  expect(asked).toEqual(["open", "slots word any"]);
  const late = open({ start: { page, slots: { ok: false, code: "unavailable" } } });
  await settled();
  expect(late.asked).toEqual(["slots word any"]);
  expect(late.model.booking.value?.slots.value).toEqual([start]);
});

it("tells a page that is not there from a server that is away, and can be asked again", async () => {
  const { model } = open({ start: { page: { ok: false, code: "not_found" }, slots: null } });
  expect(model.stage.value).toBe("gone");
  const lost = open({}, { page: { ok: false, code: "unavailable" } });
  await settled();
  expect(lost.model.stage.value).toBe("lost");
  lost.given.page = page;
  await lost.model.load();
  expect(lost.model.stage.value).toBe("shown");
});

it("is gone when it was removed while it stood open", async () => {
  const { model, given } = open({ start: { page, slots } });
  given.slots = { ok: false, code: "not_found" };
  await model.booking.value?.reload();
  expect(model.stage.value).toBe("gone");
});

it("fills in who comes, whether the address or the page around says so", async () => {
  const who = { name: "Ada", email: "" };
  const { model } = open({ start: { page, slots }, who });
  model.greet("", "ada@guest.example");
  await model.booking.value?.chooseTime(start);
  expect(model.booking.value?.step.value).toMatchObject({
    kind: "details",
    draft: { name: "Ada", email: "ada@guest.example" },
  });
});
