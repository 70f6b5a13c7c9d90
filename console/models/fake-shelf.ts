import type { ClientId } from "../../shared/model/ids.ts";
import type { Chance, Shelf } from "../ports.ts";

export function createFakeShelf(kept = new Map<string, string>()): Shelf {
  return {
    read: (key) => kept.get(key) ?? null,
    write: (key, value) => void kept.set(key, value),
    drop: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

/** Ids that count up, and always the middle of every jitter. */
export function createFakeChance(prefix = "client"): Chance {
  let count = 0;
  return { clientId: () => `${prefix}-${++count}` as ClientId, fraction: () => 0.5 };
}
