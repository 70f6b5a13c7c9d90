import { useRef, useState } from "preact/hooks";
import type { MemberId, VisitorId } from "../../shared/model/ids.ts";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import { nameOf } from "../models/team.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { pageTitle } from "../visitor-text.ts";

type PounceDialogProps = { desk: Desk; visitorId: VisitorId; onClose: () => void };

/** First words to somebody who only looks around: a ready-made opening or one's own. */
export function PounceDialog({ desk, visitorId, onClose }: PounceDialogProps) {
  const [words, setWords] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const visitor = desk.board.card(visitorId)?.value;
  const who = visitor?.name ?? text.common.theVisitor;
  const send = async () => {
    if (words.trim() === "" || isBusy) return;
    setBusy(true);
    setProblem(null);
    const answer = await desk.board.pounce(visitorId, words);
    setBusy(false);
    if (answer.ok) {
      onClose();
      desk.places.openConversation(answer.conversationId);
    } else if (answer.code === "taken") {
      const taker = nameOf(desk.team, (answer.takenBy ?? null) as MemberId | null);
      setProblem(text.pounce.taken(taker ?? text.common.somebody));
    } else setProblem(answer.code === "not_found" ? text.pounce.gone : text.errors[answer.code]);
  };
  return (
    <Dialog
      title={text.pounce.title(who)}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {text.common.cancel}
          </Button>
          <Button look="primary" isBusy={isBusy} isDisabled={words.trim() === ""} onClick={() => void send()}>
            {text.pounce.send}
          </Button>
        </>
      }
    >
      {visitor && (
        <p class="soft small">
          {text.offers.on} {pageTitle(visitor.page)}
        </p>
      )}
      <label class="field">
        <span>{text.pounce.label}</span>
        <textarea
          ref={field}
          rows={4}
          autofocus
          maxLength={limits.messageChars}
          placeholder={text.pounce.placeholder}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            void send();
          }}
        />
      </label>
      <ReadyWords
        desk={desk}
        onPick={(next) => {
          setWords(next);
          field.current?.focus();
        }}
      />
      {problem && (
        <p class="problem-line" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

function ReadyWords({ desk, onPick }: { desk: Desk; onPick: (words: string) => void }) {
  const replies = desk.replies.replies.value ?? [];
  if (replies.length === 0) return null;
  return (
    <fieldset class="chips">
      <legend class="soft small">{text.pounce.ready}</legend>
      {replies.slice(0, 8).map((reply) => (
        <button
          key={reply.id}
          type="button"
          class="chip"
          title={reply.text}
          onClick={() => onPick(reply.text)}
        >
          {reply.title}
        </button>
      ))}
    </fieldset>
  );
}
