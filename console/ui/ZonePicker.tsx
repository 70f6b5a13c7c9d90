import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Instant, ZoneName } from "../../shared/model/ids.ts";
import { zoneText } from "../time-text.ts";

type ZonePickerProps = {
  id: string;
  value: ZoneName;
  now: Instant;
  words: { search: string; none: string; list: string };
  onChange: (zone: ZoneName) => void;
};

const mostShown = 60;

/** A field that is searched by typing a city or a zone: arrows choose, Enter takes, Escape leaves all as it was. */
export function ZonePicker({ id, value, now, words, onChange }: ZonePickerProps) {
  /** What is typed while the list is open; null while it is closed. */
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone");
    return known.includes(value) ? known : [value, ...known];
  }, [value]);
  const found = query === null ? [] : matching(zones, query, value);
  const isOpen = query !== null;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at, query]);

  const open = () => {
    if (isOpen) return;
    setQuery("");
    setAt(0);
  };
  const take = (zone: ZoneName | undefined) => {
    if (zone !== undefined) onChange(zone);
    setQuery(null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) open();
      else setAt(Math.min(Math.max(0, at + (event.key === "ArrowDown" ? 1 : -1)), found.length - 1));
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      take(found[at]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setQuery(null);
    }
  };
  return (
    <div class="zone-picker">
      <input
        id={id}
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.length > 0 ? `${id}-${at}` : undefined}
        placeholder={isOpen ? words.search : undefined}
        value={query ?? label(value, now)}
        onFocus={open}
        onClick={open}
        onBlur={() => setQuery(null)}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      {isOpen && (
        <div class="zone-list" id={`${id}-list`} role="listbox" aria-label={words.list} ref={list}>
          {found.map((zone, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field above holds the focus and hears the keys
            <div
              key={zone}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(zone)}
            >
              <span>{zone.replaceAll("_", " ")}</span>
              <span class="soft">{offset(zone, now)}</span>
            </div>
          ))}
          {found.length === 0 && <div class="zone-none soft">{words.none}</div>}
        </div>
      )}
    </div>
  );
}

function matching(zones: readonly ZoneName[], query: string, current: ZoneName): ZoneName[] {
  const words = query
    .toLowerCase()
    .split(/[\s/_]+/)
    .filter(Boolean);
  if (words.length === 0) return [current, ...zones.filter((zone) => zone !== current)].slice(0, mostShown);
  return zones
    .filter((zone) => {
      const parts = zone.toLowerCase().split(/[/_]/);
      return words.every((word) => parts.some((part) => part.startsWith(word)));
    })
    .slice(0, mostShown);
}

function label(zone: ZoneName, now: Instant): string {
  const of = offset(zone, now);
  return of === "" ? zone : `${zone.replaceAll("_", " ")} (${of})`;
}

/** "GMT+1"; empty for what the browser does not know. */
function offset(zone: ZoneName, now: Instant): string {
  try {
    return zoneText(zone, now).split(", ").at(-1) ?? "";
  } catch {
    return "";
  }
}
