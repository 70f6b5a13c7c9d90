import { useRef } from "preact/hooks";

export type Segment<T extends string> = { value: T; label: string; count?: number | undefined };

type SegmentedProps<T extends string> = {
  label: string;
  value: T;
  segments: readonly Segment<T>[];
  onChange: (value: T) => void;
};

/** A row of views of which one is shown; arrows move between them. */
export function Segmented<T extends string>({ label, value, segments, onChange }: SegmentedProps<T>) {
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const at = segments.findIndex((segment) => segment.value === value);
    const next = (at + by + segments.length) % segments.length;
    const segment = segments[next];
    if (!segment) return;
    onChange(segment.value);
    row.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div class="segmented" role="radiogroup" aria-label={label} ref={row} onKeyDown={move}>
      {segments.map((segment) => (
        // biome-ignore lint/a11y/useSemanticElements: a button can be styled and counted; the roles say what it is
        <button
          key={segment.value}
          type="button"
          role="radio"
          class="segment"
          aria-checked={segment.value === value}
          tabIndex={segment.value === value ? 0 : -1}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}
          {segment.count !== undefined && <span class="segment-count">{segment.count}</span>}
        </button>
      ))}
    </div>
  );
}
