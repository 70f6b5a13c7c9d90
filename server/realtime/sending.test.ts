import type { Socket as NetSocket } from "node:net";
import type { Server, Socket } from "socket.io";
import type { Socket as ClientSocket } from "socket.io-client";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLog } from "../log.ts";
import { emitTo } from "./emit-to.ts";
import { gatherWrites } from "./gather-writes.ts";
import { startSocketIo } from "./testing.ts";

const log = createLog({ level: "silent", part: "test" });
let net: Awaited<ReturnType<typeof startSocketIo>>;
let server: Server;

beforeEach(async () => {
  net = await startSocketIo();
  server = net.server;
});
afterEach(() => net.close());

/** Both ends of a link in room `chat`. */
async function link(transport = "websocket"): Promise<{ here: Socket; there: ClientSocket }> {
  const accepted = new Promise<Socket>((resolve) => server.of("/rep").once("connection", resolve));
  const there = await net.connect([transport]);
  const here = await accepted;
  await here.join("chat");
  return { here, there };
}

function heard(client: ClientSocket, count: number): Promise<unknown[]> {
  const all: unknown[] = [];
  return new Promise((resolve) => {
    client.onAny((event, news) => {
      all.push([event, news]);
      if (all.length === count) resolve(all);
    });
  });
}

it("what is told to a link in one turn leaves in one write, in order", async () => {
  gatherWrites(server, log);

  const { here, there } = await link();
  await new Promise((resolve) => setImmediate(resolve)); // The greeting has left.
  const conn = here.conn as unknown as { transport: { socket: { _socket: NetSocket } } };
  const stream = conn.transport.socket._socket as NetSocket & Record<"_write" | "_writev", () => void>;
  const writes = [vi.spyOn(stream, "_write"), vi.spyOn(stream, "_writev")];
  const all = heard(there, 4);
  for (let turn = 1; turn <= 4; turn++) here.emit("fact:new", { turn });
  expect(await all).toEqual([1, 2, 3, 4].map((turn) => ["fact:new", { turn }]));
  expect(writes.reduce((sum, { mock }) => sum + mock.calls.length, 0)).toBe(1);
});

it.each(["websocket", "polling"])(
  "a room of few hears the same as of Socket.IO itself, over %s",
  async (transport) => {
    gatherWrites(server, log);
    const { there } = await link(transport);
    const news = { text: 'quotes " and \u{1F642}', facts: [{ seq: 1 }], none: null };
    const all = heard(there, 2);
    emitTo(server.of("/rep"), "chat", "fact:new", news);
    server.of("/rep").to("chat").emit("fact:new", news);
    const [ours, theirs] = await all;
    expect(ours).toEqual(theirs);
    expect(ours).toEqual(["fact:new", news]);
  },
);

it.each([
  ["short", "yes"],
  ["of one byte more than fits the short form", "x".repeat(126 - '42/rep,["fact:new",{"text":""}]'.length)],
  ["not ASCII", "caf\u00e9 \u{1F642}".repeat(40)],
  ["longer than 64 KB", "y".repeat(70_000)],
  ["long and not ASCII", "\u65e5".repeat(70_000)],
])("a text %s arrives whole, between two others", async (_kind, text) => {
  gatherWrites(server, log);
  const { here, there } = await link();
  const all = heard(there, 3);
  for (const words of ["before", text, "after"]) here.emit("fact:new", { text: words });
  expect(await all).toEqual(["before", text, "after"].map((words) => ["fact:new", { text: words }]));
});

it("what is not a text goes its usual way, in its turn", async () => {
  gatherWrites(server, log);
  const { here, there } = await link();
  const all = heard(there, 3);
  here.emit("fact:new", 1);
  here.emit("photo", Buffer.from([1, 2, 3]));
  here.emit("fact:new", 2);
  const [first, photo, last] = await all;
  expect([first, last]).toEqual([
    ["fact:new", 1],
    ["fact:new", 2],
  ]);
  expect([...((photo as [string, Uint8Array])[1] ?? [])]).toEqual([1, 2, 3]);
});

it("everyone in a large room hears it, and nobody outside", async () => {
  const links: Awaited<ReturnType<typeof link>>[] = [];
  while (links.length < 6) links.push(await link());
  const [outside, ...inside] = links;
  await outside?.here.leave("chat");
  const stray = vi.fn();
  outside?.there.onAny(stray);
  const all = Promise.all(inside.map(({ there }) => heard(there, 1)));
  emitTo(server.of("/rep"), "chat", "team:changed", { team: [] });
  expect(await all).toEqual(inside.map(() => [["team:changed", { team: [] }]]));
  expect(stray).not.toHaveBeenCalled();
});
