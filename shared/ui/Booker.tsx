import type { Instant, LocalDay, MemberId, ZoneName } from "../model/ids.ts";
import type { RepCard } from "../model/people.ts";
import { Avatar } from "./Avatar.tsx";
import { BookedCard } from "./BookedCard.tsx";
import { type BookerDetails, BookerForm } from "./BookerForm.tsx";
import { BookerTimes } from "./BookerTimes.tsx";

export type BookerWords = {
  title: string;
  /** "30 minutes" */
  length: (minutes: number) => string;
  anyone: string;
  withWhom: string;
  zoneLabel: string;
  loading: string;
  none: string;
  failed: string;
  tryAgain: string;
  earlierWeek: string;
  laterWeek: string;
  /** "3 times" or "no times", read after the day. */
  dayTimes: (count: number) => string;
  parts: readonly [morning: string, afternoon: string, evening: string];
  back: string;
  heldFor: (left: string) => string;
  holdOver: string;
  name: string;
  email: string;
  note: string;
  notePlaceholder: string;
  emailWrong: string;
  nameMissing: string;
  book: string;
  booking: string;
  booked: string;
  /** "An invitation is on its way to ..." */
  mailed: (email: string) => string;
  /** One sentence for each way a booking can be refused. */
  problems: Record<BookerProblem, string>;
};

export type BookerProblem = "slot_taken" | "expired" | "too_many_meetings" | "invalid_input" | "unavailable";

/** One step of a booking, as the screen needs it. */
export type BookerStep =
  | { kind: "loading" }
  | { kind: "failed" }
  | { kind: "times" }
  /** A time was pressed; the server is asked to keep it. */
  | { kind: "holding"; startAt: Instant }
  | {
      kind: "details";
      startAt: Instant;
      endAt: Instant;
      host: RepCard;
      /** Whole seconds until the hold ends; 0 when it is over. */
      secondsLeft: number;
      isBooking: boolean;
      name: string;
      email: string;
    }
  | { kind: "booked"; startAt: Instant; endAt: Instant; host: RepCard; email: string };

export type BookerProps = {
  step: BookerStep;
  problem: BookerProblem | null;
  hosts: readonly RepCard[];
  host: "any" | MemberId;
  /** False while moving a meeting: its host stays. */
  canChooseHost: boolean;
  slots: readonly Instant[];
  durationMinutes: number;
  /** The chosen day in `zone`; null for the first one that has times. */
  day: LocalDay | null;
  zone: ZoneName;
  zones: readonly ZoneName[];
  locale?: string | undefined;
  now: Instant;
  words: BookerWords;
  onHost: (host: "any" | MemberId) => void;
  onZone: (zone: ZoneName) => void;
  onDay: (day: LocalDay) => void;
  onTime: (startAt: Instant) => void;
  onBack: () => void;
  onBook: (details: BookerDetails) => void;
  onRetry: () => void;
};

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
