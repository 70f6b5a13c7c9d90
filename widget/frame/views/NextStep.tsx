import { chatText as text } from "../../text.ts";
import type { ChatModel } from "../models/chat.ts";
import { Faces } from "./Faces.tsx";

/** What happens next, in honest words: someone is looked for, nobody is free, how to reach a visitor who leaves. */
export function NextStep({ chat }: { chat: ChatModel }) {
  const request = chat.thread.request.value;
  const held = chat.thread.thread.value;
  // Whoever has a time with us is no longer told that nobody is free.
  const meeting = held?.facts.findLast(({ body }) => "meetingId" in body)?.body.kind;
  const hasTime =
    meeting === "meeting_booked" ||
    meeting === "meeting_moved" ||
    chat.booked.value?.meeting.state === "booked";
  const isWaiting = held?.isOpen && !held.ownerId && request;
  const team = chat.thread.team.value;
  const isSomebodyHere = team.some(({ presence }) => presence === "available");
  return (
    <>
      <div role="status">
        {isWaiting && request.state === "finding" && (
          <div class="finding">
            <Faces team={team} size={44} />
            <p>
              <b>{text.finding}</b>
              {text.findingWithin(Math.max(1, Math.ceil((request.deadlineAt - chat.now()) / 60_000)))}
            </p>
          </div>
        )}
        {isWaiting && request.state === "fallback" && !hasTime && (
          <div class="card">
            <p>
              <b>{isSomebodyHere ? text.nobodyTook : text.nobody}</b>
              {text.nobodyMore}
            </p>
            <button type="button" class="fy-button" onClick={() => chat.show({ kind: "book", host: "any" })}>
              {text.book}
            </button>
            {isSomebodyHere && (
              <button type="button" class="fy-button fy-quiet" onClick={chat.askAgain}>
                {text.askAgain}
              </button>
            )}
          </div>
        )}
      </div>
      {chat.wantsEmail.value && <EmailAsk chat={chat} />}
    </>
  );
}

function EmailAsk({ chat }: { chat: ChatModel }) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget as HTMLFormElement).get("email")).trim();
    if (email) chat.identify(null, email);
  };
  return (
    <form class="card" onSubmit={submit}>
      <label for="foyer-email">
        <b>{text.emailAsk}</b>
        {text.emailWhy}
      </label>
      <div class="inline">
        <input
          id="foyer-email"
          class="fy-input"
          name="email"
          type="email"
          required
          autocomplete="email"
          placeholder={text.emailPlaceholder}
        />
        <button type="submit" class="fy-button">
          {text.save}
        </button>
      </div>
      <button type="button" class="link" onClick={chat.putOffAsk}>
        {text.notNow}
      </button>
    </form>
  );
}
