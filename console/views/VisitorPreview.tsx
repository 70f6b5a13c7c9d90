import { MessageList } from "../../shared/ui/MessageList.tsx";
import { RepCard } from "../../shared/ui/RepCard.tsx";
import type { Desk } from "../models/desk.ts";
import { profileText as text } from "../text/profile.ts";
import { text as consoleText } from "../text.ts";
import { timeLocale } from "../time-text.ts";

const noMarks = { visitorDelivered: 0, visitorSeen: 0, repDelivered: 0, repSeen: 0 };
const none = () => undefined;

/** The very parts that the widget shows, with what is being typed. */
export function VisitorPreview({ desk }: { desk: Desk }) {
  const card = desk.me.card.value;
  if (card === null) return null;
  const isNamed = card.firstName !== "" || card.lastName !== "";
  const shown = {
    ...card,
    firstName: isNamed ? card.firstName : text.preview.name,
    jobTitle: card.jobTitle || text.preview.jobTitle,
  };
  const now = desk.ticker.slowNow.value;
  return (
    <aside class="card profile-preview" aria-label={text.preview.title}>
      <h2>{text.preview.title}</h2>
      <p class="soft small">{text.preview.lead}</p>
      <div class="preview-window">
        <header class="preview-head">
          <RepCard card={shown} presenceLabel={consoleText.presence.available} />
        </header>
        <MessageList
          facts={[
            {
              seq: 1,
              at: now,
              by: { kind: "rep", id: card.id },
              body: { kind: "message", text: text.preview.hello },
            },
          ]}
          pending={[]}
          side="visitor"
          marks={noMarks}
          face={() => shown}
          event={() => null}
          words={{
            label: text.preview.log,
            today: consoleText.common.today,
            yesterday: consoleText.common.yesterday,
            earlier: "",
            retry: "",
            discard: "",
            states: consoleText.thread.states,
          }}
          locale={timeLocale.value}
          now={now}
          hasEarlier={false}
          isLoadingEarlier={false}
          onEarlier={none}
          onRetry={none}
          onDiscard={none}
        />
      </div>
    </aside>
  );
}
