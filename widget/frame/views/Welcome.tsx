import { RepCard } from "../../../shared/ui/RepCard.tsx";
import { chatText as text } from "../../text.ts";
import type { ChatModel } from "../models/chat.ts";
import { Faces } from "./Faces.tsx";
import { OwnMeeting } from "./MeetingLinks.tsx";

/** The top of every conversation; as long as nothing was said, the people who would answer and the other way to meet them. */
export function Welcome({ chat }: { chat: ChatModel }) {
  const team = chat.thread.team.value;
  const isNew = !chat.thread.thread.value && chat.outbox.messages.value.length === 0;
  return (
    <div class={isNew ? "welcome new" : "welcome"}>
      {!isNew && <Faces team={team} size={52} />}
      <h2>{text.welcome}</h2>
      <p>{text.welcomeMore}</p>
      {isNew && (
        <>
          <OwnMeeting chat={chat} />
          <div class="card">
            {team.slice(0, 3).map((card) => (
              <RepCard key={card.id} card={card} presenceLabel={text.presence[card.presence]} />
            ))}
          </div>
          <button
            type="button"
            class="fy-button fy-quiet"
            onClick={() => chat.show({ kind: "book", host: "any" })}
          >
            {text.book}
          </button>
        </>
      )}
    </div>
  );
}
