import { createModel, signal } from "@preact/signals";
import type { ConversationId } from "../../shared/model/ids.ts";
import type { Clock } from "../ports.ts";

/** `conversationId`: what a press on the notice opens. */
export type Notice = { id: number; text: string; conversationId: ConversationId | null };
export type Notices = InstanceType<typeof NoticesModel>;

const SHOWN_MS = 6_000;

/** Short sentences about what has just happened, in a corner and in the live region. */
export const NoticesModel = createModel((clock: Clock) => {
  const notices = signal<readonly Notice[]>([]);
  let count = 0;
  const drop = (id: number) => {
    notices.value = notices.peek().filter((notice) => notice.id !== id);
  };
  return {
    notices,
    drop,
    say(text: string, conversationId: ConversationId | null = null) {
      const id = ++count;
      notices.value = [
        ...notices.peek().filter((notice) => notice.text !== text),
        { id, text, conversationId },
      ].slice(-3);
      clock.after(SHOWN_MS, () => drop(id));
    },
  };
});
