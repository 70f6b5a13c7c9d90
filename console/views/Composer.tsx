import type { Ref } from "preact";
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import { limits } from "../../shared/protocol/limits.ts";
import type { Desk } from "../models/desk.ts";
import type { DraftKind } from "../models/drafts.ts";
import type { OpenThread } from "../models/thread.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { CannedPicker } from "./CannedPicker.tsx";

export type ComposerHandle = { focus(kind: DraftKind): void };

type ComposerProps = {
  ref?: Ref<ComposerHandle>;
  desk: Desk;
  thread: OpenThread;
  who: string;
  canReply: boolean;
  onMeeting: () => void;
};

const NEAR_LIMIT = 300;
const pickerId = "canned-picker";

/** Where a rep writes: replies to the visitor, or notes that only the team sees. */
export function Composer({ ref, desk, thread, who, canReply, onMeeting }: ComposerProps) {
  const [wanted, setKind] = useState<DraftKind>("message");
  const kind = canReply ? wanted : "note";
  const field = useRef<HTMLTextAreaElement>(null);
  const id = thread.conversationId.value;
  const words = desk.drafts.text(id, kind).value;
  const [isPickerOpen, setPickerOpen] = useState(false);
  const slash = kind === "message" ? slashQuery(words) : null;
  const isPicking = kind === "message" && (slash !== null || isPickerOpen);
  const write = (next: string) => {
    desk.drafts.write(id, kind, next);
    if (kind === "message") thread.typed(slashQuery(next) === null ? next : "");
  };
  const send = () => {
    if (words.trim() === "" || words.length > limits.messageChars) return;
    if (kind === "note") thread.note(words);
    else thread.say(words);
    desk.drafts.write(id, kind, "");
    field.current?.focus();
  };
  useImperativeHandle(ref ?? null, () => ({
    focus(next) {
      setKind(next);
      field.current?.focus();
    },
  }));
  // The field is as tall as its words, up to a third of the screen.
  useLayoutEffect(() => {
    const node = field.current;
    if (!node) return;
    node.style.height = "auto";
    node.style.height = `${Math.min(node.scrollHeight, window.innerHeight / 3)}px`;
  }, [words, kind]);
  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (canReply && matchMedia("(hover: hover)").matches) field.current?.focus();
  }, [canReply]);

  const left = limits.messageChars - words.length;
  return (
    <div class={`composer composer-${kind}`}>
      {isPicking && (
        <CannedPicker
          id={pickerId}
          replies={desk.replies.replies.value ?? []}
          query={slash ?? ""}
          field={field}
          onPick={(reply) => {
            write(slash === null && words !== "" ? `${words.trimEnd()} ${reply}` : reply);
            setPickerOpen(false);
            field.current?.focus();
          }}
          onClose={() => {
            setPickerOpen(false);
            if (slash !== null) write("");
            field.current?.focus();
          }}
        />
      )}
      {canReply && (
        <Segmented
          label={text.composer.mode}
          value={kind}
          segments={(["message", "note"] as const).map((value) => ({
            value,
            label: text.composer.modes[value],
          }))}
          onChange={setKind}
        />
      )}
      <textarea
        ref={field}
        class="composer-field"
        rows={1}
        dir="auto"
        aria-label={kind === "note" ? text.composer.note : text.composer.message(who)}
        placeholder={kind === "note" ? text.composer.notePlaceholder : text.composer.messagePlaceholder}
        aria-controls={isPicking ? pickerId : undefined}
        value={words}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !isPicking) event.currentTarget.blur();
          if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
          event.preventDefault();
          if (!isPicking) send();
        }}
      />
      <div class="composer-foot">
        {kind === "message" && (
          <>
            <Button
              look="quiet"
              size="small"
              icon="replies"
              label={text.composer.canned}
              keys="/"
              hasPopup="listbox"
              isPressed={isPicking}
              onClick={() => {
                setPickerOpen(!isPickerOpen);
                field.current?.focus();
              }}
            />
            <Button
              look="quiet"
              size="small"
              icon="calendar"
              label={text.composer.meeting}
              keys="M"
              hasPopup="dialog"
              onClick={onMeeting}
            />
          </>
        )}
        <span class="composer-hint soft small">
          {left < NEAR_LIMIT ? text.composer.left(left) : text.composer.hint}
        </span>
        <Button
          look="primary"
          size="small"
          icon={kind === "note" ? "note" : "send"}
          isDisabled={words.trim() === "" || left < 0}
          onClick={send}
        >
          {kind === "note" ? text.composer.addNote : text.composer.send}
        </Button>
      </div>
    </div>
  );
}

/** What follows a slash that starts the message: the picker's filter. A second line is no longer a search. */
function slashQuery(words: string): string | null {
  return words.startsWith("/") && !words.includes("\n") ? words.slice(1) : null;
}
