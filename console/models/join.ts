import { computed, createModel, signal } from "@preact/signals";
import type { ZoneName } from "../../shared/model/ids.ts";
import { isPasswordProblem, type PasswordProblem } from "../../shared/model/new-password.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { JoinView } from "../../shared/protocol/invitation-routes.ts";
import type { ApiCall } from "../ports.ts";

export type Join = InstanceType<typeof JoinModel>;
export type JoinForm = { firstName: string; lastName: string; password: string };

/** The page behind the link of an invitation: whom one joins, and what is asked for it. */
export const JoinModel = createModel((call: ApiCall, secret: string, zone: ZoneName) => {
  const view = signal<JoinView | null>(null);
  const form = signal<JoinForm>({ firstName: "", lastName: "", password: "" });
  const problem = signal<ErrorCode | null>(null);
  const passwordProblem = signal<PasswordProblem | null>(null);
  const isBusy = signal(false);

  async function look(): Promise<void> {
    problem.value = null;
    const answer = await call("POST /api/join/look", { secret });
    if (answer.ok) view.value = answer;
    else problem.value = answer.code;
  }

  return {
    view,
    form,
    problem,
    passwordProblem,
    isBusy,
    isFilled: computed(() => Object.values(form.value).every((value) => value.trim() !== "")),
    look,
    edit(change: Partial<JoinForm>) {
      form.value = { ...form.value, ...change };
      if (change.password !== undefined) passwordProblem.value = null;
    },
    /** True: this browser is now signed in as the new member. */
    async join(): Promise<boolean> {
      if (isBusy.value) return false;
      isBusy.value = true;
      problem.value = null;
      const answer = await call("POST /api/join", { secret, zone, ...form.value });
      if (answer.ok) return true;
      isBusy.value = false;
      // Used in another tab, revoked, overtaken: the page that says which takes the form's place.
      if (answer.code === "expired") await look();
      else if (isPasswordProblem(answer.reason)) passwordProblem.value = answer.reason;
      else problem.value = answer.code;
      return false;
    },
  };
});
