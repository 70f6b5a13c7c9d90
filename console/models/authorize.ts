import { createModel, signal } from "@preact/signals";
import type { AskingApp } from "../../shared/protocol/apps-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";

export type AuthorizeStep = "code" | "question" | "allowed" | "denied";
export type Authorize = InstanceType<typeof AuthorizeModel>;

/**
 * An app's code, from the address or typed; which app it is; and the person's answer. It outlives a sign-in on the same
 * page. A code from the address is looked up, never answered, by itself.
 */
export const AuthorizeModel = createModel((call: ApiCall, codeOfAddress: string) => {
  const step = signal<AuthorizeStep>("code");
  const code = signal(showCode(codeOfAddress));
  const app = signal<AskingApp | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);

  async function look(): Promise<void> {
    if (isBusy.value || code.value === "") return;
    isBusy.value = true;
    problem.value = null;
    const answer = await call("POST /api/apps/look", { userCode: code.value });
    isBusy.value = false;
    if (answer.ok) {
      app.value = answer.app;
      step.value = "question";
    } else problem.value = answer.code;
  }

  return {
    step,
    code,
    app,
    problem,
    isBusy,
    look,
    /** Once, as soon as somebody is signed in. */
    async arrive() {
      if (step.value === "code" && app.value === null && code.value !== "") await look();
    },
    type(typed: string) {
      code.value = showCode(typed);
      problem.value = null;
    },
    async answer(isAllowed: boolean) {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      const answer = await call("POST /api/apps/answer", { userCode: code.value, isAllowed });
      isBusy.value = false;
      if (answer.ok) step.value = isAllowed ? "allowed" : "denied";
      else {
        problem.value = answer.code;
        // The code has run out meanwhile: a new one is needed.
        if (answer.code === "not_found") step.value = "code";
      }
    },
    again() {
      code.value = "";
      app.value = null;
      problem.value = null;
      step.value = "code";
    },
  };
});

/** In capitals and two halves, while it is typed. */
function showCode(typed: string): string {
  const letters = typed
    .toUpperCase()
    .replace(/[^A-Z]/g, "")
    .slice(0, 8);
  return letters.length > 4 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : letters;
}
