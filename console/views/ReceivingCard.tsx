import { useId } from "preact/hooks";
import type { ConnectionView } from "../../shared/model/connections.ts";
import type { Desk } from "../models/desk.ts";
import { connectionsText } from "../text/connections.ts";
import { CalendarName } from "./ConnectionCard.tsx";

const words = connectionsText.calendars;

/** The one calendar, of all my accounts, that meetings are written into. */
export function ReceivingCard({ desk, accounts }: { desk: Desk; accounts: readonly ConnectionView[] }) {
  const { connections } = desk;
  const name = useId();
  const receiving = connections.receiving.value;
  const holder = accounts.find(({ calendars }) => calendars.some(({ id }) => id === receiving));
  const groups = accounts
    .map((account) => ({
      account,
      calendars: account.calendars.filter(
        ({ id, isWritable, isGone }) => (isWritable && !isGone) || id === receiving,
      ),
    }))
    .filter(({ calendars }) => calendars.length > 0);
  return (
    <section class="card">
      <fieldset class="calendars receiving">
        <legend>{words.receiving}</legend>
        <p class="field-hint">{words.receivingHint}</p>
        {groups.length === 0 && <p class="calendars-none">{words.nothingWritable}</p>}
        {groups.map(({ account, calendars }) => (
          <div key={account.id} class="receiving-group">
            {groups.length > 1 && (
              <span class="soft small cut receiving-account" title={account.accountName}>
                <bdi>{account.accountName}</bdi>
              </span>
            )}
            {calendars.map((calendar) => (
              <label key={calendar.id} class="calendar">
                <input
                  type="radio"
                  name={name}
                  checked={calendar.id === receiving}
                  onChange={() => connections.receive(account.id, calendar.id)}
                />
                <CalendarName calendar={calendar} />
              </label>
            ))}
          </div>
        ))}
        <label class="calendar">
          <input
            type="radio"
            name={name}
            checked={receiving === null}
            onChange={() => holder && connections.receive(holder.id, null)}
          />
          <span class="calendar-none">
            <span>{words.receivingNone}</span>
            <span class="soft small">{words.receivingNoneHint}</span>
          </span>
        </label>
      </fieldset>
    </section>
  );
}
