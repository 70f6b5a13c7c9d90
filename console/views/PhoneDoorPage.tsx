import { useEffect, useState } from "preact/hooks";
import { type PhoneDoor, PhoneDoorModel } from "../models/phone-door.ts";
import type { ApiCall, Clock } from "../ports.ts";
import { phoneText } from "../text/apps.ts";
import { Button } from "../ui/Button.tsx";
import { Problem } from "../ui/Problem.tsx";
import { DoorPage } from "./DoorPage.tsx";

type PhoneDoorPageProps = { call: ApiCall; clock: Clock; secret: string; onEntered: () => void };

/** On the phone that has read the console's code. */
export function PhoneDoorPage({ call, clock, secret, onEntered }: PhoneDoorPageProps) {
  const [door, setDoor] = useState<PhoneDoor | null>(null);
  useEffect(() => {
    const fresh = new PhoneDoorModel(call, clock, secret);
    setDoor(fresh);
    void fresh.start();
    const stop = fresh.state.subscribe((state) => {
      if (state.kind === "in") onEntered();
    });
    return () => {
      stop();
      fresh[Symbol.dispose]();
    };
  }, [call, clock, secret, onEntered]);
  return door && <PhoneDoorSteps door={door} />;
}

function PhoneDoorSteps({ door }: { door: PhoneDoor }) {
  const words = phoneText.door;
  const state = door.state.value;
  const problem = <Problem code={door.problem.value} onRetry={() => void door.start()} />;
  if (state.kind === "looking" || state.kind === "in")
    return door.problem.value ? <DoorPage title={phoneText.title}>{problem}</DoorPage> : null;
  if (state.kind === "question") {
    return (
      <DoorPage title={words.title(state.name)} lead={words.lead(state.workspaceName)}>
        {problem}
        <div class="phone-door">
          <Button look="primary" size="large" isBusy={door.isBusy.value} onClick={() => void door.signIn()}>
            {words.signIn}
          </Button>
        </div>
      </DoorPage>
    );
  }
  if (state.kind === "waiting") {
    return (
      <DoorPage title={words.confirmTitle} lead={words.confirmLead}>
        {problem}
        <p class="phone-number" role="status">
          {state.number}
        </p>
        <p class="soft">{words.confirmHint}</p>
      </DoorPage>
    );
  }
  const isRefused = state.kind === "refused";
  return (
    <DoorPage
      title={isRefused ? words.refusedTitle : words.overTitle}
      lead={isRefused ? words.refusedLead : words.overLead}
    >
      <div class="phone-door">
        <a class="button button-plain button-large" href="/console">
          {words.toSignIn}
        </a>
      </div>
    </DoorPage>
  );
}
