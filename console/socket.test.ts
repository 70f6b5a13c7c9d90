import { describe, expect, test } from "vitest";
import type { ConversationId } from "../shared/model/ids.ts";
import { createFakeClock, settle } from "./models/fake-clock.ts";
import type { LinkState } from "./ports.ts";
import { linkOver, type RawSocket } from "./socket.ts";

type Listen = (...args: unknown[]) => void;

function setUp() {
  const clock = createFakeClock(Date.UTC(2026, 10, 23, 9));
  const listeners = new Map<string, Set<Listen>>();
  const emitted: { event: string; args: unknown[] }[] = [];
  const calls: string[] = [];
  const fire = (event: string, ...args: unknown[]) => {
    for (const listen of [...(listeners.get(event) ?? [])]) listen(...args);
  };
  const raw = {
    connected: false as boolean,
    connect: () => void calls.push("connect"),
    disconnect() {
      calls.push("disconnect");
      if (!raw.connected) return;
      raw.connected = false;
      fire("disconnect", "io client disconnect");
    },
    on: (event: string, listen: Listen) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listen));
    },
    off: (event: string, listen: Listen) => void listeners.get(event)?.delete(listen),
    emit: (event: string, ...args: unknown[]) => void emitted.push({ event, args }),
    volatile: { emit: (event: string, ...args: unknown[]) => void emitted.push({ event, args }) },
  } satisfies RawSocket;
  const link = linkOver(raw, clock);
  const states: LinkState[] = [];
  link.onState((state) => states.push(state));
  const up = () => {
    raw.connected = true;
    fire("connect");
  };
  return { clock, raw, fire, link, states, emitted, calls, up };
}

describe("the link over a socket", () => {
  test("does not keep questions for later: without a link they are unavailable at once", async () => {
    const { link, emitted } = setUp();
    expect(await link.ask("console:sync", {})).toEqual({ ok: false, code: "unavailable" });
    expect(emitted).toEqual([]);
  });

  test("a question without an answer in time ends as unavailable and renews the link", async () => {
    const { link, clock, calls, up } = setUp();
    link.open();
    up();
    const answer = link.ask("console:sync", {});
    await clock.advance(8_999);
    expect(calls).toEqual(["connect"]);
    await clock.advance(1);
    expect(await answer).toEqual({ ok: false, code: "unavailable" });
    expect(calls).toEqual(["connect", "disconnect", "connect"]);
  });

  test("an answer that comes late changes nothing", async () => {
    const { link, clock, emitted, up } = setUp();
    link.open();
    up();
    const answer = link.ask("conversation:close", { conversationId: "c" as ConversationId, epoch: 1 });
    await clock.advance(9_000);
    const acknowledge = emitted[0]?.args.at(-1) as Listen | undefined;
    acknowledge?.({ ok: true });
    expect(await answer).toEqual({ ok: false, code: "unavailable" });
  });

  test("all open questions end with the link", async () => {
    const { link, fire, raw, up } = setUp();
    link.open();
    up();
    const answers = [link.ask("console:sync", {}), link.ask("board:watch", {})];
    raw.connected = false;
    fire("disconnect", "transport close");
    await settle();
    for (const answer of answers) expect((await answer).ok).toBe(false);
  });

  test("a refused handshake says why; what cannot pass is not tried again", async () => {
    const { link, fire, states, clock, calls } = setUp();
    link.open();
    fire("connect_error", { message: "outdated", data: { code: "outdated" } });
    await clock.advance(60_000);
    expect(states).toEqual([{ kind: "refused", code: "outdated" }]);
    expect(calls).toEqual(["connect"]);
    fire("connect_error", { message: "x", data: { code: "unavailable" } });
    await clock.advance(3_000);
    expect(calls).toEqual(["connect", "connect"]);
  });

  test("a network that failed is a link that is down", () => {
    const { link, fire, states } = setUp();
    link.open();
    fire("connect_error", new Error("websocket error"));
    expect(states).toEqual([{ kind: "down" }]);
  });

  test("comes back after the server ended the link, unless it was closed meanwhile", async () => {
    const { link, fire, raw, clock, calls, up } = setUp();
    link.open();
    up();
    raw.connected = false;
    fire("disconnect", "io server disconnect");
    await clock.advance(1_000);
    expect(calls).toEqual(["connect", "connect"]);
    link.close();
    fire("disconnect", "io server disconnect");
    await clock.advance(10_000);
    expect(calls.filter((call) => call === "connect")).toHaveLength(2);
  });
});
