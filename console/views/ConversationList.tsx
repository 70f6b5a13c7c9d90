import type { ConversationSummary } from "../../shared/model/conversations.ts";
import type { Author } from "../../shared/model/facts.ts";
import type { ConversationView } from "../../shared/protocol/rep-events.ts";
import { Avatar } from "../../shared/ui/Avatar.tsx";
import type { Desk } from "../models/desk.ts";
import { pathOf } from "../models/place.ts";
import { text } from "../text.ts";
import { agoText } from "../time-text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { Roving } from "../ui/Roving.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { visitorName } from "../visitor-text.ts";
import { SearchResults } from "./SearchResults.tsx";

const views: readonly ConversationView[] = ["mine", "team", "closed"];

export function ConversationList({ desk }: { desk: Desk }) {
  const { conversations, search } = desk;
  return (
    <section class="list" aria-label={text.conversations.title}>
      <header class="list-head">
        <h2 class="list-title">{text.conversations.title}</h2>
        <input
          class="search"
          type="search"
          data-search
          placeholder={text.conversations.search}
          aria-label={text.conversations.search}
          value={search.query.value}
          onInput={(event) => search.search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            search.search("");
            event.currentTarget.blur();
          }}
        />
        {!search.isActive.value && (
          <Segmented
            label={text.conversations.choose}
            value={conversations.view.value}
            segments={views.map((value) => ({
              value,
              label: text.conversations.views[value],
              count: {
                mine: conversations.mine.value.length,
                team: conversations.team.value.length,
                closed: undefined,
              }[value],
            }))}
            onChange={(next) => conversations.show(next)}
          />
        )}
      </header>
      <Roving class="list-scroll">
        {search.isActive.value ? <SearchResults desk={desk} /> : <Lines desk={desk} />}
      </Roving>
    </section>
  );
}

function Lines({ desk }: { desk: Desk }) {
  const { conversations, places } = desk;
  const view = conversations.view.value;
  const lines = conversations.shown.value;
  const { isLoaded, isLoading, hasMore, problem } = conversations.shownState.value;
  const openId = places.place.value.conversationId;
  if (problem && lines.length === 0) return <Problem code={problem} onRetry={conversations.reload} />;
  if (!isLoaded && lines.length === 0) {
    return (
      <div class="skeletons" aria-hidden="true">
        {[0, 1, 2, 3].map((row) => (
          <div class="skeleton" key={row} />
        ))}
      </div>
    );
  }
  if (lines.length === 0) {
    const [title, words] = text.conversations.empty[view];
    return (
      <Empty icon="chats" title={title ?? ""}>
        <p>{words}</p>
      </Empty>
    );
  }
  const stop = lines.some((line) => line.id === openId) ? openId : lines[0]?.id;
  return (
    <ul class="lines" aria-label={text.conversations.list}>
      {lines.map((line) => (
        <Line key={line.id} desk={desk} line={line} isOpen={line.id === openId} isStop={line.id === stop} />
      ))}
      {hasMore && (
        <li class="lines-more">
          <Button size="small" isBusy={isLoading} onClick={conversations.loadMore}>
            {text.conversations.more}
          </Button>
        </li>
      )}
    </ul>
  );
}

type LineProps = { desk: Desk; line: ConversationSummary; isOpen: boolean; isStop: boolean };

function Line({ desk, line, isOpen, isStop }: LineProps) {
  const { visitor, preview, unread, ownerId } = line;
  const now = desk.ticker.slowNow.value;
  const isMine = ownerId === desk.myId.value;
  const owner = ownerId ? desk.team.byId.value.get(ownerId) : undefined;
  const hasUnread = unread > 0 && line.isOpen;
  const place = { page: "conversations", conversationId: line.id } as const;
  return (
    <li>
      <a
        class={`line${isOpen ? " line-open" : ""}${hasUnread ? " line-unread" : ""}`}
        href={pathOf(place)}
        data-row
        tabIndex={isStop ? 0 : -1}
        aria-current={isOpen ? "true" : undefined}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          desk.places.go(place);
        }}
      >
        <VisitorFace visitor={visitor} size={36} isOnline={visitor.isOnline} />
        <span class="line-words">
          <span class="line-top">
            <span class="line-name cut">{visitorName(visitor)}</span>
            <time class="soft small" dateTime={new Date(line.activeAt).toISOString()}>
              {agoText(line.activeAt, now)}
            </time>
          </span>
          <span class="line-bottom">
            <span class="line-preview cut" dir="auto">
              {preview ? `${saidBy(desk, preview.by)}${preview.text}` : text.conversations.noWords}
            </span>
            {line.isWaiting ? (
              <span class="tag tag-waiting">{text.conversations.waiting}</span>
            ) : hasUnread ? (
              <span class="badge">
                <span aria-hidden="true">{unread}</span>
                <span class="fy-hidden">{text.nav.unread(unread)}</span>
              </span>
            ) : line.isOpen && !ownerId ? (
              <span class="tag">{text.conversations.unowned}</span>
            ) : (
              owner && !isMine && <Avatar card={owner} size={20} />
            )}
          </span>
        </span>
      </a>
    </li>
  );
}

/** "You: " or "Imogen: " before what a rep said last; nothing before a visitor's words. */
function saidBy(desk: Desk, by: Author): string {
  if (by.kind !== "rep") return "";
  const name = by.id === desk.myId.value ? text.common.you : desk.team.byId.value.get(by.id)?.firstName;
  return text.conversations.saidBy(name ?? text.common.somebody);
}
