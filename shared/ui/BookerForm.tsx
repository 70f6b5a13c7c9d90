import { useEffect, useRef, useState } from "preact/hooks";
import type { Question } from "../model/meeting-types.ts";
import { limits } from "../protocol/limits.ts";
import { Avatar } from "./Avatar.tsx";
import { BookerField } from "./BookerField.tsx";
import type { BookerDetails, BookerProps, BookerStep } from "./booker-props.ts";

type BookerFormProps = Pick<BookerProps, "zone" | "locale" | "words" | "onBack" | "onBook" | "onDraft"> & {
  step: Extract<BookerStep, { kind: "details" }>;
  questions: readonly Question[];
};

const answerName = (id: string) => `answer-${id}`;

/** Who comes: name, address, answers or a note; above it what is being booked and for how long it is kept. */
export function BookerForm({ step, questions, zone, locale, words, ...on }: BookerFormProps) {
  /** The field that is not right, and why. */
  const [wrong, setWrong] = useState<{ name: string; why: string } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { host, startAt, endAt, secondsLeft, isBooking, draft } = step;
  useEffect(() => {
    // To the first field that is still empty, else to what is being booked: nothing is left but to confirm.
    const fields = form.current?.querySelectorAll<HTMLInputElement>(
      "input:not([type=radio]), textarea, select",
    );
    const empty = [...(fields ?? [])].find(({ value, name }) => !value && name !== "note");
    (empty ?? form.current?.querySelector<HTMLElement>("h2"))?.focus({ preventScroll: true });
  }, []);
  const when = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
    timeZone: zone,
  });
  const left = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`;

  const read = (): BookerDetails => {
    const data = new FormData(form.current ?? undefined);
    const value = (name: string) => String(data.get(name) ?? "").trim();
    return {
      name: value("name"),
      email: value("email"),
      note: value("note"),
      answers: questions.map(({ id }) => ({ id, answer: value(answerName(id)) })),
    };
  };
  // The server decides; this only saves a round trip for a slip of the finger.
  const findWrong = ({ name, email, answers }: BookerDetails) => {
    if (!name) return { name: "name", why: words.nameMissing };
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return { name: "email", why: words.emailWrong };
    const missing = questions.find(({ isRequired }, at) => isRequired && !answers[at]?.answer);
    return missing ? { name: answerName(missing.id), why: words.answerMissing } : null;
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const details = read();
    const found = findWrong(details);
    setWrong(found);
    if (found) form.current?.querySelector<HTMLElement>(`[name="${found.name}"]`)?.focus();
    else on.onBook(details);
  };
  const why = (name: string) => (wrong?.name === name ? wrong.why : null);

  return (
    <form class="fy-form" ref={form} noValidate onSubmit={submit} onInput={() => on.onDraft(read())}>
      <button type="button" class="fy-back" onClick={on.onBack}>
        {words.back}
      </button>
      <div class="fy-form-what">
        <Avatar card={host} size={44} />
        <div>
          <h2 tabIndex={-1}>
            <bdi>{when.formatRange(startAt, endAt)}</bdi>
          </h2>
          <div class="fy-soft">
            {host.firstName} {host.lastName}
            {host.jobTitle && ` · ${host.jobTitle}`}
          </div>
          <div class={secondsLeft < 60 ? "fy-hold fy-soon" : "fy-hold"}>
            {secondsLeft > 0 ? words.heldFor(left) : words.holdOver}
          </div>
        </div>
      </div>
      <BookerField
        name="name"
        label={words.name}
        isRequired
        value={draft.name}
        maxLength={limits.nameChars}
        wrong={why("name")}
      />
      <BookerField
        name="email"
        label={words.email}
        isRequired
        kind="email"
        value={draft.email}
        maxLength={limits.emailChars}
        wrong={why("email")}
      />
      {questions.map(({ id, ...question }) => (
        <BookerField
          key={id}
          {...question}
          name={answerName(id)}
          value={draft.answers.find((answer) => answer.id === id)?.answer ?? ""}
          maxLength={limits.answerChars}
          wrong={why(answerName(id))}
        />
      ))}
      {questions.length === 0 && (
        <BookerField
          name="note"
          label={words.note}
          kind="text"
          value={draft.note}
          maxLength={limits.meetingNoteChars}
          placeholder={words.notePlaceholder}
          wrong={null}
        />
      )}
      {secondsLeft > 0 ? (
        <button type="submit" class="fy-button" disabled={isBooking}>
          {isBooking ? words.booking : words.book}
        </button>
      ) : (
        <button type="button" class="fy-button" onClick={on.onBack}>
          {words.back}
        </button>
      )}
    </form>
  );
}
