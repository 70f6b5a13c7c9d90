import { createModel, type Signal, signal } from "@preact/signals";
import type { ConversationId, MemberId } from "../../shared/model/ids.ts";
import type { Shelf } from "../ports.ts";

export type DraftKind = "message" | "note";
export type Drafts = InstanceType<typeof DraftsModel>;

/** Unsent words, by conversation; they outlive a reload and a lost session. */
export const DraftsModel = createModel((shelf: Shelf, myId: MemberId) => {
  const texts = new Map<string, Signal<string>>();
  const keyOf = (id: ConversationId, kind: DraftKind) => `foyer:draft:${myId}:${kind}:${id}`;
  const at = (key: string) => {
    const known = texts.get(key);
    if (known) return known;
    const fresh = signal(shelf.read(key) ?? "");
    texts.set(key, fresh);
    return fresh;
  };
  return {
    text: (id: ConversationId, kind: DraftKind): Signal<string> => at(keyOf(id, kind)),
    write(id: ConversationId, kind: DraftKind, text: string) {
      const key = keyOf(id, kind);
      at(key).value = text;
      if (text.trim() === "") shelf.drop(key);
      else shelf.write(key, text);
    },
  };
});
