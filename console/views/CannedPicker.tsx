import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CannedReply } from "../../shared/protocol/console-routes.ts";
import { matchReplies } from "../models/canned-replies.ts";
import { text } from "../text.ts";

type CannedPickerProps = {
  id: string;
  replies: readonly CannedReply[];
  query: string;
  /** The focus stays in the field; arrows and Enter there steer this list. */
  field: RefObject<HTMLTextAreaElement | null>;
  onPick: (words: string) => void;
  onClose: () => void;
};

export function CannedPicker({ id, replies, query, field, onPick, onClose }: CannedPickerProps) {
  const found = matchReplies(replies, query);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const current = Math.min(at, found.length - 1);
  const latest = useRef({ found, current, onPick, onClose });
  latest.current = { found, current, onPick, onClose };

  useLayoutEffect(() => {
    const node = field.current;
    if (!node) return;
    const press = (event: KeyboardEvent) => {
      // Gone from the screen, and not yet from the field: the next Enter is the composer's.
      if (list.current === null) return;
      const now = latest.current;
      const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      const picked = now.found[now.current];
      if (by !== 0) setAt((now.current + by + now.found.length) % Math.max(1, now.found.length));
      else if ((event.key === "Enter" || event.key === "Tab") && !event.isComposing && picked) {
        now.onPick(picked.text);
      } else if (event.key === "Escape") now.onClose();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the field's own handler, which would send.
    node.addEventListener("keydown", press, { capture: true });
    return () => node.removeEventListener("keydown", press, { capture: true });
  }, [field]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
    field.current?.setAttribute("aria-activedescendant", `${id}-${current}`);
    return () => field.current?.removeAttribute("aria-activedescendant");
  }, [current, field, id]);

  return (
    <div class="picker" id={id} role="listbox" aria-label={text.composer.canned} ref={list} tabIndex={-1}>
      {found.length === 0 && (
        <p class="picker-none soft" role="status">
          {replies.length === 0 ? text.composer.cannedEmpty : text.composer.cannedNone}
        </p>
      )}
      {found.map((reply, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard in the field, where the focus is
        <div
          key={reply.id}
          id={`${id}-${index}`}
          class="picker-line"
          role="option"
          tabIndex={-1}
          aria-selected={index === current}
          onMouseMove={() => setAt(index)}
          onClick={() => onPick(reply.text)}
        >
          <strong>{reply.title}</strong>
          <span class="soft cut">{reply.text}</span>
        </div>
      ))}
    </div>
  );
}
