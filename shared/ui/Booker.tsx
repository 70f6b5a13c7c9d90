import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "./Avatar.tsx";
import { BookedCard } from "./BookedCard.tsx";
import { BookerForm } from "./BookerForm.tsx";
import { BookerTimes } from "./BookerTimes.tsx";
import type { BookerProps } from "./booker-props.ts";

/** Choose with whom and how long, the day, the time; say who comes; see it confirmed. What needs no choice is not asked. */
export function Booker(props: BookerProps) {
  const { step, words, problem } = props;
  const told = useRef<HTMLParagraphElement>(null);
  // What was pressed is gone with the step it stood in: the focus goes to the reason.
  useEffect(() => {
    if (problem && step.kind !== "details") told.current?.focus({ preventScroll: true });
  }, [problem, step.kind]);
  if (step.kind === "booked")
    return (
      <BookedCard {...step} zone={props.zone} locale={props.locale} words={words}>
        {props.children}
      </BookedCard>
    );
  return (
    <section class="fy-booker" aria-label={words.title}>
      {problem && (
        <p class="fy-problem" role="alert" ref={told} tabIndex={-1}>
          {words.problems[problem]}
        </p>
      )}
      {step.kind === "details" ? (
        <BookerForm {...props} step={step} questions={props.type?.questions ?? []} />
      ) : (
        <>
          <Choices {...props} />
          {step.kind === "loading" && <Waiting {...props} isSlow={step.isSlow} />}
          {step.kind === "failed" && (
            <div class="fy-booker-wait">
              <p role="alert">{words.failed}</p>
              <button type="button" class="fy-button fy-quiet" onClick={props.onRetry}>
                {words.tryAgain}
              </button>
            </div>
          )}
          {(step.kind === "times" || step.kind === "holding") && (
            <BookerTimes {...props} waitingFor={step.kind === "holding" ? step.startAt : null} />
          )}
        </>
      )}
    </section>
  );
}

/** The shape of what is coming; after a while a way to ask again. */
function Waiting({ words, isSlow, onRetry }: BookerProps & { isSlow: boolean }) {
  return (
    <>
      <p class={isSlow ? "fy-soft" : "fy-hidden"} role="status">
        {isSlow ? words.slow : words.loading}
      </p>
      {isSlow && (
        <button type="button" class="fy-button fy-quiet" onClick={onRetry}>
          {words.tryAgain}
        </button>
      )}
      <div class="fy-bones" aria-hidden="true">
        {Array.from({ length: 16 }, (_, at) => (
          <i key={at} />
        ))}
      </div>
    </>
  );
}

function Choices({ hosts, host, canChooseHost, type, durationMinutes, words, ...on }: BookerProps) {
  return (
    <>
      {type && type.durations.length > 1 && (
        <fieldset class="fy-choices">
          <legend class="fy-hidden">{words.howLong}</legend>
          {type.durations.map((minutes) => (
            <label key={minutes} class={minutes === durationMinutes ? "fy-choice fy-on" : "fy-choice"}>
              <input
                type="radio"
                name="fy-length"
                checked={minutes === durationMinutes}
                onChange={() => on.onDuration(minutes)}
              />
              {words.length(minutes)}
            </label>
          ))}
        </fieldset>
      )}
      {canChooseHost && hosts.length > 1 && (
        <fieldset class="fy-choices">
          <legend class="fy-hidden">{words.withWhom}</legend>
          <label class={host === "any" ? "fy-choice fy-on" : "fy-choice"}>
            <input type="radio" name="fy-host" checked={host === "any"} onChange={() => on.onHost("any")} />
            <span class="fy-faces">
              {hosts.slice(0, 3).map((card) => (
                <Avatar key={card.id} card={card} size={26} />
              ))}
            </span>
            {words.anyone}
          </label>
          {hosts.map((card) => (
            <label key={card.id} class={host === card.id ? "fy-choice fy-on" : "fy-choice"}>
              <input
                type="radio"
                name="fy-host"
                checked={host === card.id}
                onChange={() => on.onHost(card.id)}
              />
              <Avatar card={card} size={26} />
              {card.firstName}
            </label>
          ))}
        </fieldset>
      )}
    </>
  );
}
