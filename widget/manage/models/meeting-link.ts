import { batch, computed, createModel, signal } from "@preact/signals";
import type { Instant, LocalDay, ZoneName } from "../../../shared/model/ids.ts";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import type { ErrorCode } from "../../../shared/protocol/errors.ts";
import type { SiteLook } from "../../../shared/protocol/site-look.ts";
import type { NoTimes } from "../../../shared/protocol/visitor-routes.ts";
import { decodeSlots } from "../../../shared/time/slot-code.ts";
import type { BookerProblem } from "../../../shared/ui/booker-props.ts";
import type { MeetingLinkApi } from "../meeting-link-api.ts";

/** `sureToCancel` and `sureToMove` ask once more before anything happens. */
export type MeetingStage =
  | "loading"
  | "gone"
  | "lost"
  | "shown"
  | "sureToCancel"
  | "loadingTimes"
  | "timesLost"
  | "times"
  | "sureToMove";

type MeetingLinkParts = { api: MeetingLinkApi; zone: ZoneName };

/** The meeting behind a mailed link: look at it, move it, cancel it. */
export const MeetingLinkModel = createModel(({ api, zone: here }: MeetingLinkParts) => {
  const stage = signal<MeetingStage>("loading");
  const meeting = signal<GuestMeeting | null>(null);
  const company = signal<Pick<SiteLook, "companyName" | "color"> | null>(null);
  const isWorking = signal(false);
  const wasMoved = signal(false);
  const slots = signal<readonly Instant[]>([]);
  const durationMinutes = signal(30);
  const zone = signal(here);
  const day = signal<LocalDay | null>(null);
  const wanted = signal<Instant>(0);
  const problem = signal<BookerProblem | null>(null);
  const near = signal<Instant | null>(null);
  const noTimes = signal<NoTimes | "full">("full");
  let offer = "";

  const fail = (code: ErrorCode) => {
    stage.value = code === "unavailable" || code === "internal" || code === "too_many" ? "lost" : "gone";
  };
  const load = async () => {
    stage.value = "loading";
    const answer = await api.show();
    batch(() => {
      if (!answer.ok) return fail(answer.code);
      meeting.value = answer.meeting;
      company.value = answer.company;
      stage.value = "shown";
    });
  };
  const loadTimes = async (why: BookerProblem | null = null) => {
    batch(() => {
      stage.value = "loadingTimes";
      problem.value = why;
      near.value = why === "slot_taken" ? wanted.peek() : null;
      if (why) day.value = null;
    });
    const answer = await api.slots();
    batch(() => {
      if (!answer.ok) {
        stage.value = "timesLost";
        return;
      }
      slots.value = decodeSlots(answer.slots);
      noTimes.value = answer.noTimes ?? "full";
      durationMinutes.value = answer.durationMinutes;
      offer = answer.offer;
      stage.value = "times";
    });
  };
  void load();

  return {
    stage: computed(() => stage.value),
    meeting: computed(() => meeting.value),
    /** Whose meeting it is, and its colour. */
    company: computed(() => company.value),
    isWorking: computed(() => isWorking.value),
    wasMoved: computed(() => wasMoved.value),
    slots: computed(() => slots.value),
    durationMinutes: computed(() => durationMinutes.value),
    zone: computed(() => zone.value),
    day: computed(() => day.value),
    wanted: computed(() => wanted.value),
    problem: computed(() => problem.value),
    near: computed(() => near.value),
    noTimes: computed(() => noTimes.value),
    load,
    loadTimes: () => loadTimes(),
    show: () => {
      stage.value = "shown";
    },
    askToCancel() {
      stage.value = "sureToCancel";
    },
    chooseZone(next: ZoneName) {
      zone.value = next;
      day.value = null;
    },
    chooseDay(next: LocalDay) {
      day.value = next;
    },
    chooseTime(startAt: Instant) {
      wanted.value = startAt;
      stage.value = "sureToMove";
    },
    backToTimes() {
      stage.value = "times";
    },
    async cancel() {
      isWorking.value = true;
      const answer = await api.cancel();
      batch(() => {
        isWorking.value = false;
        if (!answer.ok) return fail(answer.code);
        meeting.value = answer.meeting;
        wasMoved.value = false;
        stage.value = "shown";
      });
    },
    async move() {
      isWorking.value = true;
      const answer = await api.move({ startAt: wanted.peek(), offer, zone: zone.peek() });
      batch(() => {
        isWorking.value = false;
        if (answer.ok) {
          meeting.value = answer.meeting;
          wasMoved.value = true;
          stage.value = "shown";
        } else if (answer.code === "slot_taken" || answer.code === "taken") void loadTimes("slot_taken");
        else if (answer.code === "expired" || answer.code === "bad_signature") void loadTimes("expired");
        else {
          problem.value = "unavailable";
          stage.value = "times";
        }
      });
    },
  };
});

export type MeetingLinkModel = InstanceType<typeof MeetingLinkModel>;
