import { createModel, signal } from "@preact/signals";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { isEmail } from "../../shared/protocol/fields.ts";
import type { ApiCall } from "../ports.ts";

export type Forgotten = InstanceType<typeof ForgottenModel>;

/** Asks for a mail with a link to a new password. What comes back never says whether the address is somebody's. */
export const ForgottenModel = createModel((call: ApiCall) => {
  const email = signal("");
  /** `no_address`: what was entered can be none. */
  const problem = signal<ErrorCode | "no_address" | null>(null);
  const isBusy = signal(false);
  /** The address that was asked for. */
  const sentTo = signal<string | null>(null);
  return {
    email,
    problem,
    isBusy,
    sentTo,
    write(value: string) {
      email.value = value;
      problem.value = null;
    },
    async ask() {
      if (isBusy.value) return;
      const address = email.value.trim();
      if (!isEmail(address)) {
        problem.value = "no_address";
        return;
      }
      isBusy.value = true;
      problem.value = null;
      const answer = await call("POST /api/reset", { email: address });
      isBusy.value = false;
      if (answer.ok) sentTo.value = address;
      else problem.value = answer.code;
    },
    /** Back to the form, for another address or another mail. */
    again() {
      sentTo.value = null;
    },
  };
});
