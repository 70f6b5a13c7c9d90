import type { ConnectionView } from "../../shared/model/connections.ts";
import { healthOf } from "../connection-health.ts";
import type { Desk } from "../models/desk.ts";
import type { ConnectReturn } from "../models/my-connections.ts";
import { connectionsText as words } from "../text/connections.ts";
import { text } from "../text.ts";
import { browserZone, zoneCity } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Icon } from "../ui/Icon.tsx";

type HealthProps = {
  desk: Desk;
  connection: ConnectionView;
  returnTo: ConnectReturn;
  /** CalDAV: asks for the password again. */
  onPassword: () => void;
};

/** How an account is, in a sentence, with the one thing that mends it. */
export function ConnectionHealth({ desk, connection, returnTo, onPassword }: HealthProps) {
  const { connections, me } = desk;
  const { id, problem, approvalUrl, mailboxZone, missingScopes } = connection;
  const myZone = me.saved.value?.zone ?? browserZone;
  const { tone, sentence } = healthOf(connection, desk.ticker.slowNow.value, myZone);
  const isBusy = connections.busy.value === id;
  const refused = connections.refusals.value.get(id) ?? null;
  const again = () => {
    if (connection.provider === "caldav") onPassword();
    else void connections.begin(connection.provider, id, returnTo);
  };
  const takeZone = async (zone: string) => {
    me.edit({ zone, movesHours: true });
    if (await me.save()) await connections.check(id);
    else desk.notices.say(text.errors[me.problem.value ?? "invalid_input"]);
  };
  const reconnect = (label: string, look: "primary" | "plain" = "primary") => (
    <Button size="small" look={look} isBusy={isBusy} onClick={again}>
      {label}
    </Button>
  );
  const lookAgain = (
    <Button size="small" isBusy={isBusy} onClick={() => void connections.check(id)}>
      {words.actions.tryAgain}
    </Button>
  );
  return (
    <div class={`health health-${tone}`}>
      <p class="health-line" role="status">
        <Icon name={tone === "good" ? "check" : problem === null ? "hours" : "warning"} size={16} />
        <span>{sentence}</span>
      </p>
      {missingScopes.length > 0 && (
        <ul class="health-missing" aria-label={words.missing.title}>
          {[...new Set(missingScopes.map(words.scopeWords))].map((each) => (
            <li key={each}>{words.missing.item(each)}</li>
          ))}
        </ul>
      )}
      {tone !== "good" && (
        <div class="health-tools">
          {(problem === "needs_reauth" || problem === "refused") && reconnect(words.actions.again)}
          {problem === "refused" && lookAgain}
          {problem === "missing_scope" && reconnect(words.actions.permission)}
          {problem === "needs_approval" && (
            <>
              {approvalUrl && (
                <CopyButton
                  look="primary"
                  label={words.actions.approval}
                  copied={words.calendars.copied}
                  value={approvalUrl}
                />
              )}
              {reconnect(words.actions.again, "plain")}
              {approvalUrl && (
                <a class="health-link small" href={approvalUrl} target="_blank" rel="noreferrer">
                  {words.actions.openApproval}
                </a>
              )}
            </>
          )}
          {problem === "zone_mismatch" && mailboxZone && (
            <>
              <Button size="small" look="primary" isBusy={isBusy} onClick={() => void takeZone(mailboxZone)}>
                {words.actions.useZone(zoneCity(mailboxZone))}
              </Button>
              <Button size="small" isBusy={isBusy} onClick={() => void connections.acceptZone(id)}>
                {words.actions.keepZone(zoneCity(myZone))}
              </Button>
            </>
          )}
          {(problem === "unreachable" || problem === "watch_expired" || problem === "calendar_gone") &&
            lookAgain}
        </div>
      )}
      {refused && (
        <p class="field-problem" role="alert">
          {words.unchanged} {text.errors[refused]}
        </p>
      )}
    </div>
  );
}
