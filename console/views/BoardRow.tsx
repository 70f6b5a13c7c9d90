import type { ReadonlySignal } from "@preact/signals";
import type { ConversationId, VisitorId } from "../../shared/model/ids.ts";
import type { BoardVisitor } from "../../shared/model/people.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { text } from "../text.ts";
import { durationText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { cityOf, pagePath, pageTitle, visitorName } from "../visitor-text.ts";

type BoardRowProps = {
  desk: Desk;
  card: ReadonlySignal<BoardVisitor>;
  isFirst: boolean;
  onGreet: (id: VisitorId) => void;
};

/** One visitor. Reads only its own signal and the slow clock, so that a change elsewhere costs this row nothing. */
export function BoardRow({ desk, card, isFirst, onGreet }: BoardRowProps) {
  const visitor = card.value;
  const isChosen = desk.chosenVisitor.value === visitor.id;
  const owner = visitor.ownerId ? desk.team.byId.value.get(visitor.ownerId) : undefined;
  const until =
    visitor.state === "left" ? visitor.seenAt : Math.max(desk.ticker.slowNow.value, visitor.seenAt);
  const trail = visitor.trail.slice(0, -1).map(pageTitle);
  const hidden = visitor.pages - trail.length - 1;
  const name = visitorName(visitor);
  // Without a name the city is the name already.
  const place = visitor.name || visitor.email ? cityOf(visitor.zone) : visitor.device.os;
  return (
    <li class={`row row-${visitor.state}${isChosen ? " row-chosen" : ""}`}>
      <button
        type="button"
        class="row-main"
        data-row
        tabIndex={isFirst ? 0 : -1}
        aria-pressed={isChosen}
        onClick={() => desk.choose(isChosen ? null : visitor.id)}
      >
        <span class="row-who">
          <VisitorFace visitor={visitor} size={32} />
          <span class="stack">
            <span class="strong cut">{name}</span>
            <span class="soft small cut">{[place, visitor.device.browser].filter(Boolean).join(" · ")}</span>
          </span>
        </span>
        <span class="row-page stack">
          <span class="cut">
            {pageTitle(visitor.page)}
            <span class="soft row-path"> {pagePath(visitor.page.url)}</span>
          </span>
          <span class="soft small cut">
            {trail.length > 0
              ? `${hidden > 0 ? `${text.board.pages(visitor.pages)}: … › ` : ""}${trail.join(" › ")} ›`
              : text.board.visits(visitor.visits)}
          </span>
        </span>
        <span class="row-source cut">{visitor.source || text.board.direct}</span>
        <span class="row-time">{durationText(until - visitor.startedAt)}</span>
        <span class="fy-hidden">{text.board.states[visitor.state]}</span>
      </button>
      <span class="row-end">
        {owner && <Avatar card={owner} size={26} />}
        {visitor.conversationId ? (
          <Button
            size="small"
            look="quiet"
            icon="chats"
            label={text.board.open}
            // The board names a conversation by its id; the wire has it as a plain string.
            onClick={() => desk.places.openConversation(visitor.conversationId as ConversationId)}
          />
        ) : (
          visitor.state === "browsing" && (
            <Button
              size="small"
              look="quiet"
              icon="send"
              label={text.board.greet}
              onClick={() => onGreet(visitor.id)}
            />
          )
        )}
      </span>
    </li>
  );
}
