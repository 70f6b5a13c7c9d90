import { batch, createModel, signal } from "@preact/signals";
import type { SessionId } from "../../shared/model/ids.ts";
import { isPasswordProblem, type PasswordProblem } from "../../shared/model/new-password.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { SessionLine } from "../../shared/protocol/password-routes.ts";
import type { ApiCall } from "../ports.ts";

export type SignedIn = InstanceType<typeof SignedInModel>;

/** Where I am signed in, and my password. */
export const SignedInModel = createModel((call: ApiCall) => {
  /** Null until loaded. */
  const sessions = signal<readonly SessionLine[] | null>(null);
  const hasPassword = signal(false);
  const problem = signal<ErrorCode | null>(null);
  /** Being ended: one, or all others. */
  const ending = signal<SessionId | "others" | null>(null);
  const isChanging = signal(false);
  const current = signal("");
  const next = signal("");
  const isCurrentWrong = signal(false);
  const nextProblem = signal<PasswordProblem | null>(null);
  const changeFailure = signal<ErrorCode | null>(null);
  const isBusy = signal(false);

  async function load(): Promise<void> {
    const answer = await call("GET /api/sessions", {});
    batch(() => {
      problem.value = answer.ok ? null : answer.code;
      if (!answer.ok) return;
      sessions.value = answer.sessions;
      hasPassword.value = answer.hasPassword;
    });
  }

  function close(): void {
    batch(() => {
      isChanging.value = false;
      current.value = "";
      next.value = "";
      clear();
    });
  }

  function clear(): void {
    isCurrentWrong.value = false;
    nextProblem.value = null;
    changeFailure.value = null;
  }

  return {
    sessions,
    hasPassword,
    problem,
    ending,
    isChanging,
    current,
    next,
    isCurrentWrong,
    nextProblem,
    changeFailure,
    isBusy,
    load,
    /** Signs one out; true when it is gone. */
    async end(id: SessionId): Promise<boolean> {
      ending.value = id;
      const answer = await call("POST /api/sessions/:id/end", {}, id);
      ending.value = null;
      // Ended elsewhere meanwhile: that is what was wanted.
      const isGone = answer.ok || answer.code === "not_found";
      if (isGone) sessions.value = (sessions.value ?? []).filter((line) => line.id !== id);
      problem.value = answer.ok || isGone ? null : answer.code;
      return isGone;
    },
    /** Answers how many ended; null when it failed. */
    async endOthers(): Promise<number | null> {
      ending.value = "others";
      const answer = await call("POST /api/sessions/end-others", {});
      ending.value = null;
      await load();
      if (answer.ok) return answer.ended;
      problem.value = answer.code;
      return null;
    },
    openChange() {
      isChanging.value = true;
    },
    closeChange: close,
    writeCurrent(value: string) {
      current.value = value;
      isCurrentWrong.value = false;
    },
    writeNext(value: string) {
      next.value = value;
      nextProblem.value = null;
    },
    /** Answers how many other sessions ended; null when the password stayed. */
    async change(): Promise<number | null> {
      if (isBusy.value) return null;
      clear();
      isBusy.value = true;
      const answer = await call("POST /api/password", { current: current.value, password: next.value });
      isBusy.value = false;
      if (answer.ok) {
        close();
        await load();
        return answer.ended;
      }
      if (isPasswordProblem(answer.reason)) nextProblem.value = answer.reason;
      else if (answer.field === "current") isCurrentWrong.value = true;
      else changeFailure.value = answer.code;
      return null;
    },
  };
});
