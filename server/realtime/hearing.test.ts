import type { Server, Socket } from "socket.io";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { hearEvents, readEvent, type TakeEvent } from "./hear-events.ts";
import { startSocketIo } from "./testing.ts";

let net: Awaited<ReturnType<typeof startSocketIo>>;
let server: Server;

beforeEach(async () => {
  net = await startSocketIo();
  server = net.server;
});
afterEach(() => net.close());

function link(transports: string[], take: TakeEvent) {
  server.of("/rep").on("connection", (socket) => hearEvents(socket, take));
  return net.connect(transports);
}

it.each([[["websocket"]], [["polling"]], [["polling", "websocket"]]])(
  "events and asks are heard in order and answered, over %s",
  async (transports) => {
    const heard: unknown[] = [];
    const there = await link(transports, (event, input, answer) => {
      heard.push([event, input]);
      answer?.({ ok: true, echo: input });
    });
    if (transports.length > 1) {
      const { engine } = there.io;
      if (engine.transport.name !== "websocket")
        await new Promise<void>((resolve) => engine.once("upgrade", () => resolve()));
    }
    const theirs = vi.spyOn(theirParser(), "add");
    const words = { text: 'quotes " and \u{1F642}' };
    there.emit("typing:set", { isTyping: true });
    const answer = await there.emitWithAck("message:send", words);
    expect(answer).toEqual({ ok: true, echo: words });
    there.emit("nothing");
    expect(await there.emitWithAck("last", 1)).toEqual({ ok: true, echo: 1 });
    expect(heard).toEqual([
      ["typing:set", { isTyping: true }],
      ["message:send", words],
      ["nothing", undefined],
      ["last", 1],
    ]);
    const isWebSocket = transports.includes("websocket");
    expect(theirs).toHaveBeenCalledTimes(isWebSocket ? 0 : 4);
  },
);

/** The server's end of the one link there is. */
function serverEnd(): Socket {
  const [socket] = server.of("/rep").sockets.values();
  if (socket === undefined) throw new Error("nobody is connected");
  return socket;
}

/** Socket.IO's own decoder. */
function theirParser() {
  return (serverEnd().client as unknown as { decoder: { add(packet: unknown): void } }).decoder;
}

it("a link that has left the namespace is not heard any more", async () => {
  const heard: string[] = [];
  const there = await link(["websocket"], (event, _input, answer) => {
    heard.push(event);
    answer?.({});
  });
  const { engine } = there.io;
  await there.emitWithAck("one", 1);
  const left = new Promise<void>((resolve) => there.once("disconnect", () => resolve()));
  for (const socket of server.of("/rep").sockets.values()) socket.disconnect();
  await left;
  engine.write('2/rep,["two",2]');
  // Over the same link: its answer comes after whatever came before.
  there.connect();
  await new Promise<void>((resolve) => there.once("connect", resolve));
  expect(heard).toEqual(["one"]);
});

const plain = (text: string) => readEvent(text, "42/rep,");

it("reads a plain event, with and without an ack", () => {
  expect(plain('42/rep,["a",{"b":1}]')).toEqual({ event: "a", input: { b: 1 }, id: "" });
  expect(plain('42/rep,17["a"]')).toEqual({ event: "a", input: undefined, id: "17" });
});

it.each([
  ["another namespace", '42/visitor,["a"]'],
  ["another kind of packet", '43/rep,1["a"]'],
  ["a binary event", '451-/rep,["a",{"_placeholder":true,"num":0}]'],
  ["no JSON", "42/rep,[nonsense"],
  ["no list", '42/rep,{"a":1}'],
  ["no name", "42/rep,[1]"],
  ["an empty list", "42/rep,[]"],
  ["more arguments than one", '42/rep,["a",1,2]'],
  ["a name of Socket.IO's own", '42/rep,["disconnect"]'],
  ["an id that is no number", '42/rep,-1["a"]'],
  ["an id without end", `42/rep,${"1".repeat(400)}["a"]`],
  ["nothing", ""],
])("leaves %s to Socket.IO", (_kind, text) => {
  expect(plain(text)).toBeNull();
});
