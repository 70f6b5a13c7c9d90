import { createModel, signal } from "@preact/signals";
import type { DemoAccount, SessionView } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";

export type SessionState =
  | { kind: "loading" }
  | { kind: "in"; session: SessionView }
  /** `wasEnded`: signed out elsewhere or expired, as opposed to a fresh visit. */
  | { kind: "out"; wasEnded: boolean };
export type Session = InstanceType<typeof SessionModel>;

/** Who is signed in. */
export const SessionModel = createModel((call: ApiCall) => {
  const state = signal<SessionState>({ kind: "loading" });
  const accounts = signal<readonly DemoAccount[]>([]);
  const problem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);

  async function showSignIn(wasEnded: boolean): Promise<void> {
    state.value = { kind: "out", wasEnded };
    const answer = await call("GET /api/demo-accounts", {});
    if (answer.ok) accounts.value = answer.accounts;
  }

  return {
    state,
    accounts,
    problem,
    isBusy,
    async start() {
      state.value = { kind: "loading" };
      problem.value = null;
      const answer = await call("GET /api/session", {});
      if (answer.ok) state.value = { kind: "in", session: answer };
      else {
        if (answer.code !== "unauthenticated") problem.value = answer.code;
        await showSignIn(false);
      }
    },
    async signIn(email: string, password: string) {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      const answer = await call("POST /api/session", { email: email.trim(), password });
      isBusy.value = false;
      if (answer.ok) state.value = { kind: "in", session: answer };
      else problem.value = answer.code;
    },
    async signOut() {
      await call("POST /api/session/end", {});
      problem.value = null;
      await showSignIn(false);
    },
    /** The server said that the session is over. */
    async end() {
      if (state.value.kind === "in") await showSignIn(true);
    },
  };
});
