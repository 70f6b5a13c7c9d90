import { useEffect, useState } from "preact/hooks";
import type { VisitorId } from "../../shared/model/ids.ts";
import type { BoardFilter } from "../models/board.ts";
import type { Desk } from "../models/desk.ts";
import { text } from "../text.ts";
import { Button } from "../ui/Button.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Roving } from "../ui/Roving.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { BoardRow } from "./BoardRow.tsx";
import { PounceDialog } from "./PounceDialog.tsx";
import { TeamPanel } from "./TeamPanel.tsx";
import { useKeys } from "./use-keys.ts";
import { VisitorPane } from "./VisitorPane.tsx";

const filters: readonly BoardFilter[] = ["all", "waiting", "browsing", "chatting"];

/** Everybody on the site, who needs somebody first; beside them the team or the chosen visitor. */
export function BoardPage({ desk }: { desk: Desk }) {
  const { board } = desk;
  const [greeting, setGreeting] = useState<VisitorId | null>(null);
  useEffect(() => board.look(), [board]);
  const chosen = desk.chosenVisitor.value;
  const close = () => {
    desk.choose(null);
    document.querySelector<HTMLElement>("[data-row][tabindex='0']")?.focus();
  };
  useKeys(desk.keys, { Escape: chosen ? close : undefined });
  const counts = board.counts.value;

  return (
    <div class={chosen ? "board board-deep" : "board"}>
      <section class="board-main">
        <header class="page-head">
          <div>
            <h1>{text.board.title}</h1>
            <p class="soft small" aria-live="polite">
              {board.isLoaded.value ? text.board.here(counts.all) : text.board.loading}
            </p>
          </div>
          <input
            class="search"
            type="search"
            data-search
            placeholder={text.board.search}
            aria-label={text.board.search}
            value={board.query.value}
            onInput={(event) => board.search(event.currentTarget.value)}
          />
          <Segmented
            label={text.board.filter}
            value={board.filter.value}
            segments={filters.map((value) => ({
              value,
              label: value === "all" ? text.board.all : text.board.states[value],
              count: counts[value],
            }))}
            onChange={(next) => board.show(next)}
          />
        </header>
        <Roving class="board-list">
          <BoardList desk={desk} onGreet={setGreeting} />
        </Roving>
      </section>
      {/* On a narrow screen this is a strip that scrolls sideways: it must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
      <aside class="side" tabIndex={0} aria-label={chosen ? text.visitor.title : text.team.title}>
        {chosen ? (
          <VisitorPane desk={desk} onClose={close} onGreet={() => setGreeting(chosen)} />
        ) : (
          <TeamPanel team={desk.team} />
        )}
      </aside>
      {greeting && <PounceDialog desk={desk} visitorId={greeting} onClose={() => setGreeting(null)} />}
    </div>
  );
}

function BoardList({ desk, onGreet }: { desk: Desk; onGreet: (id: VisitorId) => void }) {
  const { board } = desk;
  const groups = board.groups.value;
  if (!board.isLoaded.value) {
    return (
      <div class="skeletons" aria-hidden="true">
        {[0, 1, 2, 3, 4, 5].map((row) => (
          <div class="skeleton" key={row} />
        ))}
      </div>
    );
  }
  if (groups.length === 0) {
    const isNarrowed = board.query.value !== "" || board.filter.value !== "all";
    return isNarrowed ? (
      <Empty icon="search" title={text.board.noMatchTitle}>
        <p>{text.board.noMatchWords}</p>
        <Button
          onClick={() => {
            board.search("");
            board.show("all");
          }}
        >
          {text.board.showAll}
        </Button>
      </Empty>
    ) : (
      <Empty icon="board" title={text.board.emptyTitle}>
        <p>{text.board.emptyWords}</p>
      </Empty>
    );
  }
  const first = groups[0]?.ids[0];
  return (
    <>
      <div class="board-columns" aria-hidden="true">
        <span>{text.board.visitor}</span>
        <span>{text.board.page}</span>
        <span>{text.board.source}</span>
        <span>{text.board.time}</span>
        <span />
      </div>
      {groups.map((group) => (
        <section key={group.state} class={`board-group board-group-${group.state}`}>
          <h2 class="board-group-head">
            <span class={`state-dot state-${group.state}`} />
            {text.board.groups[group.state]}
            <span class="soft">{group.ids.length}</span>
          </h2>
          <ul>
            {group.ids.map((id) => {
              const card = board.card(id);
              return (
                card && <BoardRow key={id} desk={desk} card={card} isFirst={id === first} onGreet={onGreet} />
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}
