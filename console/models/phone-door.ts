import { createModel, signal } from "@preact/signals";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall, Clock } from "../ports.ts";

export type PhoneDoorState =
  | { kind: "looking" }
  | { kind: "question"; name: string; workspaceName: string }
  /** The console is asked, and shows the same number. */
  | { kind: "waiting"; number: number }
  | { kind: "refused" }
  | { kind: "over" }
  | { kind: "in" };
export type PhoneDoor = InstanceType<typeof PhoneDoorModel>;

const LOOK_MS = 1_500;

/** The phone's side of a code that it has read: nothing is claimed before the person has pressed. */
export const PhoneDoorModel = createModel((call: ApiCall, clock: Clock, secret: string) => {
  const state = signal<PhoneDoorState>({ kind: "looking" });
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);

  function end(code: ErrorCode): void {
    if (code === "forbidden") state.value = { kind: "refused" };
    else if (code === "expired" || code === "invalid_input") state.value = { kind: "over" };
    else problem.value = code;
  }

  async function finish(claim: string): Promise<void> {
    const answer = await call("POST /api/phone-sign-in/finish", { claim });
    if (answer.ok && !answer.isWaiting) state.value = { kind: "in" };
    else if (answer.ok || answer.code === "unavailable") clock.after(LOOK_MS, () => void finish(claim));
    else end(answer.code);
  }

  return {
    state,
    problem,
    isBusy,
    async start() {
      problem.value = null;
      const answer = await call("POST /api/phone-sign-in/look", { secret });
      if (!answer.ok) return end(answer.code);
      const name = `${answer.firstName} ${answer.lastName}`.trim();
      state.value = { kind: "question", name, workspaceName: answer.workspaceName };
    },
    async signIn() {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      const answer = await call("POST /api/phone-sign-in/claim", { secret });
      isBusy.value = false;
      if (!answer.ok) return end(answer.code);
      state.value = { kind: "waiting", number: answer.number };
      clock.after(LOOK_MS, () => void finish(answer.claim));
    },
  };
});
