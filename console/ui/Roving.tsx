import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/**
 * A scrolling list in which arrow keys (and j, k, Home, End) move the focus between elements marked `data-row`. The rows
 * carry tabIndex -1 but for the current one, so that the whole list is one stop of the Tab key.
 */
export function Roving({ class: name, children }: { class: string; children: ComponentChildren }) {
  const list = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows inside hold the focus; this only hears their keys
    <div class={name} ref={list} onKeyDown={(event) => moveFocus(event, list.current)}>
      {children}
    </div>
  );
}

function moveFocus(event: KeyboardEvent, list: HTMLElement | null): void {
  if (!list || event.altKey || event.ctrlKey || event.metaKey) return;
  const isField = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
  if (isField) return;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = target(event.key, at, rows.length);
  if (next === null) return;
  event.preventDefault();
  event.stopPropagation();
  for (const row of rows) row.tabIndex = -1;
  const row = rows[next];
  if (!row) return;
  row.tabIndex = 0;
  row.focus();
  row.scrollIntoView({ block: "nearest" });
}

function target(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown" || key === "j") return Math.min(at + 1, count - 1);
  if (key === "ArrowUp" || key === "k") return Math.max(at - 1, 0);
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return null;
}
