import type { Desk } from "../models/desk.ts";
import type { OfferCard as Card } from "../models/offers.ts";
import { nameOf } from "../models/team.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Countdown } from "../ui/Countdown.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Kbd } from "../ui/Kbd.tsx";
import { pageTitle } from "../visitor-text.ts";

/** Requests that ring, oldest on top, above whatever else is on the screen. */
export function OfferStack({ desk }: { desk: Desk }) {
  const { offers, ringing } = desk;
  const cards = offers.cards.value;
  const isRinging = ringing.isRinging.value;
  const first = offers.ringing.value[0]?.offer.id;
  return (
    <section class="offers" aria-label={text.offers.region}>
      {cards.map((card) => (
        <OfferCard key={card.offer.id} desk={desk} card={card} hasKeys={card.offer.id === first} />
      ))}
      {isRinging && ringing.isSoundBlocked.value && (
        <div class="offer-aside">
          <Icon name="soundOff" />
          <span>{text.offers.sound}</span>
          <Button size="small" onClick={() => void ringing.allowSound()}>
            {text.offers.allowSound}
          </Button>
        </div>
      )}
      {isRinging && ringing.isAskingForNotifications.value && (
        <div class="offer-aside">
          <Icon name="bell" />
          <span>{text.offers.ask}</span>
          <div class="offer-aside-answers">
            <Button size="small" onClick={() => void ringing.allowNotifications()}>
              {text.offers.allow}
            </Button>
            <Button size="small" look="quiet" onClick={() => ringing.declineNotifications()}>
              {text.offers.notNow}
            </Button>
          </div>
        </div>
      )}
      <div class="fy-hidden" role="alert">
        {cards.map((card) => card.phase === "ringing" && text.offers.asks(whoOf(card)))}
      </div>
    </section>
  );
}

const whoOf = (card: Card) => card.offer.visitor.name ?? text.offers.somebody;

type OfferCardProps = { desk: Desk; card: Card; hasKeys: boolean };

function OfferCard({ desk, card, hasKeys }: OfferCardProps) {
  const { offer, phase } = card;
  const { offers, connection, ticker } = desk;
  ticker.now.value;
  const leftMs = offer.expiresAt - connection.serverNow();
  const isOpen = phase === "ringing" || phase === "answering" || phase === "unreachable";
  return (
    <article class={`offer offer-${phase}`}>
      <div class="offer-head">
        <div class="offer-words">
          <h2>{text.offers.asks(whoOf(card))}</h2>
          <p class="soft small">
            {offer.visitor.page ? `${text.offers.on} ${pageTitle(offer.visitor.page)}` : ""}
            {offer.visitor.source && ` · ${offer.visitor.source}`}
          </p>
        </div>
        {isOpen && (
          <Countdown
            leftMs={leftMs}
            wholeMs={offer.expiresAt - offer.offeredAt}
            label={text.offers.left(Math.max(0, Math.ceil(leftMs / 1000)))}
          />
        )}
      </div>
      {isOpen && (
        <p class={offer.text ? "offer-text" : "offer-text soft"} dir="auto">
          {offer.text ?? text.offers.noWords}
        </p>
      )}
      {isOpen ? (
        <div class="offer-actions">
          <Button
            look="primary"
            keys="Alt+A"
            isBusy={phase === "answering"}
            onClick={() => void offers.accept(offer.id)}
          >
            {text.offers.accept}
            <span class="fy-hidden">{whoOf(card)}</span>
            {hasKeys && <Kbd keys="Alt+A" isHidden />}
          </Button>
          <Button keys="Alt+D" isBusy={phase === "answering"} onClick={() => void offers.decline(offer.id)}>
            {text.offers.decline}
            <span class="fy-hidden">{whoOf(card)}</span>
            {hasKeys && <Kbd keys="Alt+D" isHidden />}
          </Button>
        </div>
      ) : (
        <p class="offer-outcome" role="status">
          {phase === "taken"
            ? text.offers.taken(nameOf(desk.team, card.takenBy) ?? text.common.somebody)
            : phase === "passed"
              ? text.offers.passed
              : text.offers.withdrawn}
        </p>
      )}
      {phase === "unreachable" && (
        <p class="offer-problem" role="alert">
          {text.offers.unreachable}
        </p>
      )}
    </article>
  );
}
