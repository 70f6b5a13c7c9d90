import { useId, useRef } from "preact/hooks";
import type { Proof } from "../models/proof.ts";
import { proofText } from "../text/proof.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

/** Asks again who one is, before what is hard to take back; whatever was asked goes on afterwards. */
export function ProveDialog({ proof }: { proof: Proof }) {
  const password = useRef<HTMLInputElement>(null);
  const formId = useId();
  const problemId = useId();
  const problem = proof.problem.value;
  const isBusy = proof.isBusy.value;
  return (
    <Dialog
      title={proofText.title}
      onClose={proof.cancel}
      actions={
        <>
          <Button look="quiet" onClick={proof.cancel}>
            {text.common.cancel}
          </Button>
          <Button look="primary" type="submit" form={formId} isBusy={isBusy}>
            {isBusy ? proofText.confirming : proofText.confirm}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void proof.proveByPassword(password.current?.value ?? "");
        }}
      >
        <p class="soft">{proofText.lead}</p>
        <label class="field">
          <span>{proofText.password}</span>
          <input
            ref={password}
            type="password"
            autocomplete="current-password"
            autoFocus
            aria-describedby={problem ? problemId : undefined}
          />
        </label>
        <p class="field-problem" id={problemId} role="alert">
          {problem && (problem === "invalid_input" ? proofText.wrong : text.errors[problem])}
        </p>
      </form>
    </Dialog>
  );
}
