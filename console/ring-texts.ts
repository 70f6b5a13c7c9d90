import type { RingTexts } from "./models/ringing.ts";
import { text } from "./text.ts";

// Sentences that models say by themselves, outside of any view.

export const ringTexts: RingTexts = {
  title: text.offers.titleFlash,
  unread: text.offers.titleUnread,
  notice: text.offers.notice,
};

export function arrivedText(from: string | null, who: string | null): string {
  return text.handOver.arrived(from ?? text.common.somebody, who ?? text.common.aVisitor);
}
