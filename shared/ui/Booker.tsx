import { Avatar } from "./Avatar.tsx";
import { BookedCard } from "./BookedCard.tsx";
import { BookerForm } from "./BookerForm.tsx";
import { BookerTimes } from "./BookerTimes.tsx";
import type { BookerProps } from "./booker-props.ts";

/** Choose with whom, the day, the time; give a name and an address; see it confirmed. */
export function Booker(props: BookerProps) {
  const { step, words, problem } = props;
  if (step.kind === "booked")
    return <BookedCard {...step} zone={props.zone} locale={props.locale} words={words} />;
  return (
    <section class="fy-booker" aria-label={words.title}>
      {problem && (
        <p class="fy-problem" role="alert">
          {words.problems[problem]}
        </p>
      )}
      {step.kind === "details" ? (
        <BookerForm
          step={step}
          zone={props.zone}
          locale={props.locale}
          words={words}
          onBack={props.onBack}
          onBook={props.onBook}
        />
      ) : (
        <>
          {props.canChooseHost && props.hosts.length > 1 && <Hosts {...props} />}
          {step.kind === "loading" && (
            <div class="fy-booker-wait" role="status">
              {words.loading}
            </div>
          )}
          {step.kind === "failed" && (
            <div class="fy-booker-wait" role="alert">
              <p>{words.failed}</p>
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

function Hosts({ hosts, host, words, onHost }: BookerProps) {
  return (
    <fieldset class="fy-hosts">
      <legend class="fy-hidden">{words.withWhom}</legend>
      <label class={host === "any" ? "fy-host fy-on" : "fy-host"}>
        <input type="radio" name="fy-host" checked={host === "any"} onChange={() => onHost("any")} />
        <span class="fy-faces">
          {hosts.slice(0, 3).map((card) => (
            <Avatar key={card.id} card={card} size={26} />
          ))}
        </span>
        {words.anyone}
      </label>
      {hosts.map((card) => (
        <label key={card.id} class={host === card.id ? "fy-host fy-on" : "fy-host"}>
          <input type="radio" name="fy-host" checked={host === card.id} onChange={() => onHost(card.id)} />
          <Avatar card={card} size={26} />
          {card.firstName}
        </label>
      ))}
    </fieldset>
  );
}
