import { computed, createModel, effect, signal } from "@preact/signals";
import { limits } from "../../../shared/protocol/limits.ts";
import type { Clock, VisitorLink } from "../link.ts";
import type { ThreadModel } from "./thread.ts";

type ReadingParts = { link: VisitorLink; clock: Clock; thread: Pick<ThreadModel, "thread" | "marks"> };

const GATHER_MS = 300;

/** What has been received and looked at: told to the other side, and counted on the launcher. */
export const ReadingModel = createModel(({ link, clock, thread }: ReadingParts) => {
  /** The conversation is on the screen and the window is in front. */
  const isLooking = signal(false);
  const isUp = signal(false);
  const seenHere = signal(0);
  let told = "";
  let cancel: (() => void) | undefined;

  const tell = async () => {
    const held = thread.thread.peek();
    if (!held) return;
    const input = {
      conversationId: held.id,
      delivered: held.lastSeq,
      seen: Math.min(seenHere.peek(), held.lastSeq),
    };
    const key = JSON.stringify(input);
    if (key === told) return;
    told = key;
    const answer = await link.ask("marks:set", input);
    if (!answer.ok) {
      told = "";
      cancel?.();
      cancel = clock.after(limits.tailCheckSeconds * 1_000, tell);
    }
  };
  link.onState((now) => {
    isUp.value = now;
    told = "";
  });
  let readingOf = "";
  effect(() => {
    const held = thread.thread.value;
    if (!held) return;
    if (held.id !== readingOf) {
      readingOf = held.id;
      seenHere.value = 0;
    }
    seenHere.value = Math.max(
      seenHere.value,
      thread.marks.value.visitorSeen,
      isLooking.value ? held.lastSeq : 0,
    );
    if (!isUp.value) return;
    cancel?.();
    cancel = clock.after(GATHER_MS, tell);
  });

  return {
    setLooking(now: boolean) {
      isLooking.value = now;
    },
    /** Messages of reps that were not looked at yet. */
    unread: computed(
      () =>
        thread.thread.value?.facts.filter(
          ({ seq, by, body }) => seq > seenHere.value && by.kind === "rep" && body.kind === "message",
        ).length ?? 0,
    ),
  };
});
