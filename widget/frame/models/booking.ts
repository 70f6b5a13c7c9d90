import { batch, computed, createModel, effect, signal } from "@preact/signals";
import type {
  ClientId,
  Instant,
  LocalDay,
  MeetingId,
  MemberId,
  ZoneName,
} from "../../../shared/model/ids.ts";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import type { HoldAnswer, SlotsAnswer } from "../../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../../shared/time/slot-code.ts";
import type { BookerDetails, BookerProblem, BookerStep } from "../../../shared/ui/booker-props.ts";
import type { Asked, Clock } from "../link.ts";

type Host = "any" | MemberId;

/** The server's part of a booking. */
export interface BookingApi {
  slots(host: Host): Promise<Asked<SlotsAnswer>>;
  hold(host: Host, startAt: Instant, offer: string): Promise<Asked<HoldAnswer>>;
  release(holdId: MeetingId): void;
  book(
    booking: BookerDetails & { key: ClientId; holdId: MeetingId; zone: ZoneName },
  ): Promise<Asked<{ meeting: GuestMeeting }>>;
}

type BookingParts = {
  api: BookingApi;
  clock: Clock;
  clientId: () => ClientId;
  host: Host;
  zone: ZoneName;
  who: { name: string; email: string };
  onBooked: (details: BookerDetails) => void;
};

/** From "with whom" to "it is booked". A chosen time is kept for us by the server while the form is filled. */
export const BookingModel = createModel((parts: BookingParts) => {
  const { api, clock } = parts;
  const host = signal(parts.host);
  const hosts = signal<readonly RepCard[]>([]);
  const slots = signal<readonly Instant[]>([]);
  const durationMinutes = signal(30);
  const zone = signal(parts.zone);
  const day = signal<LocalDay | null>(null);
  const problem = signal<BookerProblem | null>(null);
  const stage = signal<"loading" | "failed" | "times" | "holding" | "details" | "booking" | "booked">(
    "loading",
  );
  const wanted = signal<Instant>(0);
  const hold = signal<HoldAnswer | null>(null);
  const now = signal(clock.now());
  const meeting = signal<GuestMeeting | null>(null);
  let offer = "";
  let key: ClientId | null = null;
  let loads = 0;

  const load = async (why: BookerProblem | null) => {
    const mine = ++loads;
    batch(() => {
      stage.value = "loading";
      problem.value = why;
      hold.value = null;
    });
    const answer = await api.slots(host.peek());
    if (mine !== loads) return;
    batch(() => {
      if (!answer.ok) {
        stage.value = "failed";
        return;
      }
      slots.value = decodeSlots(answer.slots);
      // One host's answer names only that host; the choice stays on the screen.
      if (answer.hosts.length > hosts.peek().length) hosts.value = answer.hosts;
      durationMinutes.value = answer.durationMinutes;
      offer = answer.offer;
      stage.value = "times";
    });
  };
  const giveBack = () => {
    const held = hold.peek();
    if (held) api.release(held.holdId);
    hold.value = null;
  };

  effect(() => {
    if (!hold.value) return;
    let cancel = clock.after(1_000, function tick() {
      now.value = clock.now();
      cancel = clock.after(1_000, tick);
    });
    return () => cancel();
  });
  void load(null);

  const problemOf = (code: string): BookerProblem =>
    code === "slot_taken" || code === "taken"
      ? "slot_taken"
      : code === "expired" || code === "too_many_meetings" || code === "invalid_input"
        ? code
        : "unavailable";

  return {
    host,
    hosts,
    slots,
    durationMinutes,
    zone,
    day,
    problem,
    step: computed((): BookerStep => {
      const held = hold.value;
      const booked = meeting.value;
      if (stage.value === "booked" && booked)
        return {
          kind: "booked",
          startAt: booked.startAt,
          endAt: booked.endAt,
          host: booked.host,
          email: booked.guestEmail,
        };
      if ((stage.value === "details" || stage.value === "booking") && held)
        return {
          kind: "details",
          startAt: held.startAt,
          endAt: held.endAt,
          host: held.host,
          secondsLeft: Math.max(0, Math.ceil((held.expiresAt - now.value) / 1_000)),
          isBooking: stage.value === "booking",
          ...parts.who,
        };
      if (stage.value === "holding") return { kind: "holding", startAt: wanted.value };
      return { kind: stage.value === "loading" || stage.value === "failed" ? stage.value : "times" };
    }),
    reload: () => load(null),
    chooseHost(next: Host) {
      host.value = next;
      day.value = null;
      void load(null);
    },
    chooseZone(next: ZoneName) {
      zone.value = next;
      day.value = null;
    },
    chooseDay(next: LocalDay) {
      day.value = next;
    },
    async chooseTime(startAt: Instant) {
      batch(() => {
        wanted.value = startAt;
        problem.value = null;
        stage.value = "holding";
      });
      const answer = await api.hold(host.peek(), startAt, offer);
      if (answer.ok)
        batch(() => {
          key = parts.clientId();
          now.value = clock.now();
          hold.value = answer;
          stage.value = "details";
        });
      else if (answer.code === "unavailable")
        batch(() => {
          problem.value = "unavailable";
          stage.value = "times";
        });
      else void load(problemOf(answer.code));
    },
    back() {
      giveBack();
      void load(null);
    },
    async book(details: BookerDetails) {
      const held = hold.peek();
      if (!held || !key) return;
      batch(() => {
        stage.value = "booking";
        problem.value = null;
      });
      const answer = await api.book({ ...details, key, holdId: held.holdId, zone: zone.peek() });
      batch(() => {
        if (answer.ok) {
          meeting.value = answer.meeting;
          hold.value = null;
          stage.value = "booked";
          parts.onBooked(details);
          return;
        }
        const why = problemOf(answer.code);
        if (why === "slot_taken" || why === "expired") void load(why);
        else {
          // The same key again is the same booking, so trying again is safe.
          problem.value = why;
          stage.value = "details";
        }
      });
    },
    leave: giveBack,
  };
});

export type BookingModel = InstanceType<typeof BookingModel>;
