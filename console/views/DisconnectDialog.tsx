import type { ConnectionView } from "../../shared/model/connections.ts";
import type { Desk } from "../models/desk.ts";
import { hasCalendars } from "../models/my-connections.ts";
import { connectionsText } from "../text/connections.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

const words = connectionsText.disconnect;

type DisconnectProps = {
  desk: Desk;
  connection: ConnectionView;
  onClose: () => void;
  onGone?: (() => void) | undefined;
};

/** Says what follows before an account is given back. */
export function DisconnectDialog({ desk, connection, onClose, onGone }: DisconnectProps) {
  const { connections, notices, setUp } = desk;
  const { id, accountName } = connection;
  const refused = connections.refusals.value.get(id) ?? null;
  const disconnect = async () => {
    if (!(await connections.disconnect(id))) return;
    void setUp.load();
    onGone?.();
    notices.say(words.done(accountName));
    onClose();
  };
  const follows = hasCalendars(connection.provider) ? words.calendars : words.rooms;
  return (
    <Dialog
      title={words.title(accountName)}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" autoFocus onClick={onClose}>
            {words.keep}
          </Button>
          <Button look="danger" isBusy={connections.busy.value === id} onClick={() => void disconnect()}>
            {words.button}
          </Button>
        </>
      }
    >
      <ul class="follows">
        {follows.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
      {refused && (
        <p class="field-problem" role="alert">
          {text.errors[refused]}
        </p>
      )}
    </Dialog>
  );
}
