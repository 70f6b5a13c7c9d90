import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { text } from "../text.ts";
import { Button } from "./Button.tsx";

type DialogProps = {
  title: string;
  children: ComponentChildren;
  /** The row of buttons at the end. */
  actions?: ComponentChildren;
  size?: "narrow" | "wide";
  onClose: () => void;
};

const focusable = "button:enabled, input:enabled, select:enabled, textarea:enabled, a[href], [tabindex='0']";

/**
 * A box that must be dealt with first. Not the browser's modal dialog: that would make a ringing request behind it deaf
 * to the mouse. It keeps the focus, closes on Escape and gives the focus back.
 */
export function Dialog({ title, children, actions, size = "narrow", onClose }: DialogProps) {
  const box = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    const first = box.current?.querySelector<HTMLElement>("[autofocus]") ?? box.current;
    first?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  // Where the focused thing has gone, the focus is nobody's: the next key brings it back.
  useEffect(() => {
    const catchKey = (event: KeyboardEvent) => {
      if (document.activeElement !== document.body) return;
      box.current?.focus();
      if (event.key === "Escape") onClose();
    };
    document.addEventListener("keydown", catchKey);
    return () => document.removeEventListener("keydown", catchKey);
  }, [onClose]);
  const press = (event: KeyboardEvent) => {
    // The page's own keys rest meanwhile, but a request can always be answered.
    if (!event.altKey) event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    }
    if (event.key !== "Tab") return;
    const stops = [...(box.current?.querySelectorAll<HTMLElement>(focusable) ?? [])];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    const isAtEdge = document.activeElement === edge || document.activeElement === box.current;
    if (!isAtEdge || (!event.shiftKey && document.activeElement === box.current)) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the box closes it; Escape does so too
    <div
      class="dialog-ground"
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div
        ref={box}
        class={`dialog dialog-${size}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={press}
      >
        <div class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <Button look="quiet" icon="close" label={text.common.close} onClick={onClose} />
        </div>
        <div class="dialog-body">{children}</div>
        {actions && <div class="dialog-actions">{actions}</div>}
      </div>
    </div>
  );
}
