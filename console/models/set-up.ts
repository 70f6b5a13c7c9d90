import { computed, createModel, effect, signal } from "@preact/signals";
import type { SetUp, SetUpStepName } from "../../shared/model/set-up.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall, Attention, Clock, RepLink } from "../ports.ts";

export type SetUpProgress = InstanceType<typeof SetUpModel>;

/** While the page is open: some steps are done elsewhere, in another tab, on a phone, on the customer's site. */
const LOOK_AGAIN_MS = 3_000;

/** The checklist, as the server judges it. */
export const SetUpModel = createModel((link: RepLink, call: ApiCall, clock: Clock, attention: Attention) => {
  const state = signal<SetUp | null>(null);
  const problem = signal<ErrorCode | null>(null);
  /** How many pages show it now. */
  const watchers = signal(0);

  async function load(): Promise<void> {
    const answer = await call("GET /api/me/set-up", {});
    problem.value = answer.ok ? null : answer.code;
    if (answer.ok) state.value = answer;
  }
  const steps = computed(() => state.value?.steps ?? []);
  const open = computed(() => steps.value.filter((step) => step.state === "open"));
  const isAllDone = computed(() => steps.value.length > 0 && open.value.length === 0);

  effect(() => link.onNews("team:changed", () => void load()));
  effect(() =>
    attention.onChange((isHere) => {
      if (isHere && !isAllDone.peek()) void load();
    }),
  );
  const isWatched = computed(() => watchers.value > 0);
  effect(() => {
    if (!isWatched.value) return;
    let cancel = (): void => undefined;
    const again = () => {
      cancel = clock.after(LOOK_AGAIN_MS, () => {
        void load();
        again();
      });
    };
    again();
    return () => cancel();
  });

  return {
    state,
    problem,
    steps,
    open,
    isAllDone,
    done: computed(() => steps.value.filter((step) => step.state === "done").length),
    load,
    /** Looks again every few seconds until the returned function is called. */
    watch(): () => void {
      watchers.value += 1;
      void load();
      return () => {
        watchers.value -= 1;
      };
    },
    async skip(step: SetUpStepName, isSkipped: boolean) {
      const answer = await call("POST /api/me/set-up/skip", { step, isSkipped });
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) state.value = answer;
    },
  };
});
