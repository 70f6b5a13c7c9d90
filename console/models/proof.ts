import { createModel, signal } from "@preact/signals";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { MyWays } from "../../shared/protocol/sso-routes.ts";
import type { ApiCall } from "../ports.ts";

export type Proof = InstanceType<typeof ProofModel>;

/**
 * What is hard to take back is refused until the person has proved again who they are. `call` asks like the one it is
 * made from; when the server wants a proof, it waits for the dialog and then asks the same again, so no page needs to
 * know which questions are of that kind.
 */
export const ProofModel = createModel((plainCall: ApiCall) => {
  const isAsked = signal(false);
  const isBusy = signal(false);
  const problem = signal<ErrorCode | null>(null);
  /** How this person can prove it; null until it is known. */
  const ways = signal<MyWays | null>(null);
  /** The address that a link to set a password was mailed to. */
  const sentTo = signal<string | null>(null);
  /** Of the demo, where nobody has chosen a password of their own. */
  const accounts = signal<readonly DemoAccount[]>([]);
  /** Those who wait for the end of the dialog: whether a proof was given. */
  let waiting: ((isProven: boolean) => void)[] = [];

  function end(isProven: boolean): void {
    isAsked.value = false;
    problem.value = null;
    sentTo.value = null;
    const told = waiting;
    waiting = [];
    for (const tell of told) tell(isProven);
  }

  const call: ApiCall = async (route, input, id) => {
    const answer = await plainCall(route, input, id);
    if (answer.ok || answer.code !== "proof_needed") return answer;
    isAsked.value = true;
    const isProven = await new Promise<boolean>((resolve) => waiting.push(resolve));
    return isProven ? plainCall(route, input, id) : answer;
  };

  return {
    call,
    isAsked,
    isBusy,
    problem,
    ways,
    sentTo,
    accounts,
    async loadWays() {
      void plainCall("GET /api/demo-accounts", {}).then((demo) => {
        if (demo.ok) accounts.value = demo.accounts;
      });
      const answer = await plainCall("GET /api/sso/mine", {});
      if (answer.ok) ways.value = answer;
    },
    /** For whoever has no way at all: a link to set a password, to their own address. */
    async mailPassword() {
      const email = ways.value?.email;
      if (isBusy.value || email === undefined) return;
      isBusy.value = true;
      problem.value = null;
      const answer = await plainCall("POST /api/reset", { email });
      isBusy.value = false;
      if (answer.ok) sentTo.value = email;
      else problem.value = answer.code;
    },
    /** Through the company's own sign-in: `leave` goes there; the person comes back to the page `returnTo`. */
    async proveByProvider(returnTo: string, leave: (url: string) => void) {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      const answer = await plainCall("POST /api/sso/prove", { returnTo });
      isBusy.value = false;
      if (answer.ok) leave(answer.url);
      else problem.value = answer.code;
    },
    async proveByPassword(password: string) {
      if (isBusy.value) return;
      isBusy.value = true;
      problem.value = null;
      const answer = await plainCall("POST /api/session/prove", { password });
      isBusy.value = false;
      if (answer.ok) end(true);
      else problem.value = answer.code;
    },
    cancel: () => end(false),
  };
});
