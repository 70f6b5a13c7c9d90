import { useEffect } from "preact/hooks";
import type { SetUpStep, SetUpStepName } from "../../shared/model/set-up.ts";
import type { Desk } from "../models/desk.ts";
import type { Place } from "../models/place.ts";
import { setUpText as text } from "../text/set-up.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Problem } from "../ui/Problem.tsx";

/** Where each step is done. */
const places: Record<SetUpStepName, Place> = {
  account: { page: "me", conversationId: null, section: "sign-in" },
  profile: { page: "me", conversationId: null, section: "profile" },
  zone: { page: "me", conversationId: null, section: "profile" },
  hours: { page: "hours", conversationId: null },
  integrations: { page: "settings", conversationId: null, section: "integrations" },
  calendar: { page: "me", conversationId: null, section: "calendars" },
  details: { page: "me", conversationId: null, section: "meeting-details" },
  phone: { page: "me", conversationId: null, section: "sign-in" },
  site: { page: "settings", conversationId: null, section: "sites" },
  tag: { page: "settings", conversationId: null, section: "sites" },
  colleague: { page: "members", conversationId: null, section: "invitations" },
};

/** From an invitation to "you're all set": each step is seen by the server, and ticks itself. */
export function SetUpPage({ desk }: { desk: Desk }) {
  const { setUp, me } = desk;
  useEffect(() => setUp.watch(), [setUp]);
  const steps = setUp.steps.value;
  const firstName = me.saved.value?.firstName ?? desk.session.value.member.firstName;
  const shown = steps.filter(({ state }) => state !== "skipped");
  const skipped = steps.filter(({ state }) => state === "skipped");
  const next = setUp.open.value[0]?.name;
  return (
    <div class="page">
      <header class="page-head">
        <div>
          <h1>{text.title}</h1>
          <p class="soft small">{setUp.isAllDone.value ? text.leadDone : text.lead(firstName)}</p>
        </div>
      </header>
      <div class="page-body">
        <div class="set-up">
          <Problem code={steps.length > 0 ? null : setUp.problem.value} onRetry={() => void setUp.load()} />
          {steps.length === 0 && !setUp.problem.value && <div class="skeleton" aria-hidden="true" />}
          {steps.length > 0 && <Progress desk={desk} />}
          <ol class="set-up-steps">
            {shown.map((step) => (
              <Step key={step.name} desk={desk} step={step} isNext={step.name === next} />
            ))}
          </ol>
          {skipped.length > 0 && (
            <section>
              <h2 class="set-up-later">{text.skippedTitle}</h2>
              <ol class="set-up-steps">
                {skipped.map((step) => (
                  <Step key={step.name} desk={desk} step={step} isNext={false} />
                ))}
              </ol>
            </section>
          )}
        </div>
      </div>
    </div>
  );
}

function Progress({ desk }: { desk: Desk }) {
  const { setUp } = desk;
  const all = setUp.steps.value.length;
  const done = setUp.done.value;
  const isChatting = desk.session.value.member.role !== "meetings_only";
  if (setUp.isAllDone.value) {
    return (
      <section class="set-up-all" role="status">
        <span class="set-up-all-mark">
          <Icon name="check" size={24} />
        </span>
        <div>
          <h2>{text.allSetTitle}</h2>
          <p>{isChatting ? text.allSet.chatting : text.allSet.meetings}</p>
        </div>
        <Button
          look="primary"
          onClick={() => desk.places.go({ page: isChatting ? "board" : "meetings", conversationId: null })}
        >
          {isChatting ? text.toBoard : text.toMeetings}
        </Button>
      </section>
    );
  }
  return (
    <div class="set-up-progress">
      <span class="set-up-bar" aria-hidden="true">
        <i style={{ width: `${(done / all) * 100}%` }} />
      </span>
      <span class="small soft" role="status">
        {text.progress(done, all)}
      </span>
    </div>
  );
}

function Step({ desk, step, isNext }: { desk: Desk; step: SetUpStep; isNext: boolean }) {
  const words = text.steps[step.name];
  const isDone = step.state === "done";
  return (
    <li class={`set-up-step set-up-${step.state}`}>
      <span class="set-up-mark">
        {isDone && <Icon name="check" size={14} />}
        <span class="fy-hidden">{text.states[step.state]}</span>
      </span>
      <div class="set-up-words">
        <h3>{words.title}</h3>
        {!isDone && <p>{words.why}</p>}
        {!isDone && step.isRequired && <span class="tag tag-waiting">{text.required}</span>}
      </div>
      {!isDone && (
        <div class="set-up-tools">
          {step.state === "skipped" ? (
            <Button onClick={() => void desk.setUp.skip(step.name, false)}>{text.takeUp}</Button>
          ) : (
            <>
              {!step.isRequired && (
                <Button look="quiet" onClick={() => void desk.setUp.skip(step.name, true)}>
                  {text.skip}
                </Button>
              )}
              <Button look={isNext ? "primary" : "plain"} onClick={() => desk.places.go(places[step.name])}>
                {words.action}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}
