import { useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { integrationsText } from "../text/integrations.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Problem } from "../ui/Problem.tsx";

const words = integrationsText.danger;

/** Ends every outside access of everybody, after a question that says what follows. */
export function RevokeAllCard({ desk }: { desk: Desk }) {
  const { integrations, doctor, connections, notices } = desk;
  const [isAsking, setAsking] = useState(false);
  const refusal = integrations.refusal.value;
  const close = () => {
    setAsking(false);
    integrations.forget();
  };
  const revoke = async () => {
    const answer = await integrations.revokeAll();
    if (answer === null) return;
    notices.say(words.done(answer.revoked, answer.unanswered, answer.forgotten));
    setAsking(false);
    void doctor.load();
    void connections.load();
  };
  return (
    <section class="card card-danger">
      <h2>{words.title}</h2>
      <p class="soft small">{words.lead}</p>
      <div class="form-actions settings-form">
        <Button look="danger" onClick={() => setAsking(true)}>
          {words.button}
        </Button>
      </div>
      {isAsking && (
        <Dialog
          title={words.sureTitle}
          onClose={close}
          actions={
            <>
              <Button look="quiet" autoFocus onClick={close}>
                {words.keep}
              </Button>
              <Button look="danger" isBusy={integrations.isBusy.value} onClick={() => void revoke()}>
                {words.button}
              </Button>
            </>
          }
        >
          <ul class="follows">
            {words.sure.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
          {refusal && refusal.code !== "proof_needed" && <Problem code={refusal.code} />}
        </Dialog>
      )}
    </section>
  );
}
