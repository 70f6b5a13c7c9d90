import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { OfferView } from "../../shared/model/conversations.ts";
import type { ConversationId, MemberId, OfferId, RequestId, VisitorId } from "../../shared/model/ids.ts";
import type { TeamMember } from "../../shared/model/people.ts";
import type { Alarm } from "../ports.ts";
import { ConnectionModel } from "./connection.ts";
import { createFakeClock, settle } from "./fake-clock.ts";
import { createFakeLink } from "./fake-link.ts";
import { createFakeChance } from "./fake-shelf.ts";
import { OffersModel } from "./offers.ts";
import { RingingModel } from "./ringing.ts";

const me = "me" as MemberId;
const colleague = "colleague" as MemberId;
const start = Date.UTC(2026, 10, 23, 9);

function offer(key: string, change: Partial<OfferView> = {}): OfferView {
  return {
    id: key as OfferId,
    requestId: "request" as RequestId,
    conversationId: `conversation of ${key}` as ConversationId,
    state: "alerting",
    visitor: { id: "visitor" as VisitorId, name: null, page: null, source: "" },
    text: "hello",
    offeredAt: start,
    expiresAt: start + 30_000,
    takenBy: null,
    ...change,
  };
}

async function setUp(first: OfferView[] = [], canRing = true) {
  const clock = createFakeClock(start);
  const world = { offers: first };
  const link = createFakeLink({
    "console:sync": () => ({
      ok: true,
      me: { id: me } as TeamMember,
      isAvailable: true,
      team: [],
      offers: world.offers,
      mine: [],
      serverAt: clock.now(),
    }),
  });
  const opened: ConversationId[] = [];
  const rings: number[] = [];
  const titles: (string | null)[] = [];
  const alarm: Alarm = {
    ring() {
      rings.push(clock.now());
      return canRing;
    },
    chime: () => undefined,
    allowSound: async () => true,
    setTitle: (title) => void titles.push(title),
    notificationPermission: () => "default",
    askNotificationPermission: async () => undefined,
    notify: () => () => undefined,
  };
  const connection = new ConnectionModel(link, clock, createFakeChance());
  const offers = new OffersModel(link, connection, clock, (id) => void opened.push(id));
  const attention = { isHere: () => true, onChange: () => () => undefined };
  const unread = signal(0);
  const texts = {
    unread: (count: number) => `${count} unread`,
    title: (count: number) => `${count} waiting`,
    notice: () => "notice",
  };
  const ringing = new RingingModel(offers, unread, alarm, attention, clock, texts);
  link.up();
  await settle();
  const phases = () => offers.cards.value.map((card) => card.phase);
  return { clock, link, offers, ringing, opened, rings, titles, phases, world };
}

describe("incoming requests", () => {
  test("ring until somebody acts, and then fall silent", async () => {
    const { clock, link, offers, rings, titles } = await setUp([offer("a")]);
    await clock.advance(6_000);
    expect(rings).toHaveLength(3);
    link.answers["offer:decline"] = () => ({ ok: true });
    await offers.decline("a" as OfferId);
    await clock.advance(20_000);
    expect(rings).toHaveLength(3);
    expect(titles.at(-1)).toBeNull();
  });

  test("stack, oldest first", async () => {
    const { link, offers } = await setUp([offer("a")]);
    link.say("offer:changed", { offer: offer("b") });
    expect(offers.ringing.value.map((card) => card.offer.id)).toEqual(["a", "b"]);
  });

  test("open the conversation once accepted", async () => {
    const { link, offers, opened, phases } = await setUp([offer("a")]);
    link.answers["offer:accept"] = () => ({ ok: true, conversationId: "c" as ConversationId });
    await offers.accept("a" as OfferId);
    expect(opened).toEqual(["c"]);
    expect(phases()).toEqual([]);
  });

  test("say who was first when the claim came too late, and then go", async () => {
    const { link, offers, clock } = await setUp([offer("a")]);
    link.answers["offer:accept"] = () => ({ ok: false, code: "taken", takenBy: colleague });
    await offers.accept("a" as OfferId);
    expect(offers.cards.value[0]).toMatchObject({ phase: "taken", takenBy: colleague });
    await clock.advance(5_000);
    expect(offers.cards.value).toEqual([]);
  });

  test("say who took it when a colleague was faster", async () => {
    const { link, offers } = await setUp([offer("a")]);
    link.say("offer:changed", { offer: offer("a", { state: "withdrawn", takenBy: colleague }) });
    expect(offers.cards.value[0]).toMatchObject({ phase: "taken", takenBy: colleague });
    expect(offers.ringing.value).toEqual([]);
  });

  test("vanish here when my other console acted", async () => {
    const { link, phases } = await setUp([offer("a"), offer("b")]);
    link.say("offer:changed", { offer: offer("a", { state: "claimed", takenBy: me }) });
    link.say("offer:changed", { offer: offer("b", { state: "declined" }) });
    expect(phases()).toEqual([]);
  });

  test("fall silent past their time even if nobody says so", async () => {
    const { clock, phases } = await setUp([offer("a")]);
    await clock.advance(30_000);
    expect(phases()).toEqual(["ringing"]);
    await clock.advance(300);
    expect(phases()).toEqual(["passed"]);
  });

  test("come back after a lost link only if they still ring", async () => {
    const { link, phases, world, offers } = await setUp([offer("a"), offer("b")]);
    link.down();
    world.offers = [offer("b"), offer("c")];
    link.up();
    await settle();
    expect(phases()).toEqual(["ringing", "ringing"]);
    expect(offers.cards.value.map((card) => card.offer.id)).toEqual(["b", "c"]);
  });

  test("can be tried again when the server did not answer", async () => {
    const { link, offers, phases } = await setUp([offer("a")]);
    await offers.accept("a" as OfferId);
    expect(phases()).toEqual(["unreachable"]);
    link.answers["offer:accept"] = () => ({ ok: true, conversationId: "c" as ConversationId });
    await offers.accept("a" as OfferId);
    expect(phases()).toEqual([]);
  });

  test("say that sound is kept back until it is allowed", async () => {
    const { ringing } = await setUp([offer("a")], false);
    expect(ringing.isSoundBlocked.value).toBe(true);
    await ringing.allowSound();
    expect(ringing.isSoundBlocked.value).toBe(false);
  });
});
