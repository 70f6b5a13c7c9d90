import type { Places } from "../models/place.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

type LeaveDialogProps = {
  places: Places;
  words: { title: string; words: string; leave: string; stay: string };
  /** Forgets what was not saved. */
  onLeave: () => void;
};

/** Asked where the guard of a page with unsaved changes held somebody who wanted to go elsewhere. */
export function LeaveDialog({ places, words, onLeave }: LeaveDialogProps) {
  if (!places.held.value) return null;
  return (
    <Dialog
      title={words.title}
      onClose={() => places.stay()}
      actions={
        <>
          <Button
            look="quiet"
            onClick={() => {
              onLeave();
              places.leaveAnyway();
            }}
          >
            {words.leave}
          </Button>
          <Button look="primary" autoFocus onClick={() => places.stay()}>
            {words.stay}
          </Button>
        </>
      }
    >
      <p>{words.words}</p>
    </Dialog>
  );
}
