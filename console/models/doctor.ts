import { computed, createModel, effect, signal } from "@preact/signals";
import type { Instant } from "../../shared/model/ids.ts";
import type { DoctorLine, UnbookableReason } from "../../shared/protocol/connection-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall, Attention, Clock, RepLink } from "../ports.ts";

export type Doctor = InstanceType<typeof DoctorModel>;

/** A dead account is told by mail too; the console need not be faster than this. */
const LOOK_AGAIN_MS = 60_000;

/** Somebody is not booked by their own wish, or has not finished setting up: nothing is broken. */
const personal: readonly UnbookableReason[] = ["not_ready", "no_hours", "no_place"];

/** Whether an outside account keeps this member from being booked, or soon will. */
export function isAiling({ reasons, connections }: DoctorLine): boolean {
  return (
    reasons.some((reason) => !personal.includes(reason)) ||
    connections.some(({ problem }) => problem !== null)
  );
}

/** How everybody's outside accounts are; for admins. */
export const DoctorModel = createModel(
  (link: RepLink, call: ApiCall, clock: Clock, attention: Attention, isAdmin: boolean) => {
    /** Null until loaded. */
    const members = signal<readonly DoctorLine[] | null>(null);
    const problem = signal<ErrorCode | null>(null);
    const isLoading = signal(false);

    async function load(): Promise<void> {
      if (!isAdmin || isLoading.peek()) return;
      isLoading.value = true;
      const answer = await call("GET /api/doctor", {});
      isLoading.value = false;
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) members.value = answer.members;
    }

    effect(() => {
      if (!isAdmin) return;
      let cancel = (): void => undefined;
      const again = () => {
        cancel = clock.after(LOOK_AGAIN_MS, () => {
          if (attention.isHere()) void load();
          again();
        });
      };
      again();
      return () => cancel();
    });

    effect(() =>
      link.onNews("settings:changed", ({ of }) => {
        if (of === "connections") void load();
      }),
    );

    return {
      members,
      problem,
      isLoading,
      load,
      /** Those with something wrong, the newest problem first; then those who are merely not set up. */
      troubled: computed(() =>
        (members.value ?? [])
          .filter((line) => isAiling(line) || line.reasons.length > 0)
          .sort((a, b) => Number(isAiling(b)) - Number(isAiling(a)) || beganAt(b) - beganAt(a)),
      ),
      ailing: computed(() => (members.value ?? []).filter(isAiling).length),
    };
  },
);

function beganAt({ connections }: DoctorLine): Instant {
  return Math.max(0, ...connections.map(({ problemAt }) => problemAt ?? 0));
}
