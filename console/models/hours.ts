import { computed, createModel, effect, signal } from "@preact/signals";
import type { Instant, LocalDay } from "../../shared/model/ids.ts";
import type { DaySpan, MeetingHours, Weekday } from "../../shared/model/meetings.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { DAY, dayName, dayNumber, weekdayOf } from "../../shared/time/local-day.ts";
import type { ApiCall, Clock } from "../ports.ts";
import { inOrder, reachOf, type SpanProblem, spanProblem } from "./day-spans.ts";

export type Hours = InstanceType<typeof HoursModel>;
type Free = { startAt: Instant; endAt: Instant };

/** `night`: the hours of the day before run past the start of this day's. */
export type DayProblem = SpanProblem | "night";

const PREVIEW_PAUSE_MS = 350;

/** My meeting hours: a draft beside what is saved, and what the draft would offer in the week looked at. */
export const HoursModel = createModel((call: ApiCall, clock: Clock) => {
  const saved = signal<MeetingHours | null>(null);
  const draft = signal<MeetingHours | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const isSaving = signal(false);
  const savedAt = signal<Instant | null>(null);
  // At the weekend the week to look at is the next one.
  const from = signal<Instant>(clock.now() + 2 * DAY);
  const free = signal<readonly Free[] | null>(null);
  const previewProblem = signal<ErrorCode | null>(null);

  /** The first thing to mend, by day; the server would refuse it. */
  const spanProblems = computed(() => {
    const found = new Map<string, DayProblem>();
    for (const { weekday, spans } of draft.value?.weekly ?? []) {
      const reach = nightReach(draft.value, weekday);
      const wrong = spanProblem(spans) ?? (spans.some((span) => span.start < reach) ? "night" : null);
      if (wrong) found.set(String(weekday), wrong);
    }
    for (const { day, spans } of draft.value?.overrides ?? []) {
      const wrong = spanProblem(spans);
      if (wrong) found.set(day, wrong);
    }
    return found;
  });
  const isValid = computed(() => spanProblems.value.size === 0);
  const isDirty = computed(
    () => draft.value !== null && JSON.stringify(draft.value) !== JSON.stringify(saved.value),
  );

  effect(() => {
    const hours = draft.value;
    const start = from.value;
    if (!hours || !isValid.value) return;
    let isOver = false;
    const cancel = clock.after(PREVIEW_PAUSE_MS, () => {
      void call("POST /api/hours/preview", { hours: tidy(hours), from: start }).then((answer) => {
        if (isOver) return;
        previewProblem.value = answer.ok ? null : answer.code;
        if (answer.ok) free.value = answer.free;
      });
    });
    return () => {
      isOver = true;
      cancel();
    };
  });

  const edit = (change: Partial<MeetingHours>) => {
    if (draft.value) draft.value = { ...draft.value, ...change };
  };

  return {
    saved,
    draft,
    problem,
    isSaving,
    savedAt,
    from,
    free,
    previewProblem,
    spanProblems,
    isValid,
    isDirty,
    async load() {
      const answer = await call("GET /api/hours", {});
      problem.value = answer.ok ? null : answer.code;
      if (!answer.ok || isDirty.peek()) return;
      saved.value = tidy(answer.hours);
      draft.value = saved.value;
    },
    edit,
    setDay(weekday: Weekday, spans: DaySpan[]) {
      const others = (draft.value?.weekly ?? []).filter((day) => day.weekday !== weekday);
      edit({ weekly: [...others, { weekday, spans }].sort((a, b) => a.weekday - b.weekday) });
    },
    setOverride(day: LocalDay, spans: DaySpan[]) {
      const others = (draft.value?.overrides ?? []).filter((each) => each.day !== day);
      edit({ overrides: [...others, { day, spans }].sort((a, b) => a.day.localeCompare(b.day)) });
    },
    dropOverride(day: LocalDay) {
      edit({ overrides: (draft.value?.overrides ?? []).filter((each) => each.day !== day) });
    },
    look(at: Instant) {
      from.value = at;
      free.value = null;
    },
    undo() {
      draft.value = saved.value;
      problem.value = null;
    },
    async save() {
      const hours = draft.value;
      if (!hours || !isValid.value) return;
      isSaving.value = true;
      problem.value = null;
      const answer = await call("PUT /api/hours", { hours: tidy(hours) });
      isSaving.value = false;
      if (!answer.ok) {
        problem.value = answer.code;
        return;
      }
      saved.value = tidy(answer.hours);
      // What was typed while the answer was under way stays a draft.
      if (draft.peek() === hours) draft.value = saved.value;
      savedAt.value = clock.now();
    },
  };
});

/** Until which minute the weekly hours of the day before run into this weekday. */
export function nightReach(hours: MeetingHours | null, weekday: Weekday): number {
  const before = weekday === 1 ? 7 : weekday - 1;
  return reachOf(hours?.weekly.find((day) => day.weekday === before)?.spans ?? []);
}

/** The same for a day of the calendar, where the day before may differ from its week. */
export function nightReachOn(hours: MeetingHours, day: LocalDay): number {
  const number = dayNumber(day);
  if (number === undefined) return 0;
  const before = hours.overrides.find((each) => each.day === dayName(number - 1));
  return before ? reachOf(before.spans) : nightReach(hours, weekdayOf(number));
}

/** One entry for each weekday and its spans in order, as the server wants them, so that equal hours look equal. */
function tidy(hours: MeetingHours): MeetingHours {
  const spansOf = (weekday: Weekday) =>
    inOrder(hours.weekly.find((day) => day.weekday === weekday)?.spans ?? []);
  return {
    ...hours,
    weekly: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, spans: spansOf(weekday) })),
    overrides: hours.overrides
      .map(({ day, spans }) => ({ day, spans: inOrder(spans) }))
      .sort((a, b) => a.day.localeCompare(b.day)),
  };
}
