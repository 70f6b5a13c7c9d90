import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";

export type MenuItem = {
  key: string;
  label: string;
  hint?: string | undefined;
  /** One of several, of which one is chosen. */
  isChosen?: boolean;
  isDisabled?: boolean;
  look?: "danger";
  onPick: () => void;
};

type MenuProps = {
  /** The name of the button. */
  label: string;
  buttonClass: string;
  items: readonly MenuItem[];
  isDisabled?: boolean;
  /** What the button shows. */
  children: ComponentChildren;
};

const gap = 4;
const margin = 8;

/**
 * A button and what it offers. Arrows move, letters do not; Escape and a press elsewhere close it and the button has the focus
 * again. The list stands above everything and within the window, whatever scrolls around its button.
 */
export function Menu({ label, buttonClass, items, isDisabled = false, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const box = list.current;
    const anchor = button.current?.getBoundingClientRect();
    if (!isOpen || !box || !anchor) return;
    const below = anchor.bottom + gap;
    const fitsBelow = below + box.offsetHeight <= innerHeight - margin;
    box.style.top = `${Math.max(margin, fitsBelow ? below : anchor.top - gap - box.offsetHeight)}px`;
    const start = Math.min(anchor.left, innerWidth - margin - box.offsetWidth);
    box.style.left = `${Math.max(margin, start)}px`;
    (
      box.querySelector<HTMLElement>("[aria-checked=true]") ?? box.querySelector<HTMLElement>("button")
    )?.focus();
    const close = (event: Event) => {
      const at = event.target;
      if (at instanceof Node && (box.contains(at) || button.current?.contains(at))) return;
      setOpen(false);
    };
    // What scrolls would leave the list behind.
    addEventListener("pointerdown", close, true);
    addEventListener("scroll", close, true);
    addEventListener("resize", close);
    return () => {
      removeEventListener("pointerdown", close, true);
      removeEventListener("scroll", close, true);
      removeEventListener("resize", close);
    };
  }, [isOpen]);

  const leave = () => {
    setOpen(false);
    button.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const stops = [...(list.current?.querySelectorAll<HTMLElement>("button:enabled") ?? [])];
    const at = stops.findIndex((stop) => stop.matches(":focus"));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") leave();
    else if (event.key === "Tab") return setOpen(false);
    else if (event.key === "Home") stops[0]?.focus();
    else if (event.key === "End") stops.at(-1)?.focus();
    else if (by !== undefined) stops[(at + by + stops.length) % stops.length]?.focus();
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={buttonClass}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        disabled={isDisabled}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <div ref={list} class="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={press}>
          {items.map((item) => (
            // biome-ignore lint/a11y/useAriaPropsSupportedByRole: checked is of the radio, which has it; a plain item leaves it out
            <button
              key={item.key}
              type="button"
              role={item.isChosen === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.isChosen}
              class={item.look === "danger" ? "menu-item menu-danger" : "menu-item"}
              tabIndex={-1}
              disabled={item.isDisabled}
              onClick={() => {
                leave();
                item.onPick();
              }}
            >
              <span class="menu-words">
                <span>{item.label}</span>
                {item.hint && <span class="soft small">{item.hint}</span>}
              </span>
              {item.isChosen && <Icon name="check" size={16} />}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
