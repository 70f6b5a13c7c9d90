import { computed, createModel, effect, signal } from "@preact/signals";
import type { Instant, MeetingId, MemberId } from "../../shared/model/ids.ts";
import type { TeamMeeting } from "../../shared/model/meetings.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { DAY } from "../../shared/time/local-day.ts";
import type { ApiCall, Clock, RepLink } from "../ports.ts";

export type Meetings = InstanceType<typeof MeetingsModel>;
export type MeetingsTab = "upcoming" | "past" | "week";

/** How far the lists look. */
const PAST_MS = 90 * DAY;
const AHEAD_MS = 400 * DAY;

/** Without a link nobody tells us of a change: the list is asked for again. */
const LOOK_AGAIN_MS = 10_000;

type MeetingsNeeds = {
  link: RepLink;
  call: ApiCall;
  clock: Clock;
  myId: MemberId;
  /** False for who is only booked: the server gives them no link. */
  hasLink: boolean;
};

/** Everybody's meetings, loaded again whenever one changes. */
export const MeetingsModel = createModel(({ link, call, clock, myId, hasLink }: MeetingsNeeds) => {
  const all = signal<readonly TeamMeeting[] | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const cancelling = signal<MeetingId | null>(null);
  const tab = signal<MeetingsTab>("upcoming");
  const isMineOnly = signal(false);
  const isWanted = signal(false);
  const loadedAt = signal<Instant>(clock.now());

  async function load(): Promise<void> {
    const now = clock.now();
    const answer = await call("GET /api/meetings", { from: now - PAST_MS, to: now + AHEAD_MS });
    problem.value = answer.ok ? null : answer.code;
    if (!answer.ok) return;
    loadedAt.value = now;
    all.value = [...answer.meetings].sort((a, b) => a.startAt - b.startAt);
  }
  effect(() =>
    link.onNews("meeting:changed", () => {
      if (isWanted.peek()) void load();
    }),
  );

  effect(() => {
    if (hasLink || !isWanted.value) return;
    let isOver = false;
    let cancel = (): void => undefined;
    const lookLater = (): void => {
      if (!isOver) cancel = clock.after(LOOK_AGAIN_MS, () => void load().then(lookLater));
    };
    lookLater();
    return () => {
      isOver = true;
      cancel();
    };
  });

  const wanted = computed(() =>
    (all.value ?? []).filter((meeting) => !isMineOnly.value || meeting.hostId === myId),
  );
  return {
    isLoaded: computed(() => all.value !== null),
    problem,
    cancelling,
    tab,
    isMineOnly,
    shown: wanted,
    upcoming: computed(() => wanted.value.filter((meeting) => meeting.endAt > loadedAt.value)),
    past: computed(() => wanted.value.filter((meeting) => meeting.endAt <= loadedAt.value).reverse()),
    load() {
      isWanted.value = true;
      return load();
    },
    show(next: MeetingsTab) {
      tab.value = next;
    },
    showMineOnly(next: boolean) {
      isMineOnly.value = next;
    },
    async cancel(id: MeetingId) {
      cancelling.value = id;
      const answer = await call("POST /api/meetings/:id/cancel", {}, id);
      cancelling.value = null;
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) {
        all.value = (all.peek() ?? []).map((meeting) => (meeting.id === id ? answer.meeting : meeting));
      }
      return answer.ok;
    },
  };
});
