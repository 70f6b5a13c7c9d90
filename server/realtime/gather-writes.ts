import type { Socket as NetSocket } from "node:net";
import type { Server } from "socket.io";
import type { Log } from "../log.ts";

type Packet = { type: string; data?: unknown };

/** What we reach into of engine.io and ws; none of it is promised, so it is looked at before use. */
type Transport = {
  name: string;
  writable: boolean;
  perMessageDeflate?: unknown;
  socket?: { readyState: number; _socket?: Pick<NetSocket, "write"> | null };
  send(packets: readonly Packet[]): void;
  /** Told when the last byte has left or failed. */
  _onSentLast?(error?: Error | null): void;
};
type Link = {
  flush(): void;
  transport: Transport;
  once(event: "upgrade", listener: () => void): void;
  /** Ours: it stands in the list of this turn. */
  isDue?: boolean;
};

/** Of a WebSocket. */
const openState = 1;

/**
 * All that is told to one link in one turn of the event loop leaves as one piece in one system call: an ack with the fact
 * it is about, the facts of one commit. Writing to the network is most of what a message costs here. Nothing is delayed
 * beyond the turn, and the order stays.
 */
export function gatherWrites(io: Server, log: Log): void {
  /**
   * Not a Set: what V8 throws away of a table that is filled and emptied all the time points at what follows, and so keeps
   * it from being collected cheaply.
   */
  let due: Link[] = [];
  let flushNow: Link["flush"] | null = null;
  let sendApart: Transport["send"] | null = null;

  function flushAll() {
    const links = due;
    due = [];
    for (const link of links) {
      link.isDue = false;
      try {
        flushNow?.call(link);
      } catch (error) {
        log.error({ err: error }, "a link could not be written to");
      }
    }
  }

  // One function for all links: a link shall cost little.
  function flushSoon(this: Link) {
    if (this.isDue) return;
    this.isDue = true;
    if (due.push(this) === 1) setImmediate(flushAll);
  }

  /** In place of a transport's own, which makes buffers, closures and writes for each packet. */
  function sendAsOne(this: Transport, packets: readonly Packet[]) {
    const { socket } = this;
    const stream = socket?.readyState === openState && !this.perMessageDeflate ? socket._socket : null;
    const frames = stream ? textFrames(packets) : null;
    if (!stream || frames === null) {
      sendApart?.call(this, packets);
      return;
    }
    this.writable = false;
    if (typeof frames === "string") stream.write(frames, "latin1", this._onSentLast);
    else stream.write(frames, this._onSentLast);
  }

  function prepare({ transport }: Link) {
    if (transport.name !== "websocket" || typeof transport._onSentLast !== "function") return;
    sendApart ??= transport.send;
    transport.send = sendAsOne;
  }

  io.engine.on("connection", (link: Link) => {
    if (typeof link.flush !== "function") return; // Another engine: packets leave one by one, as ever.
    flushNow ??= link.flush;
    link.flush = flushSoon;
    link.isDue = false;
    prepare(link);
    if (link.transport.name !== "websocket") link.once("upgrade", () => prepare(link));
  });
}

/**
 * The WebSocket frames (RFC 6455, section 5.2: whole, unmasked, of text) of engine.io's messages ("4" before each), or null
 * when one is not a text. Plain ASCII stays a string, which Node sends without a copy of ours.
 */
function textFrames(packets: readonly Packet[]): string | Buffer | null {
  let text = "";
  let isAscii = true;
  for (const { type, data } of packets) {
    if (type !== "message" || typeof data !== "string") return null;
    const bytes = Buffer.byteLength(data);
    isAscii &&= bytes === data.length;
    text += frameHead(bytes + 1);
    text += "4";
    text += data;
  }
  return isAscii ? text : inUtf8(packets);
}

function inUtf8(packets: readonly Packet[]): Buffer {
  const parts: Buffer[] = [];
  for (const { data } of packets) {
    const body = Buffer.from(`4${data}`);
    parts.push(Buffer.from(frameHead(body.length), "latin1"), body);
  }
  return Buffer.concat(parts);
}

/** A character for each byte. */
function frameHead(bytes: number): string {
  if (bytes < 126) return `\x81${String.fromCharCode(bytes)}`;
  if (bytes < 65_536) return `\x81\x7e${String.fromCharCode(bytes >> 8, bytes & 0xff)}`;
  return `\x81\x7f\0\0\0\0${String.fromCharCode(bytes >>> 24, (bytes >> 16) & 0xff, (bytes >> 8) & 0xff, bytes & 0xff)}`;
}
