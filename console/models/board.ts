import {
  batch,
  computed,
  createModel,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import type { VisitorId } from "../../shared/model/ids.ts";
import type { BoardVisitor, VisitorState } from "../../shared/model/people.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { Chance, RepLink } from "../ports.ts";
import type { Connection } from "./connection.ts";

export type BoardFilter = "all" | VisitorState;
export type BoardGroup = { state: VisitorState; ids: readonly VisitorId[] };
export type Board = InstanceType<typeof BoardModel>;

/** Who needs somebody comes first. */
const order: readonly VisitorState[] = ["waiting", "browsing", "chatting", "left"];

/**
 * Everybody on the site. Each visitor has a signal of their own: a change costs that one row, and the list of rows is
 * made anew only when somebody came, went, or changed place.
 */
export const BoardModel = createModel((link: RepLink, connection: Connection, chance: Chance) => {
  const cards = new Map<VisitorId, Signal<BoardVisitor>>();
  /** Grows when membership, state or searchable text changed. */
  const shape = signal(0);
  const isLoaded = signal(false);
  const query = signal("");
  const filter = signal<BoardFilter>("all");
  const watchers = signal(0);

  function put(visitor: BoardVisitor): boolean {
    const card = cards.get(visitor.id);
    if (!card) {
      cards.set(visitor.id, signal(visitor));
      return true;
    }
    const before = card.peek();
    card.value = visitor;
    return (
      before.state !== visitor.state ||
      before.startedAt !== visitor.startedAt ||
      (query.peek() !== "" && searchable(before) !== searchable(visitor))
    );
  }

  async function load(): Promise<void> {
    const answer = await link.ask("board:watch", {});
    if (!answer.ok) return;
    batch(() => {
      const here = new Set(answer.visitors.map((visitor) => visitor.id));
      for (const id of [...cards.keys()]) if (!here.has(id)) cards.delete(id);
      for (const visitor of answer.visitors) put(visitor);
      shape.value += 1;
      isLoaded.value = true;
    });
  }

  const isWatched = computed(() => watchers.value > 0);
  // Watch anew after each connect: the server forgot us with the old link.
  const isLive = computed(() => connection.state.value === "live");
  effect(() => {
    if (!isWatched.value || !isLive.value) return;
    void load();
    return () => void link.ask("board:unwatch", {});
  });
  effect(() =>
    link.onNews("board:changed", ({ changed, gone }) => {
      batch(() => {
        let isReshaped = false;
        for (const id of gone) isReshaped = cards.delete(id) || isReshaped;
        for (const visitor of changed) isReshaped = put(visitor) || isReshaped;
        if (isReshaped) shape.value += 1;
      });
    }),
  );

  const found = computed(() => {
    shape.value;
    const wanted = query.value.trim().toLowerCase();
    const all = [...cards.values()].map((card) => card.peek());
    return wanted ? all.filter((visitor) => searchable(visitor).includes(wanted)) : all;
  });
  const counts = computed(() => {
    const counted: Record<BoardFilter, number> = { all: 0, waiting: 0, browsing: 0, chatting: 0, left: 0 };
    for (const visitor of found.value) {
      counted[visitor.state] += 1;
      if (visitor.state !== "left") counted.all += 1;
    }
    return counted;
  });
  const groups: ReadonlySignal<readonly BoardGroup[]> = computed(() =>
    order
      .filter((state) => filter.value === "all" || filter.value === state)
      .map((state) => ({
        state,
        ids: found.value
          .filter((visitor) => visitor.state === state)
          .sort((a, b) => b.startedAt - a.startedAt)
          .map((visitor) => visitor.id),
      }))
      .filter((group) => group.ids.length > 0),
  );

  return {
    groups,
    counts,
    isLoaded,
    isWatched,
    query,
    filter,
    /** The visitor's own signal; undefined for somebody who is gone. */
    card: (id: VisitorId): ReadonlySignal<BoardVisitor> | undefined => cards.get(id),
    search(text: string) {
      query.value = text;
    },
    show(next: BoardFilter) {
      filter.value = next;
    },
    /** The board is kept live while somebody looks; returns the end of that. */
    look(): () => void {
      watchers.value += 1;
      return () => {
        watchers.value -= 1;
      };
    },
    /** First words to a visitor; answers with the conversation, or why not. */
    async pounce(visitorId: VisitorId, text: string) {
      return await link.ask("visitor:pounce", { visitorId, clientId: chance.clientId(), text });
    },
  };
});

export type PounceProblem = { code: ErrorCode; takenBy?: string | null };

function searchable(visitor: BoardVisitor): string {
  return [visitor.name, visitor.email, visitor.page.title, visitor.page.url, visitor.source]
    .filter((part) => part !== null)
    .join("\n")
    .toLowerCase();
}
