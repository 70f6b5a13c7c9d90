import { computed, createModel, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Alarm, Attention, Clock } from "../ports.ts";
import type { Offers } from "./offers.ts";

/** The call repeats until somebody acts. */
const RING_EVERY_MS = 2_600;
const TITLE_EVERY_MS = 1_000;

export type Ringing = InstanceType<typeof RingingModel>;

export type RingTexts = {
  /** The title that alternates with the page's own while a request rings. */
  title: (count: number) => string;
  /** The title while messages wait to be read. */
  unread: (count: number) => string;
  notice: (who: string | null) => string;
};

/** Makes offers heard: sound, the tab's title, a notification when the rep looks elsewhere. New words only chime. */
export const RingingModel = createModel(
  (
    offers: Offers,
    unread: ReadonlySignal<number>,
    alarm: Alarm,
    attention: Attention,
    clock: Clock,
    texts: RingTexts,
  ) => {
    const isSoundBlocked = signal(false);
    const permission = signal(alarm.notificationPermission());
    const isAskHidden = signal(false);
    const count = computed(() => offers.ringing.value.length);
    const isRinging = computed(() => count.value > 0);

    effect(() => {
      if (!isRinging.value) return;
      let cancel = (): void => undefined;
      const ring = () => {
        isSoundBlocked.value = !alarm.ring();
        cancel = clock.after(RING_EVERY_MS, ring);
      };
      ring();
      return () => cancel();
    });

    effect(() => {
      const waiting = count.value;
      if (waiting === 0) {
        alarm.setTitle(unread.value > 0 ? texts.unread(unread.value) : null);
        return;
      }
      let cancel = (): void => undefined;
      let isShown = false;
      const flash = () => {
        isShown = !isShown;
        alarm.setTitle(isShown ? texts.title(waiting) : null);
        cancel = clock.after(TITLE_EVERY_MS, flash);
      };
      flash();
      return () => {
        cancel();
        alarm.setTitle(null);
      };
    });

    let heard = unread.peek();
    effect(() => {
      const now = unread.value;
      if (now > heard && !attention.isHere()) alarm.chime();
      heard = now;
    });

    const shown = new Map<string, () => void>();
    effect(() => {
      const now = new Map(offers.ringing.value.map((card) => [card.offer.id as string, card.offer]));
      for (const [id, close] of shown) {
        if (now.has(id)) continue;
        close();
        shown.delete(id);
      }
      if (permission.value !== "granted") return;
      for (const [id, offer] of now) {
        if (shown.has(id) || attention.isHere()) continue;
        shown.set(
          id,
          alarm.notify(texts.notice(offer.visitor.name), offer.text ?? offer.visitor.page?.title ?? "", id),
        );
      }
    });
    effect(() => () => {
      for (const close of shown.values()) close();
    });

    return {
      isRinging,
      isSoundBlocked,
      /** Ask once, calmly, and only when asking can still help. */
      isAskingForNotifications: computed(() => permission.value === "default" && !isAskHidden.value),
      async allowSound() {
        const isAllowed = await alarm.allowSound();
        isSoundBlocked.value = !isAllowed;
      },
      async allowNotifications() {
        await alarm.askNotificationPermission();
        permission.value = alarm.notificationPermission();
        isAskHidden.value = true;
      },
      declineNotifications() {
        isAskHidden.value = true;
      },
    };
  },
);
