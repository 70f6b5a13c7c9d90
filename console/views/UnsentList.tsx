import type { Outgoing } from "../models/outbox.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";

type UnsentListProps = { thread: OpenThread; onBackToDraft: (words: string) => void };

/** What could not be sent, why, and what to do with the words: nothing a rep wrote is ever dropped silently. */
export function UnsentList({ thread, onBackToDraft }: UnsentListProps) {
  const failed = thread.outgoing.value.filter((item) => item.state === "failed");
  if (failed.length === 0) return null;
  const canRepeat = thread.isOwner.value && thread.thread.value?.isOpen === true;
  return (
    <ul class="unsent">
      {failed.map((item) => (
        <li key={item.clientId}>
          <p class="unsent-title" role="alert">
            {titleOf(item)}
          </p>
          <p class="unsent-words" dir="auto">
            {item.body.kind === "meeting_offer" ? text.composer.meeting : item.body.text}
          </p>
          <div class="unsent-actions">
            {(canRepeat || item.body.kind === "note") && (
              <Button size="small" onClick={() => thread.sendAgain(item.clientId)}>
                {text.thread.retry}
              </Button>
            )}
            {item.body.kind !== "meeting_offer" && (
              <Button
                size="small"
                onClick={() => {
                  if (item.body.kind !== "meeting_offer") onBackToDraft(item.body.text);
                  thread.discard(item.clientId);
                }}
              >
                {text.thread.backToDraft}
              </Button>
            )}
            <Button size="small" look="quiet" onClick={() => thread.discard(item.clientId)}>
              {text.thread.discard}
            </Button>
          </div>
        </li>
      ))}
    </ul>
  );
}

function titleOf(item: Outgoing): string {
  if (item.problem === "stale_owner") return text.thread.staleTitle;
  if (item.problem === "conversation_closed") return text.thread.closedTitle;
  return `${text.thread.failedTitle}: ${text.errors[item.problem ?? "internal"]}`;
}
