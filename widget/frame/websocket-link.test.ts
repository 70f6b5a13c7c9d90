import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";
import { fakeClock, fakeLink, settled } from "./fake-link.ts";
import type { VisitorLink } from "./link.ts";
import { openWebSocketLink } from "./websocket-link.ts";

/** A socket that the test plays the server's part of. */
class PlayedSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: string[] = [];
  readonly address: string;
  isClosed = false;
  constructor(address: string) {
    this.address = address;
  }
  send(data: string) {
    this.sent.push(data);
  }
  close() {
    this.isClosed = true;
  }
  says(data: string) {
    this.onmessage?.({ data });
  }
}

let sockets: PlayedSocket[];
let time: ReturnType<typeof fakeClock>;
let refused: (string | undefined)[];
/** What the link hears of the browser, by name. */
const heard = new Map<string, () => void>();

beforeEach(() => {
  sockets = [];
  refused = [];
  time = fakeClock(0);
  vi.stubGlobal("addEventListener", (name: string, act: () => void) => heard.set(name, act));
  vi.stubGlobal("removeEventListener", (name: string) => heard.delete(name));
});
afterEach(() => {
  vi.unstubAllGlobals();
  heard.clear();
});

function open(fallback: () => Promise<VisitorLink | null> = async () => null) {
  const link = openWebSocketLink({
    host: {
      credential: async (given) => {
        refused.push(given);
        return "secret";
      },
    },
    clock: time.clock,
    origin: "https://chat.example",
    open: (address) => {
      const socket = new PlayedSocket(address);
      sockets.push(socket);
      // Only what the link uses of a WebSocket is played.
      return socket as unknown as WebSocket;
    },
    fallback,
  });
  const states: boolean[] = [];
  link.onState((isUp) => states.push(isUp));
  return { link, states };
}
const last = () => sockets.at(-1) as PlayedSocket;

async function greet(socket = last()) {
  socket.says('0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000}');
  await settled();
  socket.says('40/visitor,{"sid":"y"}');
}
const ask = (link: VisitorLink) => link.ask("conversation:sync", { conversationId: null, since: 0 });

describe("the link over a WebSocket", () => {
  it("introduces itself with version and credential, and is up once it is let in", async () => {
    const { states } = open();
    expect(last().address).toBe("wss://chat.example/socket/?EIO=4&transport=websocket");
    await greet();
    expect(last().sent).toEqual([`40/visitor,{"version":${PROTOCOL_VERSION},"credential":"secret"}`]);
    expect(states).toEqual([false, true]);
  });

  it("gives each question its own answer, in whatever order they come", async () => {
    const { link } = open();
    await greet();
    const [one, two] = [ask(link), ask(link)];
    expect(last().sent.slice(1)).toEqual([
      '42/visitor,0["conversation:sync",{"conversationId":null,"since":0}]',
      '42/visitor,1["conversation:sync",{"conversationId":null,"since":0}]',
    ]);
    last().says('43/visitor,1[{"ok":true,"team":["second"]}]');
    last().says('43/visitor,0[{"ok":true,"team":["first"]}]');
    expect(await one).toMatchObject({ team: ["first"] });
    expect(await two).toMatchObject({ team: ["second"] });
  });

  it("hands on the server's news, brackets and line breaks included", async () => {
    const { link } = open();
    const heard: unknown[] = [];
    link.listen({ "conversation:opened": (news) => heard.push(news) });
    await greet();
    last().says('42/visitor,["conversation:opened",{"conversationId":"a]\\n\u2028,b"}]');
    last().says('42/visitor,["something:else",{}]');
    expect(heard).toEqual([{ conversationId: "a]\n\u2028,b" }]);
  });

  it("answers the server's heartbeat", async () => {
    open();
    await greet();
    last().says("2");
    expect(last().sent.at(-1)).toBe("3");
  });

  it("counts a question as lost when no answer comes, when the line breaks, and when there is none", async () => {
    const { link } = open();
    expect(await ask(link)).toMatchObject({ code: "unavailable" });
    await greet();
    const slow = ask(link);
    await time.pass(8_000);
    expect(await slow).toMatchObject({ code: "unavailable" });
    const broken = ask(link);
    last().onclose?.();
    expect(await broken).toMatchObject({ code: "unavailable" });
  });

  it("comes back by itself after a growing while", async () => {
    const { states } = open();
    await greet();
    last().onclose?.();
    await time.pass(499);
    expect(sockets).toHaveLength(1);
    await time.pass(1);
    expect(sockets).toHaveLength(2);
    last().onclose?.();
    await time.pass(999);
    expect(sockets).toHaveLength(2);
    await time.pass(1);
    await greet();
    expect(states).toEqual([false, true, false, true]);
  });

  it("comes back at once when the browser is on the network again", async () => {
    open();
    await greet();
    last().onclose?.();
    heard.get("online")?.();
    expect(sockets).toHaveLength(2);
  });

  it("is down at once when the browser is off the network, though the socket says nothing", async () => {
    const { states } = open();
    await greet();
    heard.get("offline")?.();
    expect(states.at(-1)).toBe(false);
    expect(sockets[0]?.isClosed).toBe(true);
  });

  it("gives up a socket that does not get through, and one that is said to be dead", async () => {
    const { link } = open();
    await time.pass(10_000);
    expect(sockets[0]?.isClosed).toBe(true);
    await time.pass(500);
    await greet();
    link.reconnect();
    expect(sockets[1]?.isClosed).toBe(true);
    await time.pass(500);
    expect(sockets).toHaveLength(3);
  });

  it("hears nothing more from a socket that it has given up", async () => {
    const { link, states } = open();
    await greet();
    const old = last();
    link.reconnect();
    await greet(old);
    old.onclose?.();
    expect(states).toEqual([false, true, false]);
  });

  it("asks for a new credential when its own is refused, and tries again", async () => {
    open();
    last().says('0{"sid":"x"}');
    await settled();
    last().says('44/visitor,{"message":"no","data":{"code":"unauthenticated"}}');
    await time.pass(500);
    expect(refused).toEqual([undefined, "secret"]);
    expect(sockets).toHaveLength(2);
  });

  it("takes another way after three failures without a success, and hands over what was listened for", async () => {
    const other = fakeLink({ "conversation:sync": () => ({ ok: true, conversation: null, team: [] }) });
    const { link, states } = open(async () => other.link);
    const heard: unknown[] = [];
    link.listen({ "conversation:opened": (news) => heard.push(news) });
    for (const wait of [500, 1_000]) {
      last().onclose?.();
      await time.pass(wait);
    }
    last().onclose?.();
    await settled();
    other.news("conversation:opened", { conversationId: "c" as never });
    expect(heard).toHaveLength(1);
    expect(await ask(link)).toMatchObject({ ok: true });
    expect(states).toEqual([false, true]);
    await time.pass(60_000);
    expect(sockets).toHaveLength(3);
  });

  it("keeps trying when there is no other way", async () => {
    open();
    for (let failure = 0; failure < 5; failure++) {
      last().onclose?.();
      await time.pass(10_000);
    }
    expect(sockets).toHaveLength(6);
  });

  it("leaves nothing behind when it is closed", async () => {
    const { link } = open();
    await greet();
    link.close();
    await time.pass(60_000);
    expect(sockets).toHaveLength(1);
    expect(heard.size).toBe(0);
  });
});
