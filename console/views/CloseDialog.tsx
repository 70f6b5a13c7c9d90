import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

export function CloseDialog({ thread, onClose }: { thread: OpenThread; onClose: () => void }) {
  return (
    <Dialog
      title={text.thread.closeTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button
            look="primary"
            autoFocus
            onClick={() => {
              void thread.close();
              onClose();
            }}
          >
            {text.thread.closeConfirm}
          </Button>
        </>
      }
    >
      <p>{text.thread.closeWords}</p>
    </Dialog>
  );
}
