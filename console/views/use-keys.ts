import { useEffect, useRef } from "preact/hooks";
import { isSingle, type Keys, keyName } from "../models/keys.ts";

/** What each key does while the component is on the screen. "g b" means g, then b. */
export type Bindings = Record<string, (() => void) | undefined>;

/** Two keys of a sequence may be this far apart. */
const SEQUENCE_MS = 900;

export function useKeys(keys: Keys, bindings: Bindings): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    let first = "";
    let firstAt = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const name = keyName(event);
      if (!name) return;
      const isInField =
        event.target instanceof HTMLElement &&
        event.target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
      if (isSingle(name) && (isInField || !keys.isSingleOn.peek())) return;
      // Escape inside a field belongs to the field's own handler.
      if (isInField && name === "Escape") return;
      const isSecond = event.timeStamp - firstAt < SEQUENCE_MS;
      const action = (isSecond && latest.current[`${first} ${name}`]) || latest.current[name];
      first = name;
      firstAt = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [keys]);
}
