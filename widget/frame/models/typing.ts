import { createModel, signal } from "@preact/signals";
import type { MemberId } from "../../../shared/model/ids.ts";
import type { Clock, VisitorLink } from "../link.ts";
import type { ThreadModel } from "./thread.ts";

type TypingParts = { link: VisitorLink; clock: Clock; thread: Pick<ThreadModel, "thread"> };

/** Typing is told again this often, and believed for twice as long. */
const REPEAT_MS = 3_000;

export const TypingModel = createModel(({ link, clock, thread }: TypingParts) => {
  /** The rep who is typing. */
  const rep = signal<MemberId | null>(null);
  let cancel: (() => void) | undefined;
  let toldAt = 0;

  const setRep = (id: MemberId | null) => {
    cancel?.();
    rep.value = id;
    if (id) cancel = clock.after(2 * REPEAT_MS, () => setRep(null));
  };
  link.listen({
    "typing:changed": ({ conversationId, repId, isTyping }) => {
      if (conversationId === thread.thread.peek()?.id) setRep(isTyping ? repId : null);
    },
    "fact:new": ({ facts }) => {
      // What is no message changes who writes, or whether anybody does.
      if (
        facts.some(({ by, body }) => body.kind !== "message" || (by.kind === "rep" && by.id === rep.peek()))
      )
        setRep(null);
    },
  });

  return {
    rep,
    /** At each keystroke; with an empty text, the visitor has stopped. */
    typed(text: string) {
      const held = thread.thread.peek();
      if (!held?.isOpen) return;
      const isTyping = text.trim() !== "";
      const now = clock.now();
      if (isTyping ? now - toldAt < REPEAT_MS : toldAt === 0) return;
      toldAt = isTyping ? now : 0;
      link.tell("typing:set", { conversationId: held.id, isTyping });
    },
  };
});
