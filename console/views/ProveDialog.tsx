import { useEffect, useId, useRef } from "preact/hooks";
import type { Proof } from "../models/proof.ts";
import { proofText } from "../text/proof.ts";
import { ssoText } from "../text/sso.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

type ProveDialogProps = {
  proof: Proof;
  /** The address of whoever is asked. */
  email: string;
  /** Goes to the company's sign-in. */
  leave: (url: string) => void;
  /** The page to come back to from there. */
  returnTo: string;
};

/**
 * Asks again who one is, before what is hard to take back. By password, whatever was asked goes on afterwards; whoever has
 * none goes to their company's sign-in and asks again when they are back.
 */
export function ProveDialog({ proof, email, leave, returnTo }: ProveDialogProps) {
  const password = useRef<HTMLInputElement>(null);
  const formId = useId();
  const problemId = useId();
  useEffect(() => void proof.loadWays(), [proof]);
  const problem = proof.problem.value;
  const isBusy = proof.isBusy.value;
  const ways = proof.ways.value;
  const provider = ways?.provider ?? null;
  const demo = proof.accounts.value.find((account) => account.email === email);
  const hasPassword = ways?.hasPassword ?? true;
  const instead = ways?.instead ?? null;
  const sentTo = proof.sentTo.value;
  return (
    <Dialog
      title={proofText.title}
      onClose={proof.cancel}
      actions={
        <>
          <Button look="quiet" onClick={proof.cancel}>
            {text.common.cancel}
          </Button>
          {instead === "mail" && sentTo === null && (
            <Button look="primary" isBusy={isBusy} onClick={() => void proof.mailPassword()}>
              {proofText.mail}
            </Button>
          )}
          {hasPassword && (
            <Button look="primary" type="submit" form={formId} isBusy={isBusy}>
              {isBusy ? proofText.confirming : proofText.confirm}
            </Button>
          )}
        </>
      }
    >
      {ways && instead && (
        <div class="form">
          <p class="soft">{proofText.none}</p>
          <p role="status">
            {sentTo !== null
              ? proofText.mailed(sentTo)
              : instead === "mail"
                ? proofText.noneMail(ways.email)
                : proofText.noneCompany}
          </p>
        </div>
      )}
      {provider && (
        <div class="form">
          <p class="soft">{ssoText.prove.lead}</p>
          <Button
            look={hasPassword ? "plain" : "primary"}
            isBusy={isBusy}
            onClick={() => void proof.proveByProvider(returnTo, leave)}
          >
            <span class="cut">{ssoText.prove.go(provider.name)}</span>
          </Button>
          {hasPassword && <p class="sso-or">{ssoText.prove.or}</p>}
        </div>
      )}
      {hasPassword && (
        <form
          id={formId}
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void proof.proveByPassword(password.current?.value ?? "");
          }}
        >
          {!provider && <p class="soft">{proofText.lead}</p>}
          <label class="field">
            <span>{proofText.password}</span>
            <input
              ref={password}
              type="password"
              autocomplete="current-password"
              autoFocus
              aria-describedby={problem ? problemId : undefined}
            />
            {demo && <span class="field-hint">{proofText.demo(demo.password)}</span>}
          </label>
        </form>
      )}
      <p class="field-problem" id={problemId} role="alert">
        {problem && (problem === "invalid_input" ? proofText.wrong : text.errors[problem])}
      </p>
    </Dialog>
  );
}
