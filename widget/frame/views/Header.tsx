import { RepCard } from "../../../shared/ui/RepCard.tsx";
import { chatText as text } from "../../text.ts";
import { Icon } from "../icons.tsx";
import type { ChatModel } from "../models/chat.ts";
import { Faces } from "./Faces.tsx";

type HeaderProps = { chat: ChatModel; company: string; onClose: (() => void) | null };

/** Whom one talks to: the rep who is here, or the team behind the company. */
export function Header({ chat, company, onClose }: HeaderProps) {
  const found = chat.owner.value;
  // Busy with others too, perhaps, but here for this visitor.
  const owner = found?.presence === "busy" ? { ...found, presence: "available" as const } : found;
  const thread = chat.thread.thread.value;
  const team = chat.thread.team.value;
  const here = team.filter(({ presence }) => presence === "available").length;
  const isBooking = chat.view.value.kind === "book";
  return (
    <header class="header">
      {isBooking && (
        <button type="button" class="icon-button" aria-label={text.back} onClick={chat.back}>
          <Icon name="back" />
        </button>
      )}
      <h1 tabIndex={-1}>
        {isBooking ? (
          text.book
        ) : owner ? (
          <RepCard card={owner} presenceLabel={text.presence[owner.presence]} />
        ) : (
          <span class="fy-rep">
            {thread && <Faces team={team} size={38} />}
            <span class="fy-rep-words">
              <span class="fy-rep-name">{company}</span>
              <span class="fy-rep-title">{team.length > 0 && text.here(here)}</span>
            </span>
          </span>
        )}
      </h1>
      {!isBooking && (
        <button
          type="button"
          class="icon-button"
          aria-label={text.book}
          title={text.book}
          onClick={() => chat.show({ kind: "book", host: owner?.id ?? "any" })}
        >
          <Icon name="calendar" />
        </button>
      )}
      {!isBooking && thread?.isOpen && (
        <details class="menu">
          <summary class="icon-button" aria-label={text.more}>
            <Icon name="more" />
          </summary>
          <button type="button" onClick={chat.close}>
            {text.end}
          </button>
        </details>
      )}
      {onClose && (
        <button type="button" class="icon-button" aria-label={text.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
