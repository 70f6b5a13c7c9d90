import { batch, computed, createModel, signal } from "@preact/signals";
import type { ClientId, ZoneName } from "../../../shared/model/ids.ts";
import type { BookingPageStart } from "../../../shared/protocol/page-data.ts";
import type { SlotsAnswer } from "../../../shared/protocol/visitor-routes.ts";
import type { Asked, Clock } from "../../frame/link.ts";
import { type BookingApi, BookingModel } from "../../frame/models/booking.ts";
import type { BookingPage, BookingPageApi } from "../booking-page-api.ts";

export type BookPageStage = "loading" | "gone" | "lost" | "shown";

export type BookPageParts = {
  api: BookingPageApi;
  clock: Clock;
  clientId: () => ClientId;
  zone: ZoneName;
  who: { name: string; email: string };
  /** What came with the page. */
  start: BookingPageStart | null;
  onBooked: () => void;
};

/** The public page of a meeting type: whose it is, what is booked, and the booking itself. */
export const BookPageModel = createModel((parts: BookPageParts) => {
  const stage = signal<BookPageStage>("loading");
  const page = signal<BookingPage | null>(null);
  const booking = signal<BookingModel | null>(null);
  let who = parts.who;

  /** A page that is removed while it is open says so, instead of having no times for ever. */
  const watched = (api: BookingApi): BookingApi => ({
    ...api,
    async slots(host, duration) {
      const answer = await api.slots(host, duration);
      if (!answer.ok && answer.code === "not_found" && host === "any") stage.value = "gone";
      return answer;
    },
  });
  const show = (answer: Asked<BookingPage>, slots: Asked<SlotsAnswer> | null) =>
    batch(() => {
      if (!answer.ok) {
        stage.value = answer.code === "not_found" || answer.code === "invalid_input" ? "gone" : "lost";
        return;
      }
      page.value = answer;
      booking.value = new BookingModel({
        api: watched(parts.api.bookings(answer.guest)),
        clock: parts.clock,
        clientId: parts.clientId,
        host: "any",
        zone: parts.zone,
        who,
        // A refusal that came with the page may be over by now.
        first: slots?.ok ? slots : null,
        onBooked: parts.onBooked,
      });
      stage.value = "shown";
    });
  const load = async () => {
    stage.value = "loading";
    show(await parts.api.open(), null);
  };
  if (parts.start) show(parts.start.page, parts.start.slots);
  else void load();

  return {
    stage: computed(() => stage.value),
    page: computed(() => page.value),
    booking: computed(() => booking.value),
    load,
    /** The page around knows who this is; what the guest has begun to write stays. */
    greet(name: string, email: string) {
      const before = who;
      who = { name: name || who.name, email: email || who.email };
      if (who.name !== before.name || who.email !== before.email)
        booking.peek()?.write({ ...who, note: "", answers: [] });
    },
  };
});

export type BookPageModel = InstanceType<typeof BookPageModel>;
