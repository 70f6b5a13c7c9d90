import { useState } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import { RepCard } from "../../shared/ui/RepCard.tsx";
import type { Desk } from "../models/desk.ts";
import { fullName } from "../models/team.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";

type HandOverDialogProps = { desk: Desk; thread: OpenThread; onClose: () => void };

/** To an available colleague, with a word about it. */
export function HandOverDialog({ desk, thread, onClose }: HandOverDialogProps) {
  const available = desk.team.available.value;
  const [toId, setToId] = useState<MemberId | null>(null);
  const [note, setNote] = useState("");
  const [isBusy, setBusy] = useState(false);
  const chosen = available.find((member) => member.id === toId);
  const submit = async () => {
    if (!chosen) return;
    setBusy(true);
    const isDone = await thread.handOver(chosen.id, note.trim());
    setBusy(false);
    if (!isDone) return;
    desk.notices.say(text.handOver.done(fullName(chosen)));
    onClose();
  };
  return (
    <Dialog
      title={text.handOver.title}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button look="primary" isBusy={isBusy} isDisabled={!chosen} onClick={() => void submit()}>
            {chosen ? text.handOver.submit(chosen.firstName) : text.handOver.choose}
          </Button>
        </>
      }
    >
      {available.length === 0 ? (
        <div class="dialog-none">
          <p class="strong">{text.handOver.noneTitle}</p>
          <p class="soft">{text.handOver.noneWords}</p>
        </div>
      ) : (
        <fieldset class="choices">
          <legend class="fy-hidden">{text.handOver.choose}</legend>
          {available.map((member, at) => (
            <label key={member.id} class="choice">
              <input
                type="radio"
                name="hand-over-to"
                autofocus={at === 0}
                checked={member.id === toId}
                onChange={() => setToId(member.id)}
              />
              <RepCard card={member} size={38} presenceLabel={text.presence[member.presence]}>
                <span class="soft small">{text.team.chats(member.openChats, member.capacity)}</span>
              </RepCard>
            </label>
          ))}
        </fieldset>
      )}
      <label class="field">
        <span>
          {text.handOver.note} <span class="soft">({text.common.optional})</span>
        </span>
        <textarea
          rows={3}
          maxLength={limits.noteChars}
          placeholder={text.handOver.notePlaceholder}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      {thread.problem.value && (
        <p class="problem-line" role="alert">
          {text.errors[thread.problem.value]}
        </p>
      )}
    </Dialog>
  );
}
