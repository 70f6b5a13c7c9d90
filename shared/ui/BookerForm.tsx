import { useEffect, useRef, useState } from "preact/hooks";
import type { ZoneName } from "../model/ids.ts";
import { limits } from "../protocol/limits.ts";
import { Avatar } from "./Avatar.tsx";
import type { BookerDetails, BookerStep, BookerWords } from "./booker-props.ts";

type BookerFormProps = {
  step: Extract<BookerStep, { kind: "details" }>;
  zone: ZoneName;
  locale?: string | undefined;
  words: BookerWords;
  onBack: () => void;
  onBook: (details: BookerDetails) => void;
};

/** Who comes: name, address, a note; above it what is being booked and for how long it is kept. */
export function BookerForm({ step, zone, locale, words, onBack, onBook }: BookerFormProps) {
  const [wrong, setWrong] = useState<"name" | "email" | null>(null);
  const nameInput = useRef<HTMLInputElement>(null);
  useEffect(() => nameInput.current?.focus({ preventScroll: true }), []);
  const { host, startAt, endAt, secondsLeft, isBooking } = step;
  const when = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
  });
  const left = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`;

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const value = (name: string) => String(data.get(name) ?? "").trim();
    const details = { name: value("name"), email: value("email"), note: value("note") };
    // The server decides; this only saves a round trip for a slip of the finger.
    const next = !details.name ? "name" : /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(details.email) ? null : "email";
    setWrong(next);
    if (next) (event.currentTarget as HTMLFormElement).querySelector<HTMLElement>(`[name=${next}]`)?.focus();
    else onBook(details);
  };

  return (
    <form class="fy-form" noValidate onSubmit={submit}>
      <button type="button" class="fy-back" onClick={onBack}>
        {words.back}
      </button>
      <div class="fy-form-what">
        <Avatar card={host} size={44} />
        <div>
          <strong>
            <bdi>{when.formatRange(startAt, endAt)}</bdi>
          </strong>
          <div class="fy-soft">
            {host.firstName} {host.lastName}
            {host.jobTitle && ` · ${host.jobTitle}`}
          </div>
          <div class={secondsLeft < 60 ? "fy-hold fy-soon" : "fy-hold"}>
            {secondsLeft > 0 ? words.heldFor(left) : words.holdOver}
          </div>
        </div>
      </div>
      <label class="fy-field">
        {words.name}
        <input
          class="fy-input"
          ref={nameInput}
          name="name"
          autocomplete="name"
          defaultValue={step.name}
          maxLength={limits.nameChars}
          aria-invalid={wrong === "name"}
        />
        {wrong === "name" && <em role="alert">{words.nameMissing}</em>}
      </label>
      <label class="fy-field">
        {words.email}
        <input
          class="fy-input"
          name="email"
          type="email"
          autocomplete="email"
          defaultValue={step.email}
          maxLength={limits.emailChars}
          aria-invalid={wrong === "email"}
        />
        {wrong === "email" && <em role="alert">{words.emailWrong}</em>}
      </label>
      <label class="fy-field">
        {words.note}
        <textarea
          class="fy-input"
          name="note"
          rows={2}
          maxLength={limits.meetingNoteChars}
          placeholder={words.notePlaceholder}
        />
      </label>
      <button type="submit" class="fy-button" disabled={isBooking || secondsLeft <= 0}>
        {isBooking ? words.booking : words.book}
      </button>
    </form>
  );
}
