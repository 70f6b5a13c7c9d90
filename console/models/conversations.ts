import { batch, computed, createModel, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { ConversationSummary } from "../../shared/model/conversations.ts";
import type { ConversationId, MemberId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ConversationView } from "../../shared/protocol/rep-events.ts";
import type { RepLink } from "../ports.ts";
import type { Connection } from "./connection.ts";

export type Conversations = InstanceType<typeof ConversationsModel>;
export type ListState = {
  isLoaded: boolean;
  isLoading: boolean;
  hasMore: boolean;
  problem: ErrorCode | null;
};

const untouched: ListState = { isLoaded: false, isLoading: false, hasMore: false, problem: null };

/** The three lists. All lines live in one map; a line moves between lists by itself when its conversation changes. */
export const ConversationsModel = createModel(
  (
    link: RepLink,
    connection: Connection,
    myId: MemberId,
    /** A colleague made it mine. */
    onHandedOver: (line: ConversationSummary, from: MemberId) => void,
  ) => {
    const lines = signal<ReadonlyMap<ConversationId, ConversationSummary>>(new Map());
    const view = signal<ConversationView>("mine");
    const states = {
      mine: signal<ListState>(untouched),
      team: signal<ListState>(untouched),
      closed: signal<ListState>(untouched),
    };

    function put(changed: readonly ConversationSummary[]): void {
      const next = new Map(lines.peek());
      for (const line of changed) {
        const known = next.get(line.id);
        // An answer may be older than the news that overtook it.
        if (!known || line.lastSeq >= known.lastSeq) next.set(line.id, line);
      }
      lines.value = next;
    }

    async function load(which: ConversationView, isMore: boolean): Promise<void> {
      const state = states[which];
      if (state.peek().isLoading) return;
      state.value = { ...state.peek(), isLoading: true, problem: null };
      const oldest = isMore ? (listOf(which, lines.peek(), myId).at(-1)?.activeAt ?? null) : null;
      const answer = await link.ask("conversation:list", { view: which, before: oldest });
      batch(() => {
        if (!answer.ok) {
          state.value = { ...state.peek(), isLoading: false, problem: answer.code };
          return;
        }
        if (!isMore) forgetStale(which, answer.conversations, answer.hasMore);
        put(answer.conversations);
        state.value = { isLoaded: true, isLoading: false, hasMore: answer.hasMore, problem: null };
      });
    }

    /** What the fresh first page should hold but does not, has left this list while we were not listening. */
    function forgetStale(
      which: ConversationView,
      fresh: readonly ConversationSummary[],
      hasMore: boolean,
    ): void {
      const ids = new Set(fresh.map((line) => line.id));
      const oldest = hasMore ? (fresh.at(-1)?.activeAt ?? 0) : 0;
      const stale = listOf(which, lines.peek(), myId).filter(
        (line) => !ids.has(line.id) && line.activeAt >= oldest,
      );
      if (stale.length === 0) return;
      const next = new Map(lines.peek());
      for (const line of stale) next.delete(line.id);
      lines.value = next;
    }

    effect(() => {
      const sync = connection.synced.value;
      if (!sync) return;
      forgetStale("mine", sync.mine, false);
      put(sync.mine);
      states.mine.value = { isLoaded: true, isLoading: false, hasMore: false, problem: null };
    });
    const isLive = computed(() => connection.state.value === "live");
    // The team's list is wanted from the start: it tells how many visitors wait.
    effect(() => {
      if (isLive.value) void load("team", false);
    });
    effect(() => {
      if (isLive.value && view.value === "closed") void load("closed", false);
    });
    effect(() =>
      link.onNews("conversation:changed", ({ conversation }) => {
        const from = lines.peek().get(conversation.id)?.ownerId;
        put([conversation]);
        if (conversation.ownerId === myId && from && from !== myId) onHandedOver(conversation, from);
      }),
    );

    const lists: Record<ConversationView, ReadonlySignal<readonly ConversationSummary[]>> = {
      mine: computed(() => listOf("mine", lines.value, myId)),
      team: computed(() => listOf("team", lines.value, myId)),
      closed: computed(() => listOf("closed", lines.value, myId)),
    };

    return {
      view,
      mine: lists.mine,
      /** Open ones known so far, whoever owns them. */
      team: lists.team,
      shown: computed(() => lists[view.value].value),
      shownState: computed(() => states[view.value].value),
      /** Visitor messages that wait for me. */
      unread: computed(() => lists.mine.value.reduce((sum, line) => sum + line.unread, 0)),
      /** Visitors who wait for somebody and are still there. */
      waiting: computed(
        () => lists.team.value.filter((line) => line.isWaiting && line.visitor.isOnline).length,
      ),
      lines,
      show(which: ConversationView) {
        view.value = which;
      },
      loadMore: () => load(view.value, true),
      reload: () => load(view.value, false),
    };
  },
);

function listOf(
  which: ConversationView,
  lines: ReadonlyMap<ConversationId, ConversationSummary>,
  myId: MemberId,
): ConversationSummary[] {
  return [...lines.values()]
    .filter((line) =>
      which === "closed" ? !line.isOpen : line.isOpen && (which === "team" || line.ownerId === myId),
    )
    .sort((a, b) => b.activeAt - a.activeAt);
}
