import { computed, createModel, effect, signal } from "@preact/signals";
import type { SearchHit } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall, Clock } from "../ports.ts";

export type Search = InstanceType<typeof SearchModel>;

const PAUSE_MS = 220;

/** Search in messages and visitors while the person types. */
export const SearchModel = createModel((call: ApiCall, clock: Clock) => {
  const query = signal("");
  const hits = signal<readonly SearchHit[] | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const wanted = computed(() => query.value.trim());

  effect(() => {
    const q = wanted.value;
    if (q.length < 2) {
      hits.value = null;
      problem.value = null;
      return;
    }
    let isOver = false;
    const cancel = clock.after(PAUSE_MS, () => {
      void call("GET /api/search", { q }).then((answer) => {
        if (isOver) return;
        problem.value = answer.ok ? null : answer.code;
        hits.value = answer.ok ? answer.hits : [];
      });
    });
    return () => {
      isOver = true;
      cancel();
    };
  });

  return {
    query,
    hits,
    problem,
    isActive: computed(() => wanted.value.length >= 2),
    search(text: string) {
      query.value = text;
    },
  };
});
