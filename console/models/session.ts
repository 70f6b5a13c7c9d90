import { batch, createModel, signal } from "@preact/signals";
import type { SessionView } from "../../shared/model/session.ts";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { SessionEnd } from "../../shared/protocol/rep-events.ts";
import type { ApiCall } from "../ports.ts";
import { ForgottenModel } from "./forgotten.ts";

export type SessionState =
  | { kind: "loading" }
  | { kind: "in"; session: SessionView }
  /** `because`: signed out elsewhere, expired or deactivated; null on a fresh visit. */
  | { kind: "out"; because: Exclude<SessionEnd, "role_changed"> | null };
export type Session = InstanceType<typeof SessionModel>;

/** Who is signed in. */
export const SessionModel = createModel((call: ApiCall) => {
  const state = signal<SessionState>({ kind: "loading" });
  const accounts = signal<readonly DemoAccount[]>([]);
  /** False: there is nobody yet to sign in as. */
  const isSetUp = signal(true);
  const problem = signal<ErrorCode | null>(null);
  /** With `too_many`: until then no password is looked at. */
  const waitMs = signal<number | null>(null);
  /** A demo card no longer opens: somebody has given this person another password. */
  const isCardOld = signal(false);
  const isBusy = signal(false);

  /** The person has another role since: said once, on the desk that is built anew for it. */
  const hasNewRole = signal(false);

  type OutBecause = Extract<SessionState, { kind: "out" }>["because"];
  async function showSignIn(because: OutBecause): Promise<void> {
    state.value = { kind: "out", because };
    const answer = await call("GET /api/demo-accounts", {});
    if (!answer.ok) return;
    batch(() => {
      accounts.value = answer.accounts;
      isSetUp.value = answer.isSetUp;
    });
  }

  /** Asks who one is now: another role builds the desk anew, no session shows the sign-in. */
  async function lookAgain(isLinkOver: boolean): Promise<void> {
    const before = state.value;
    if (before.kind !== "in") return;
    const answer = await call("GET /api/session", {});
    if (state.value !== before) return;
    if (answer.ok && answer.member.role !== before.session.member.role) {
      hasNewRole.value = true;
      state.value = { kind: "in", session: answer };
    } else if (isLinkOver || (!answer.ok && answer.code === "unauthenticated")) {
      await showSignIn("signed_out");
    }
  }

  async function signIn(email: string, password: string): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    problem.value = null;
    isCardOld.value = false;
    const answer = await call("POST /api/session", { email: email.trim(), password });
    batch(() => {
      isBusy.value = false;
      if (answer.ok) state.value = { kind: "in", session: answer };
      else {
        problem.value = answer.code;
        waitMs.value = answer.retryAfterMs ?? null;
      }
    });
  }

  return {
    state,
    hasNewRole,
    accounts,
    isSetUp,
    problem,
    waitMs,
    isCardOld,
    isBusy,
    forgotten: new ForgottenModel(call),
    async start() {
      state.value = { kind: "loading" };
      problem.value = null;
      const answer = await call("GET /api/session", {});
      if (answer.ok) state.value = { kind: "in", session: answer };
      else {
        if (answer.code !== "unauthenticated") problem.value = answer.code;
        await showSignIn(null);
      }
    },
    signIn,
    async signInAs({ email, password }: Pick<DemoAccount, "email" | "password">) {
      await signIn(email, password);
      isCardOld.value = problem.value === "unauthenticated";
    },
    async signOut() {
      await call("POST /api/session/end", {});
      problem.value = null;
      await showSignIn(null);
    },
    /** The server said that the link, or the session, is over; a refusal does not say why. */
    async end(because: SessionEnd | null = null) {
      if (state.value.kind !== "in") return;
      if (because === "deactivated" || because === "signed_out") await showSignIn(because);
      else await lookAgain(true);
    },
    /** For those who have no link to be told over. */
    check: () => lookAgain(false),
    sayNewRole() {
      hasNewRole.value = false;
    },
  };
});
