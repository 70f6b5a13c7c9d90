import { effect } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { VisitorId } from "../../shared/model/ids.ts";
import type { BoardVisitor, TeamMember } from "../../shared/model/people.ts";
import { BoardModel } from "./board.ts";
import { ConnectionModel } from "./connection.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { createFakeChance } from "./fake-shelf.ts";

const start = Date.UTC(2026, 10, 23, 9);

function visitor(key: string, change: Partial<BoardVisitor> = {}): BoardVisitor {
  return {
    id: key as VisitorId,
    name: null,
    email: null,
    page: { url: "https://shop.example/prices", title: "Prices" },
    trail: [],
    pages: 1,
    source: "",
    startedAt: start,
    seenAt: start,
    zone: null,
    language: null,
    device: { kind: "desktop", browser: "Firefox", os: "Linux" },
    visits: 1,
    state: "browsing",
    conversationId: null,
    ownerId: null,
    ...change,
  };
}

async function setUp(visitors: BoardVisitor[]) {
  const clock = createFakeClock(start);
  const world = { visitors };
  const link = createFakeLink({
    "console:sync": () => ({
      ok: true,
      me: {} as TeamMember,
      isAvailable: true,
      team: [],
      offers: [],
      mine: [],
      serverAt: clock.now(),
    }),
    "board:watch": () => ({ ok: true, visitors: world.visitors }),
    "board:unwatch": () => ({ ok: true }),
  });
  const chance = createFakeChance();
  const board = new BoardModel(link, new ConnectionModel(link, clock, chance), chance);
  link.up();
  await settle();
  const shape = () => board.groups.value.map((group) => `${group.state}: ${group.ids.join(" ")}`);
  return { link, board, shape, world };
}

describe("the live board", () => {
  test("is asked for only while somebody looks, and again after a lost link", async () => {
    const { link, board, world, shape } = await setUp([visitor("a")]);
    expect(link.inputsOf("board:watch")).toHaveLength(0);
    const stop = board.look();
    await settle();
    expect(shape()).toEqual(["browsing: a"]);
    link.down();
    world.visitors = [visitor("b")];
    link.up();
    await settle();
    expect(shape()).toEqual(["browsing: b"]);
    stop();
    await settle();
    expect(link.inputsOf("board:unwatch").length).toBeGreaterThan(0);
  });

  test("puts who waits first, then the newest", async () => {
    const { board, shape } = await setUp([
      visitor("left", { state: "left" }),
      visitor("old", { startedAt: start - 10 }),
      visitor("new"),
      visitor("waits", { state: "waiting" }),
      visitor("talks", { state: "chatting" }),
    ]);
    board.look();
    await settle();
    expect(shape()).toEqual(["waiting: waits", "browsing: new old", "chatting: talks", "left: left"]);
    expect(board.counts.value).toEqual({ all: 4, waiting: 1, browsing: 2, chatting: 1, left: 1 });
  });

  test("a page change costs one row: neither the list nor another row is made anew", async () => {
    const { link, board } = await setUp(Array.from({ length: 500 }, (_, at) => visitor(`v${at}`)));
    board.look();
    await settle();
    let lists = 0;
    let others = 0;
    let own = 0;
    effect(() => {
      board.groups.value;
      lists += 1;
    });
    effect(() => {
      board.card("v1" as VisitorId)?.value;
      others += 1;
    });
    effect(() => {
      board.card("v2" as VisitorId)?.value;
      own += 1;
    });
    const page = { url: "https://shop.example/", title: "Home" };
    link.say("board:changed", { changed: [visitor("v2", { page, pages: 2 })], gone: [] });
    expect({ lists, others, own }).toEqual({ lists: 1, others: 1, own: 2 });
  });

  test("moves somebody who changes state and forgets who is gone", async () => {
    const { link, board, shape } = await setUp([visitor("a"), visitor("b")]);
    board.look();
    await settle();
    link.say("board:changed", {
      changed: [visitor("a", { state: "waiting" })],
      gone: ["b" as VisitorId],
    });
    expect(shape()).toEqual(["waiting: a"]);
  });

  test("finds by name, page and source, and follows as they change", async () => {
    const { link, board, shape } = await setUp([
      visitor("a", { name: "Mina" }),
      visitor("b", { source: "Letter" }),
    ]);
    board.look();
    await settle();
    board.search("LETTER");
    expect(shape()).toEqual(["browsing: b"]);
    link.say("board:changed", { changed: [visitor("a", { source: "letter 2" })], gone: [] });
    expect(shape()).toEqual(["browsing: a b"]);
    board.search("prices");
    board.show("waiting");
    expect(shape()).toEqual([]);
  });
});
