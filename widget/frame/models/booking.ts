import { batch, computed, createModel, effect, signal } from "@preact/signals";
import type {
  ClientId,
  Instant,
  LocalDay,
  MeetingId,
  MemberId,
  ZoneName,
} from "../../../shared/model/ids.ts";
import type { GuestMeetingType } from "../../../shared/model/meeting-types.ts";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import type {
  BookedAnswer,
  HoldAnswer,
  NoTimes,
  SlotsAnswer,
} from "../../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../../shared/time/slot-code.ts";
import type { BookerDetails, BookerProblem, BookerStep } from "../../../shared/ui/booker-props.ts";
import type { Asked, Clock } from "../link.ts";

type Host = "any" | MemberId;

/** The server's part of a booking. */
export interface BookingApi {
  /** `duration` in minutes; null for the usual one. */
  slots(host: Host, duration: number | null): Promise<Asked<SlotsAnswer>>;
  hold(host: Host, startAt: Instant, offer: string): Promise<Asked<HoldAnswer>>;
  release(holdId: MeetingId): void;
  book(
    booking: BookerDetails & { key: ClientId; holdId: MeetingId; zone: ZoneName },
  ): Promise<Asked<BookedAnswer>>;
  /** The booked meeting as it is by now. */
  look(manageUrl: string): Promise<Asked<{ meeting: GuestMeeting }>>;
}

export type BookingParts = {
  api: BookingApi;
  clock: Clock;
  clientId: () => ClientId;
  host: Host;
  zone: ZoneName;
  who: { name: string; email: string };
  /** Times that came with the page; they are not asked for again. */
  first?: Asked<SlotsAnswer> | null;
  onBooked: (booked: BookedAnswer, details: BookerDetails) => void;
};

/** An answer that takes longer may be asked for again. */
const SLOW_MS = 6_000;
/** A room is made within seconds, or by a provider in trouble much later: then it comes by mail. */
const ROOM_MS = [2_000, 4_000, 8_000, 16_000];

/** From "with whom" to "it is booked". A chosen time is kept for us by the server while the form is filled. */
export const BookingModel = createModel((parts: BookingParts) => {
  const { api, clock } = parts;
  const host = signal(parts.host);
  const duration = signal<number | null>(null);
  const hosts = signal<readonly RepCard[]>([]);
  const type = signal<GuestMeetingType | null>(null);
  const slots = signal<readonly Instant[]>([]);
  const noTimes = signal<NoTimes | "full">("full");
  const durationMinutes = signal(30);
  const zone = signal(parts.zone);
  const day = signal<LocalDay | null>(null);
  const problem = signal<BookerProblem | null>(null);
  const near = signal<Instant | null>(null);
  const stage = signal<"loading" | "failed" | "times" | "holding" | "details" | "booking" | "booked">(
    "loading",
  );
  const isSlow = signal(false);
  const wanted = signal<Instant>(0);
  const hold = signal<HoldAnswer | null>(null);
  const now = signal(clock.now());
  const booked = signal<BookedAnswer | null>(null);
  let draft: BookerDetails = { note: "", answers: [], ...parts.who };
  let offer = "";
  let key: ClientId | null = null;
  let loads = 0;

  const take = (answer: Asked<SlotsAnswer>) => {
    if (!answer.ok) {
      stage.value = "failed";
      return;
    }
    slots.value = decodeSlots(answer.slots);
    noTimes.value = answer.noTimes ?? (answer.hosts.length === 0 ? "nobody" : "full");
    // One host's answer names only that host; the choice stays on the screen.
    if (answer.hosts.length > hosts.peek().length) hosts.value = answer.hosts;
    type.value = answer.type;
    durationMinutes.value = answer.durationMinutes;
    offer = answer.offer;
    stage.value = "times";
  };
  const load = async (why: BookerProblem | null) => {
    const mine = ++loads;
    batch(() => {
      stage.value = "loading";
      isSlow.value = false;
      problem.value = why;
      hold.value = null;
      near.value = why === "slot_taken" ? wanted.peek() : null;
      // The day of what was taken may have nothing left.
      if (why === "slot_taken") day.value = null;
    });
    const stopWaiting = clock.after(SLOW_MS, () => {
      if (mine === loads) isSlow.value = true;
    });
    const answer = await api.slots(host.peek(), duration.peek());
    stopWaiting();
    if (mine === loads) batch(() => take(answer));
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
  /** Asks for the room that was still being made when the meeting was confirmed. */
  effect(() => {
    const url = booked.value?.manageUrl;
    if (!url || booked.peek()?.meeting.place?.state !== "pending") return;
    let cancel: (() => void) | undefined;
    let isOver = false;
    const ask = (turn: number) => {
      const ms = ROOM_MS[turn];
      if (ms === undefined) return;
      cancel = clock.after(ms, async () => {
        const answer = await api.look(url);
        if (isOver) return;
        if (answer.ok && answer.meeting.place?.state !== "pending")
          booked.value = { meeting: answer.meeting, manageUrl: url };
        else ask(turn + 1);
      });
    };
    ask(0);
    return () => {
      isOver = true;
      cancel?.();
    };
  });
  if (parts.first) take(parts.first);
  else void load(null);

  const problemOf = (code: string): BookerProblem =>
    code === "slot_taken" || code === "taken"
      ? "slot_taken"
      : code === "expired" || code === "too_many_meetings" || code === "invalid_input"
        ? code
        : "unavailable";

  const choose = async (startAt: Instant, isSecond = false): Promise<void> => {
    batch(() => {
      wanted.value = startAt;
      problem.value = null;
      stage.value = "holding";
    });
    const answer = await api.hold(host.peek(), startAt, offer);
    if (answer.ok) {
      batch(() => {
        key = parts.clientId();
        now.value = clock.now();
        hold.value = answer;
        stage.value = "details";
      });
    } else if (answer.code === "unavailable" || answer.code === "too_many") {
      batch(() => {
        problem.value = "unavailable";
        stage.value = "times";
      });
    } else {
      const why = problemOf(answer.code);
      await load(why);
      // Times shown for long are asked for anew; if this one is still among them, nobody needs to know.
      if (why === "expired" && !isSecond && stage.peek() === "times" && slots.peek().includes(startAt))
        await choose(startAt, true);
    }
  };

  return {
    host,
    hosts,
    type,
    slots,
    noTimes,
    near,
    durationMinutes,
    zone,
    day,
    problem,
    /** A type may name its host, or have all of them come. */
    canChooseHost: computed(() => type.value === null || type.value.hosting === "round_robin"),
    step: computed((): BookerStep => {
      const held = hold.value;
      const done = booked.value;
      if (stage.value === "booked" && done)
        return { kind: "booked", meeting: done.meeting, manageUrl: done.manageUrl ?? null };
      if ((stage.value === "details" || stage.value === "booking") && held)
        return {
          kind: "details",
          startAt: held.startAt,
          endAt: held.endAt,
          host: held.host,
          secondsLeft: Math.max(0, Math.ceil((held.expiresAt - now.value) / 1_000)),
          isBooking: stage.value === "booking",
          draft,
        };
      if (stage.value === "holding") return { kind: "holding", startAt: wanted.value };
      if (stage.value === "loading") return { kind: "loading", isSlow: isSlow.value };
      return { kind: stage.value === "failed" ? "failed" : "times" };
    }),
    reload: () => load(null),
    chooseHost(next: Host) {
      host.value = next;
      day.value = null;
      void load(null);
    },
    chooseDuration(next: number) {
      duration.value = next;
      durationMinutes.value = next;
      void load(null);
    },
    chooseZone(next: ZoneName) {
      zone.value = next;
      day.value = null;
    },
    chooseDay(next: LocalDay) {
      day.value = next;
    },
    chooseTime: (startAt: Instant) => choose(startAt),
    back() {
      giveBack();
      void load(null);
    },
    write(details: BookerDetails) {
      draft = details;
    },
    async book(details: BookerDetails) {
      const held = hold.peek();
      if (!held || !key) return;
      draft = details;
      batch(() => {
        stage.value = "booking";
        problem.value = null;
      });
      const answer = await api.book({ ...details, key, holdId: held.holdId, zone: zone.peek() });
      batch(() => {
        if (answer.ok) {
          booked.value = answer;
          hold.value = null;
          stage.value = "booked";
          parts.onBooked(answer, details);
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
