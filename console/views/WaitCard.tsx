import type { ConnectWait } from "../../shared/protocol/connection-routes.ts";
import type { Desk } from "../models/desk.ts";
import type { ConnectReturn } from "../models/my-connections.ts";
import { connectionsText } from "../text/connections.ts";
import { sinceText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";

const words = connectionsText.waits;

type WaitCardProps = { desk: Desk; wait: ConnectWait; returnTo: ConnectReturn };

/** An account that its own admin must allow first: what to send them, and the way to try again. */
export function WaitCard({ desk, wait, returnTo }: WaitCardProps) {
  const { connections } = desk;
  const { provider, since, approvalUrl } = wait;
  const name = connectionsText.providers[provider];
  const now = desk.ticker.slowNow.value;
  const began = sinceText(since, Math.max(since, now));
  return (
    <section class="card connection" aria-label={name}>
      <div class="connection-head">
        <ProviderMark of={provider} />
        <h2 class="connection-name connection-words">{name}</h2>
        <Button size="small" look="quiet" onClick={() => void connections.setWaiting(provider, false)}>
          {words.stop}
        </Button>
      </div>
      <div class="health health-waiting">
        <p class="health-line">
          <Icon name="hours" size={16} />
          <span>{approvalUrl ? words.sentence(began) : words.noPage(name, began)}</span>
        </p>
        <div class="health-tools">
          {approvalUrl && (
            <CopyButton
              look="primary"
              label={connectionsText.actions.approval}
              copied={connectionsText.calendars.copied}
              value={approvalUrl}
            />
          )}
          <Button
            size="small"
            isBusy={connections.busy.value === provider}
            onClick={() => void connections.begin(provider, null, returnTo)}
          >
            {connectionsText.actions.again}
          </Button>
          {approvalUrl && (
            <a class="health-link small" href={approvalUrl} target="_blank" rel="noreferrer">
              {connectionsText.actions.openApproval}
            </a>
          )}
        </div>
      </div>
    </section>
  );
}

type WaitBeginProps = { desk: Desk; provider: ConnectWait["provider"] };

/** Some providers say on a page of their own that an admin must allow it, and send nobody back: the person tells it. */
export function WaitBegin({ desk, provider }: WaitBeginProps) {
  const { connections } = desk;
  if (connections.waiting.value.some((wait) => wait.provider === provider)) return null;
  return (
    <button
      type="button"
      class="wait-begin small"
      onClick={() => void connections.setWaiting(provider, true)}
    >
      {words.begin(connectionsText.providers[provider])}
    </button>
  );
}
