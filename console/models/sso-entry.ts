import { createModel, effect, signal } from "@preact/signals";
import type { ProviderId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { type SsoProblem, ssoProblems } from "../../shared/protocol/sso-routes.ts";
import type { ApiCall, Clock } from "../ports.ts";

export type SsoEntry = InstanceType<typeof SsoEntryModel>;
type Way = { id: ProviderId; name: string };

const pauseMs = 350;

/** The word that a way through a provider ended with, as it stands after `#`. */
export function ssoProblemOf(hash: string): SsoProblem | null {
  const word = /^#sso=([a-z_]+)$/.exec(hash)?.[1];
  return ssoProblems.find((each) => each === word) ?? null;
}

/** Signing in through the company: which ways an address has, asked while it is typed, and how the last way ended. */
export const SsoEntryModel = createModel(
  (call: ApiCall, clock: Clock, leave: (url: string) => void, told: SsoProblem | null) => {
    const email = signal("");
    const ways = signal<readonly Way[]>([]);
    const isOnlyWay = signal(false);
    const isLeaving = signal(false);
    const problem = signal<SsoProblem | null>(told);
    const refusal = signal<ErrorCode | null>(null);

    effect(() => {
      const address = email.value.trim();
      if (!/^[^@\s]+@[^@\s]+\.[^@\s]{2,}$/.test(address)) {
        ways.value = [];
        isOnlyWay.value = false;
        return;
      }
      let isOver = false;
      const cancel = clock.after(pauseMs, () => {
        void call("POST /api/sso/find", { email: address }).then((answer) => {
          if (isOver || !answer.ok) return;
          ways.value = answer.providers;
          isOnlyWay.value = answer.isOnlyWay;
        });
      });
      return () => {
        isOver = true;
        cancel();
      };
    });

    return {
      ways,
      isOnlyWay,
      isLeaving,
      problem,
      refusal,
      type(address: string) {
        email.value = address;
      },
      async go(id: ProviderId) {
        if (isLeaving.value) return;
        isLeaving.value = true;
        problem.value = null;
        refusal.value = null;
        const answer = await call("POST /api/sso/start", { providerId: id, email: email.peek() });
        if (answer.ok) return leave(answer.url);
        isLeaving.value = false;
        refusal.value = answer.code;
      },
      forget() {
        problem.value = null;
      },
    };
  },
);
