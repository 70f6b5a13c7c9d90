import { useId, useState } from "preact/hooks";
import type { CalendarView, ConnectionView } from "../../shared/model/connections.ts";
import type { Desk } from "../models/desk.ts";
import { type ConnectReturn, hasCalendars } from "../models/my-connections.ts";
import { connectionsText } from "../text/connections.ts";
import { Button } from "../ui/Button.tsx";
import { ProviderMark } from "../ui/ProviderMark.tsx";
import { CalDavDialog } from "./CalDavDialog.tsx";
import { ConnectionHealth } from "./ConnectionHealth.tsx";
import { DisconnectDialog } from "./DisconnectDialog.tsx";

const words = connectionsText.calendars;

type ConnectionCardProps = {
  desk: Desk;
  connection: ConnectionView;
  returnTo: ConnectReturn;
  /** After it was disconnected. */
  onGone?: () => void;
};

/** One connected account: how it is, and which of its calendars block time. */
export function ConnectionCard({ desk, connection, returnTo, onGone }: ConnectionCardProps) {
  const [isLeaving, setLeaving] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const nameId = useId();
  return (
    <section class="card connection" aria-labelledby={nameId}>
      <div class="connection-head">
        <ProviderMark of={connection.provider} />
        <div class="connection-words">
          <h2 id={nameId} class="connection-name">
            <bdi>{connection.accountName}</bdi>
          </h2>
          <span class="soft small">{connectionsText.providers[connection.provider]}</span>
        </div>
        <Button size="small" look="quiet" onClick={() => setLeaving(true)}>
          {connectionsText.disconnect.button}
        </Button>
      </div>
      <ConnectionHealth
        desk={desk}
        connection={connection}
        returnTo={returnTo}
        onPassword={() => setAsking(true)}
      />
      {hasCalendars(connection.provider) && <Calendars desk={desk} connection={connection} />}
      {isAsking && <CalDavDialog desk={desk} again={connection} onClose={() => setAsking(false)} />}
      {isLeaving && (
        <DisconnectDialog
          desk={desk}
          connection={connection}
          onClose={() => setLeaving(false)}
          onGone={onGone}
        />
      )}
    </section>
  );
}

function Calendars({ desk, connection }: { desk: Desk; connection: ConnectionView }) {
  const { connections } = desk;
  const { id, calendars } = connection;
  const isSaving = connections.savingIds.value.has(id);
  if (calendars.length === 0) {
    return connection.problem === null ? <p class="soft small">{words.noCalendars}</p> : null;
  }
  return (
    <fieldset class="calendars">
      <legend>
        {words.blocks}
        <span class="soft small calendars-saving" role="status">
          {isSaving ? words.saving : ""}
        </span>
      </legend>
      <p class="field-hint">{words.blocksHint}</p>
      {calendars.map((calendar) => (
        <label key={calendar.id} class={calendar.isGone ? "calendar calendar-gone" : "calendar"}>
          <input
            type="checkbox"
            checked={calendar.blocksTime}
            disabled={calendar.isGone && !calendar.blocksTime}
            onChange={(event) => connections.block(id, calendar.id, event.currentTarget.checked)}
          />
          <CalendarName calendar={calendar} />
        </label>
      ))}
      {connection.problem === null && !calendars.some(({ blocksTime }) => blocksTime) && (
        <p class="calendars-none">{words.notBlocking}</p>
      )}
    </fieldset>
  );
}

/** A calendar by the colour and the name that its owner gave it. */
export function CalendarName({ calendar }: { calendar: CalendarView }) {
  return (
    <span class="calendar-name">
      <i
        class="calendar-dot"
        aria-hidden="true"
        style={calendar.color ? { background: calendar.color } : {}}
      />
      <span class="calendar-words">
        <bdi>{calendar.name}</bdi>
      </span>
      {calendar.isGone ? (
        <span class="tag tag-waiting">{words.gone}</span>
      ) : (
        <>
          {calendar.isPrimary && <span class="tag">{words.primary}</span>}
          {!calendar.isWritable && <span class="tag">{words.readOnly}</span>}
        </>
      )}
    </span>
  );
}
