import { computed, createModel, effect, signal } from "@preact/signals";
import type { OfferView } from "../../shared/model/conversations.ts";
import type { ConversationId, Instant, MemberId, OfferId } from "../../shared/model/ids.ts";
import type { Clock, RepLink } from "../ports.ts";
import type { Connection } from "./connection.ts";

/** `answering` while the server decides; the others stay a moment to say what became of the offer. */
export type OfferPhase = "ringing" | "answering" | "taken" | "passed" | "withdrawn" | "unreachable";
export type OfferCard = {
  offer: OfferView;
  phase: OfferPhase;
  takenBy: MemberId | null;
  goneAt: Instant | null;
};
export type Offers = InstanceType<typeof OffersModel>;

/** How long the outcome of an offer stays readable. */
const FAREWELL_MS = 5_000;

/** Requests that ring for me, oldest first. */
export const OffersModel = createModel(
  (link: RepLink, connection: Connection, clock: Clock, openConversation: (id: ConversationId) => void) => {
    const cards = signal<readonly OfferCard[]>([]);
    const set = (id: OfferId, change: Partial<OfferCard>) => {
      cards.value = cards.value.map((card) => (card.offer.id === id ? { ...card, ...change } : card));
    };
    /** An offer never rings again once it has ended here, whatever an overtaken snapshot says. */
    const over = new Set<OfferId>();
    const drop = (id: OfferId) => {
      over.add(id);
      cards.value = cards.value.filter((card) => card.offer.id !== id);
    };
    function sayGoodbye(id: OfferId, phase: OfferPhase, takenBy: MemberId | null): void {
      const card = cards.value.find((each) => each.offer.id === id);
      if (!card || card.goneAt !== null) return;
      over.add(id);
      set(id, { phase, takenBy, goneAt: clock.now() + FAREWELL_MS });
      clock.after(FAREWELL_MS, () => drop(id));
    }

    function hear(offer: OfferView): void {
      const known = cards.value.find((card) => card.offer.id === offer.id);
      if (offer.state === "alerting") {
        if (known) set(offer.id, { offer });
        else if (!over.has(offer.id))
          cards.value = [...cards.value, { offer, phase: "ringing", takenBy: null, goneAt: null }];
        return;
      }
      const me = connection.synced.value?.me.id ?? null;
      // I acted, here or in my other console: nothing to tell.
      if (offer.state === "declined" || (offer.state === "claimed" && offer.takenBy === me)) drop(offer.id);
      else if (offer.takenBy !== null) sayGoodbye(offer.id, "taken", offer.takenBy);
      else sayGoodbye(offer.id, offer.state === "expired" ? "passed" : "withdrawn", null);
    }

    effect(() => {
      const sync = connection.synced.value;
      if (!sync) return;
      const alerting = sync.offers.filter((offer) => offer.state === "alerting" && !over.has(offer.id));
      const ids = new Set(alerting.map((offer) => offer.id));
      const before = cards.peek();
      const kept = before.filter((card) => ids.has(card.offer.id) || card.goneAt !== null);
      const fresh = alerting.filter((offer) => !before.some((card) => card.offer.id === offer.id));
      if (kept.length === before.length && fresh.length === 0) return;
      cards.value = [
        ...kept,
        ...fresh.map((offer): OfferCard => ({ offer, phase: "ringing", takenBy: null, goneAt: null })),
      ];
    });
    effect(() => link.onNews("offer:changed", ({ offer }) => hear(offer)));

    const ringing = computed(() => cards.value.filter((card) => card.phase === "ringing"));
    // The server's word on an expiry may be late or lost; a card does not ring past its time.
    effect(() => {
      const next = ringing.value.reduce((soonest, card) => Math.min(soonest, card.offer.expiresAt), Infinity);
      if (next === Infinity) return;
      return clock.after(Math.max(0, next - connection.serverNow()) + 250, () => {
        for (const card of ringing.peek()) {
          if (card.offer.expiresAt <= connection.serverNow()) sayGoodbye(card.offer.id, "passed", null);
        }
      });
    });

    return {
      cards,
      ringing,
      async accept(id: OfferId) {
        set(id, { phase: "answering" });
        const answer = await link.ask("offer:accept", { offerId: id });
        if (answer.ok) {
          drop(id);
          openConversation(answer.conversationId);
        } else if (answer.code === "taken")
          sayGoodbye(id, "taken", (answer.takenBy ?? null) as MemberId | null);
        else if (answer.code === "unavailable") set(id, { phase: "unreachable" });
        else sayGoodbye(id, "passed", null);
      },
      async decline(id: OfferId) {
        set(id, { phase: "answering" });
        const answer = await link.ask("offer:decline", { offerId: id });
        if (!answer.ok && answer.code === "unavailable") set(id, { phase: "unreachable" });
        else drop(id);
      },
    };
  },
);
