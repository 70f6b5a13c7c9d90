import { createModel, signal } from "@preact/signals";
import type { Shelf } from "../ports.ts";

export type Keys = InstanceType<typeof KeysModel>;

const KEY = "foyer:single-keys";

/** Whether single letters are shortcuts; who dictates turns them off (WCAG 2.1.4). */
export const KeysModel = createModel((shelf: Shelf) => {
  const isSingleOn = signal(shelf.read(KEY) !== "off");
  return {
    isSingleOn,
    setSingle(isOn: boolean) {
      isSingleOn.value = isOn;
      if (isOn) shelf.drop(KEY);
      else shelf.write(KEY, "off");
    },
  };
});

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/**
 * The name of a key press as the shortcut tables write it: "Alt+A", "Escape", "?", "r". Alt is read off the key's place,
 * because with it some keyboards produce another letter.
 */
export function keyName(press: KeyPress): string | null {
  if (press.ctrlKey || press.metaKey) return null;
  if (!press.altKey) return press.key;
  const letter = /^Key([A-Z])$/.exec(press.code);
  return letter ? `Alt+${letter[1]}` : null;
}

/** Letters, digits and signs act only outside of fields, and only if the person wants them to. */
export function isSingle(name: string): boolean {
  return name.length === 1;
}
