import type { Author } from "../../shared/model/facts.ts";
import type { PendingMessage } from "../../shared/ui/list-items.ts";
import { MessageList } from "../../shared/ui/MessageList.tsx";
import type { Desk } from "../models/desk.ts";
import type { Outgoing } from "../models/outbox.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { timeLocale } from "../time-text.ts";
import { FactLine } from "./FactLine.tsx";

type ThreadLogProps = { desk: Desk; thread: OpenThread; who: string };

const noMarks = { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 };

/** The messages of a conversation, with what is on its way. */
export function ThreadLog({ desk, thread, who }: ThreadLogProps) {
  const held = thread.thread.value;
  if (!held) return null;
  const outgoing = thread.outgoing.value;
  const isOfferingMeeting = outgoing.some(
    (item) => item.body.kind === "meeting_offer" && item.state !== "failed",
  );
  const me = desk.team.me.value;
  return (
    <MessageList
      facts={held.facts}
      pending={outgoing.flatMap(pendingOf)}
      side="rep"
      marks={thread.marks.value ?? noMarks}
      face={(by) => faceOf(by)}
      event={(fact) => <FactLine desk={desk} fact={fact} />}
      words={{
        label: text.thread.log(who),
        today: text.common.today,
        yesterday: text.common.yesterday,
        earlier: text.thread.earlier,
        retry: text.thread.retry,
        discard: text.thread.discard,
        states: text.thread.states,
      }}
      locale={timeLocale.value}
      now={desk.ticker.slowNow.value}
      hasEarlier={held.hasEarlier}
      isLoadingEarlier={thread.isLoadingEarlier.value}
      onEarlier={() => void thread.loadEarlier()}
      onRetry={(clientId) => thread.sendAgain(clientId)}
      onDiscard={(clientId) => thread.discard(clientId)}
      after={
        <>
          {isOfferingMeeting && <p class="fy-event">{text.thread.meetingPending}</p>}
          {thread.isVisitorTyping.value && (
            <div class="thread-typing" role="status">
              <span class="fy-typing" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              <span class="fy-hidden">{text.thread.typing(who)}</span>
            </div>
          )}
        </>
      }
    />
  );

  /** My own words need no face; colleagues' do, since several may have written here. */
  function faceOf(by: Author) {
    // What is still on its way carries no id yet: it is mine.
    if (by.kind !== "rep" || !by.id || by.id === me?.id) return null;
    return (
      desk.team.byId.value.get(by.id) ?? { firstName: text.common.somebody, lastName: "", photoUrl: null }
    );
  }
}

/** Failed ones stand above the composer, with the reason: see UnsentList. */
function pendingOf(item: Outgoing): PendingMessage[] {
  if (item.body.kind === "meeting_offer" || item.state === "failed") return [];
  const { clientId, body, createdAt: at, state } = item;
  return [{ clientId, text: body.text, at, state, isNote: body.kind === "note" }];
}
