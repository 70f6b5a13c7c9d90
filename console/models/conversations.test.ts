import { describe, expect, test } from "vitest";
import type { ConversationSummary } from "../../shared/model/conversations.ts";
import type { ConversationId, MemberId, VisitorId } from "../../shared/model/ids.ts";
import type { TeamMember } from "../../shared/model/people.ts";
import { ConnectionModel } from "./connection.ts";
import { ConversationsModel } from "./conversations.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { createFakeChance } from "./fake-shelf.ts";

const me = "me" as MemberId;
const colleague = "colleague" as MemberId;
const start = Date.UTC(2026, 10, 23, 9);

function line(key: string, change: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id: key as ConversationId,
    isOpen: true,
    ownerId: me,
    epoch: 1,
    lastSeq: 5,
    visitor: { id: "v" as VisitorId, name: null, email: null, isOnline: true },
    preview: null,
    unread: 0,
    createdAt: start,
    activeAt: start,
    closedAt: null,
    isWaiting: false,
    ...change,
  };
}

async function setUp(stored: ConversationSummary[]) {
  const clock = createFakeClock(start);
  const world = { lines: stored };
  const link = createFakeLink({
    "console:sync": () => ({
      ok: true,
      me: { id: me } as TeamMember,
      isAvailable: true,
      team: [],
      offers: [],
      mine: world.lines.filter((each) => each.isOpen && each.ownerId === me),
      serverAt: clock.now(),
    }),
    "conversation:list": ({ view, before }) => {
      const all = world.lines
        .filter((each) => each.isOpen === (view !== "closed") && each.activeAt < (before ?? Infinity))
        .sort((a, b) => b.activeAt - a.activeAt);
      return { ok: true, conversations: all.slice(0, 2), hasMore: all.length > 2 };
    },
  });
  const handedOver: string[] = [];
  const chance = createFakeChance();
  const model = new ConversationsModel(link, new ConnectionModel(link, clock, chance), me, (each, from) => {
    handedOver.push(`${each.id} from ${from}`);
  });
  link.up();
  await settle();
  const ids = () => model.shown.value.map((each) => each.id);
  return { link, model, ids, world, handedOver };
}

describe("the lists of conversations", () => {
  test("a line moves between lists by itself", async () => {
    const { link, model, ids } = await setUp([line("a")]);
    expect(ids()).toEqual(["a"]);
    link.say("conversation:changed", { conversation: line("a", { ownerId: colleague, lastSeq: 6 }) });
    expect(ids()).toEqual([]);
    model.show("team");
    expect(ids()).toEqual(["a"]);
    link.say("conversation:changed", { conversation: line("a", { isOpen: false, lastSeq: 7 }) });
    expect(ids()).toEqual([]);
  });

  test("the latest stands on top, and unread messages are counted over mine only", async () => {
    const { model, ids } = await setUp([
      line("a", { unread: 2 }),
      line("b", { activeAt: start + 1, unread: 1 }),
      line("c", { ownerId: colleague, unread: 9 }),
    ]);
    expect(ids()).toEqual(["b", "a"]);
    expect(model.unread.value).toBe(3);
  });

  test("a hand-over by a colleague is told; what I took from nobody is not", async () => {
    const { link, handedOver } = await setUp([
      line("a", { ownerId: colleague }),
      line("b", { ownerId: null, activeAt: start + 1 }),
    ]);
    for (const key of ["a", "b"]) {
      link.say("conversation:changed", { conversation: line(key, { lastSeq: 6 }) });
      link.say("conversation:changed", { conversation: line(key, { lastSeq: 7 }) });
    }
    expect(handedOver).toEqual(["a from colleague"]);
  });

  test("an answer older than the news does not undo it", async () => {
    const { link, model } = await setUp([line("a", { unread: 1 })]);
    link.say("conversation:changed", { conversation: line("a", { lastSeq: 9, unread: 4 }) });
    model.reload();
    await settle();
    expect(model.unread.value).toBe(4);
  });

  test("what left a list while we were not listening is gone after the link is back", async () => {
    const { link, ids, world } = await setUp([line("a"), line("b")]);
    link.down();
    world.lines = [line("b")];
    link.up();
    await settle();
    expect(ids()).toEqual(["b"]);
  });

  test("a colleague's line that was closed meanwhile leaves the team's list", async () => {
    const { link, model, ids, world } = await setUp([line("a", { ownerId: colleague })]);
    model.show("team");
    expect(ids()).toEqual(["a"]);
    link.down();
    world.lines = [];
    link.up();
    await settle();
    expect(ids()).toEqual([]);
  });

  test("an old line of mine is forgotten even where the team's first page does not reach", async () => {
    const colleagues = ["b", "c"].map((key) => line(key, { ownerId: colleague, activeAt: start + 1 }));
    const { link, ids, world } = await setUp([line("a"), ...colleagues]);
    expect(ids()).toEqual(["a"]);
    link.down();
    world.lines = [...colleagues, line("d", { ownerId: colleague, activeAt: start + 2 })];
    link.up();
    await settle();
    expect(ids()).toEqual([]);
  });

  test("further pages are asked from the oldest line on", async () => {
    const closed = [1, 2, 3].map((at) => line(`c${at}`, { isOpen: false, activeAt: start - at }));
    const { link, model, ids } = await setUp(closed);
    model.show("closed");
    await settle();
    expect(ids()).toEqual(["c1", "c2"]);
    expect(model.shownState.value.hasMore).toBe(true);
    await model.loadMore();
    expect(link.inputsOf("conversation:list").at(-1)?.before).toBe(start - 2);
    expect(ids()).toEqual(["c1", "c2", "c3"]);
  });
});
