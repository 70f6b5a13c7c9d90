import { useEffect, useRef, useState } from "preact/hooks";
import { limits } from "../../../shared/protocol/limits.ts";
import { chatText as text } from "../../text.ts";
import { Icon } from "../icons.tsx";

type ComposerProps = {
  draft: { get(): string; set(text: string): void };
  onType: (text: string) => void;
  onSend: (text: string) => void;
};

const TALLEST_PX = 132;

/** Enter sends, Shift+Enter breaks the line; not while an input method is composing. */
export function Composer({ draft, onType, onSend }: ComposerProps) {
  const [value, setValue] = useState(draft.get);
  const area = useRef<HTMLTextAreaElement>(null);
  const change = (next: string) => {
    setValue(next);
    draft.set(next);
    onType(next);
  };
  useEffect(() => {
    const node = area.current;
    if (!node) return;
    node.style.height = "auto";
    // Nothing can be measured while the panel is closed.
    if (node.scrollHeight) node.style.height = `${Math.min(node.scrollHeight, TALLEST_PX)}px`;
  }, [value]);
  const send = () => {
    const words = value.trim();
    if (words) onSend(words);
    change("");
    area.current?.focus();
  };
  return (
    <div class="composer">
      {value.length >= limits.messageChars && (
        <p class="composer-full" role="status">
          {text.full}
        </p>
      )}
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        value={value}
        maxLength={limits.messageChars}
        aria-label={text.write}
        placeholder={text.write}
        enterkeyhint="send"
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => {
          // 229: Safari ends a composition before it tells of the key.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
          event.preventDefault();
          send();
        }}
      />
      <button type="button" class="send" aria-label={text.send} disabled={!value.trim()} onClick={send}>
        <Icon name="send" />
      </button>
    </div>
  );
}
