import { useEffect } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import { hasCalendars } from "../models/my-connections.ts";
import { connectionsText } from "../text/connections.ts";
import { Problem } from "../ui/Problem.tsx";
import { ConnectChoices } from "./ConnectChoices.tsx";
import { ConnectionCard } from "./ConnectionCard.tsx";
import { ConnectNotice } from "./ConnectNotice.tsx";
import { ReceivingCard } from "./ReceivingCard.tsx";
import { WaitCard } from "./WaitCard.tsx";

const words = connectionsText.calendars;

/** My calendars: which accounts, what blocks time, where meetings go. */
export function CalendarsSection({ desk }: { desk: Desk }) {
  const { connections, me } = desk;
  useEffect(() => connections.watch(), [connections]);
  useEffect(() => void me.load(), [me]);
  const state = connections.state.value;
  const accounts = connections.connections.value.filter(({ provider }) => hasCalendars(provider));
  return (
    <div class="settings">
      <ConnectNotice desk={desk} />
      <Problem code={connections.problem.value} onRetry={() => void connections.load()} />
      {!state && !connections.problem.value && <div class="skeleton" aria-busy="true" />}
      {state && (
        <>
          {accounts.length === 0 ? (
            <div class="connect-none">
              <strong>{words.none}</strong>
              <span>{words.noneWords}</span>
            </div>
          ) : (
            <p class="soft small">{words.lead}</p>
          )}
          {connections.waiting.value
            .filter(({ provider }) => hasCalendars(provider))
            .map((wait) => (
              <WaitCard key={wait.provider} desk={desk} wait={wait} returnTo="/console/me/calendars" />
            ))}
          {accounts.map((connection) => (
            <ConnectionCard
              key={connection.id}
              desk={desk}
              connection={connection}
              returnTo="/console/me/calendars"
            />
          ))}
          {accounts.some(({ calendars }) => calendars.length > 0) && (
            <ReceivingCard desk={desk} accounts={accounts} />
          )}
          <ConnectChoices desk={desk} isFirst={accounts.length === 0} />
        </>
      )}
    </div>
  );
}
