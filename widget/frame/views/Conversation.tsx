import { MessageList } from "../../../shared/ui/MessageList.tsx";
import { chatText as text } from "../../text.ts";
import type { ChatModel } from "../models/chat.ts";
import { Composer } from "./Composer.tsx";
import { EventLine } from "./EventLine.tsx";
import { OwnMeeting } from "./MeetingLinks.tsx";
import { NextStep } from "./NextStep.tsx";
import { Welcome } from "./Welcome.tsx";

type ConversationProps = { chat: ChatModel; draft: { get(): string; set(text: string): void } };

/** The thread and what belongs around it: a welcome above, what happens next below, the composer. */
export function Conversation({ chat, draft }: ConversationProps) {
  const { thread, outbox, typing } = chat;
  const held = thread.thread.value;
  const typist = typing.rep.value && thread.cards.value.get(typing.rep.value);
  return (
    <>
      <MessageList
        facts={held?.facts ?? []}
        pending={outbox.messages.value}
        side="visitor"
        marks={thread.marks.value}
        face={(by) => (by.kind === "rep" && thread.cards.value.get(by.id)) || null}
        event={(fact) => <EventLine fact={fact} chat={chat} />}
        words={text.list}
        now={chat.now()}
        hasEarlier={held?.hasEarlier ?? false}
        isLoadingEarlier={thread.isLoadingEarlier.value}
        onEarlier={thread.loadEarlier}
        onRetry={outbox.retry}
        onDiscard={outbox.discard}
        after={
          <>
            {typist && (
              <div class="fy-line fy-first" role="status" aria-label={text.typing(typist.firstName)}>
                <span class="fy-typing" aria-hidden="true">
                  <i />
                  <i />
                  <i />
                </span>
              </div>
            )}
            <NextStep chat={chat} />
            {held && <OwnMeeting chat={chat} />}
          </>
        }
      >
        {!held?.hasEarlier && <Welcome chat={chat} />}
      </MessageList>
      {held && !held.isOpen ? (
        <div class="ended">
          <button type="button" class="fy-button" onClick={thread.putAway}>
            {text.startNew}
          </button>
        </div>
      ) : (
        <Composer draft={draft} onType={typing.typed} onSend={outbox.send} />
      )}
    </>
  );
}
