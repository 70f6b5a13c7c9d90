import { batch, createModel, signal } from "@preact/signals";
import { isPasswordProblem, type PasswordProblem } from "../../shared/model/new-password.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ResetView } from "../../shared/protocol/password-routes.ts";
import type { ApiCall } from "../ports.ts";

export type Reset = InstanceType<typeof ResetModel>;

/** The page behind a mailed link: looks where it leads, and sets the new password. */
export const ResetModel = createModel((call: ApiCall, secret: string, onEntered: () => void) => {
  /** Null while it is looked at, and when that failed: `failure` says so. */
  const view = signal<ResetView | null>(null);
  const failure = signal<ErrorCode | null>(null);
  const password = signal("");
  const problem = signal<PasswordProblem | null>(null);
  const isBusy = signal(false);

  async function look(): Promise<void> {
    failure.value = null;
    const answer = await call("POST /api/reset/look", { secret });
    batch(() => {
      if (answer.ok) view.value = answer.reset;
      else failure.value = answer.code;
    });
  }

  return {
    view,
    failure,
    password,
    problem,
    isBusy,
    look,
    write(value: string) {
      password.value = value;
      problem.value = null;
    },
    async finish() {
      if (isBusy.value) return;
      batch(() => {
        isBusy.value = true;
        failure.value = null;
        problem.value = null;
      });
      const answer = await call("POST /api/reset/finish", { secret, password: password.value });
      if (answer.ok) return onEntered();
      isBusy.value = false;
      // Used in another tab, or its time ran out on this page.
      if (answer.code === "expired") await look();
      else if (isPasswordProblem(answer.reason)) problem.value = answer.reason;
      else failure.value = answer.code;
    },
  };
});
