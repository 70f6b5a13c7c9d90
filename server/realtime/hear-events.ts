import type { Socket } from "socket.io";

/** Answers an ask; nothing for an event without one. */
export type Answer = (result: object) => void;
export type TakeEvent = (event: string, input: unknown, answer: Answer | null) => void;

type Listener = (data: Buffer, isBinary: boolean) => void;
/** What we reach into of engine.io and ws; none of it is promised, so it is looked at before use. */
type WebSocket = {
  listeners(event: "message"): Listener[];
  removeListener(event: "message", listener: Listener): void;
  on(event: "message", listener: Listener): void;
};
type Link = {
  transport: { name: string; socket?: WebSocket };
  /** Ends a link that is silent for too long; whatever arrives shows that it is not. */
  pingTimeoutTimer?: { refresh?(): void } | null;
  once(event: string, listener: () => void): void;
};
type Client = { writeToEngine?(packets: readonly string[], options: { compress: boolean }): void };

type ReadPlain = (text: string) => boolean;
/** Who reads the plain events of a WebSocket, by namespace: one listener however often a namespace is left and joined. */
const readersOf = new WeakMap<WebSocket, Map<string, ReadPlain>>();

/**
 * Hears all events of a link. Over a WebSocket a plain event is read where it arrives; everything else, and every event of
 * another transport, goes through Socket.IO's parser and its emitters, which cost as much as all we do with a message.
 */
export function hearEvents(socket: Socket, take: TakeEvent): void {
  socket.onAny((event: unknown, ...args: unknown[]) => {
    if (typeof event !== "string") return;
    const last = args[args.length - 1];
    take(event, args[0], typeof last === "function" ? (last as Answer) : null); // Socket.IO's own ack.
  });
  const link = socket.conn as unknown as Link;
  if (link.transport.name === "websocket") readAhead(socket, link, take);
  else link.once("upgrade", () => readAhead(socket, link, take));
}

function readAhead(socket: Socket, link: Link, take: TakeEvent): void {
  const webSocket = link.transport.socket;
  const client = socket.client as unknown as Client;
  if (webSocket === undefined || !socket.connected || !client.writeToEngine) return;
  const readers = readersOf.get(webSocket) ?? listenTo(webSocket, link);
  if (readers === null) return;
  const { name } = socket.nsp;
  const prefix = `42${name},`;
  const read: ReadPlain = (text) => {
    const plain = readEvent(text, prefix);
    if (plain === null) return false;
    const { event, input, id } = plain;
    const answer: Answer = (result) =>
      client.writeToEngine?.([`3${name},${id}[${JSON.stringify(result)}]`], { compress: false });
    take(event, input, id === "" ? null : answer);
    return true;
  };
  readers.set(name, read);
  socket.once("disconnect", () => {
    if (readers.get(name) === read) readers.delete(name);
  });
}

/** Stands before the one listener of engine.io; null when it is not alone. */
function listenTo(webSocket: WebSocket, link: Link): Map<string, ReadPlain> | null {
  const [theirs, ...more] = webSocket.listeners("message");
  if (theirs === undefined || more.length > 0) return null;
  const readers = new Map<string, ReadPlain>();
  webSocket.removeListener("message", theirs);
  webSocket.on("message", (data, isBinary) => {
    if (!isBinary && readers.size > 0) {
      const text = data.toString();
      for (const read of readers.values()) {
        if (!read(text)) continue;
        link.pingTimeoutTimer?.refresh?.();
        return;
      }
    }
    theirs.call(webSocket, data, isBinary);
  });
  readersOf.set(webSocket, readers);
  return readers;
}

/**
 * An event of Socket.IO (protocol 5, after engine.io's "4" for a message): 2, namespace and comma, perhaps the id of its
 * ack, then the name and one argument as JSON. Null for whatever is not exactly that.
 */
export function readEvent(
  text: string,
  prefix: string,
): { event: string; input: unknown; id: string } | null {
  if (!text.startsWith(prefix)) return null;
  let at = prefix.length;
  while (isDigit(text.charCodeAt(at))) at += 1;
  const id = text.slice(prefix.length, at);
  if (id.length > 15 || text.charCodeAt(at) !== bracket) return null;
  let args: unknown;
  try {
    args = JSON.parse(text.slice(at));
  } catch {
    return null; // Their parser ends the link.
  }
  if (!Array.isArray(args) || args.length > 2) return null;
  const [event, input]: unknown[] = args;
  return typeof event === "string" && !ofSocketIo.has(event) ? { event, input, id } : null;
}

const bracket = 0x5b;
/** Their parser refuses these names. */
const ofSocketIo = new Set([
  "connect",
  "connect_error",
  "disconnect",
  "disconnecting",
  "newListener",
  "removeListener",
]);

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
