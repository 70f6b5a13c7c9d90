import { createModel, signal } from "@preact/signals";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Clock, VisitorLink } from "../link.ts";
import type { ThreadModel } from "./thread.ts";

/** A short gap, as in a lift, is not worth a word. */
const TELL_AFTER_MS = 2_500;

type ConnectionParts = { link: VisitorLink; clock: Clock; thread: Pick<ThreadModel, "sync"> };

/**
 * Keeps the thread whole: asks for what was missed after each reconnect, and after every few seconds without news. That question is
 * the heartbeat too: a line that looks alive and does not answer it is cut and begun anew.
 */
export const ConnectionModel = createModel(({ link, clock, thread }: ConnectionParts) => {
  const isUp = signal(false);
  /** The banner: we have been without a line for long enough to say so. */
  const isLost = signal(false);
  let cancelCheck: (() => void) | undefined;
  let cancelTelling: (() => void) | undefined;

  const check = async () => {
    const isAlive = await thread.sync();
    if (!isUp.peek()) return;
    if (isAlive) onNews();
    else link.reconnect();
  };
  const onNews = () => {
    cancelCheck?.();
    if (isUp.peek()) cancelCheck = clock.after(limits.tailCheckSeconds * 1_000, check);
  };

  link.onState((now) => {
    isUp.value = now;
    cancelTelling?.();
    if (now) {
      isLost.value = false;
      void check();
    } else {
      cancelCheck?.();
      cancelTelling = clock.after(TELL_AFTER_MS, () => {
        isLost.value = true;
      });
    }
  });
  link.listen({ "fact:new": onNews, "typing:changed": onNews, "marks:changed": onNews });

  return { isUp, isLost };
});
