import { PROTOCOL_VERSION, SOCKET_PATH } from "../../shared/protocol/version.ts";
import type { FrameHost } from "./host.ts";
import type { Asked, Clock, VisitorLink } from "./link.ts";

const ANSWER_MS = 8_000;
const CONNECT_MS = 10_000;
const LONGEST_MS = 10_000;
/** After so many failures without a success, a network that blocks WebSockets is suspected. */
const TRIES = 3;

type Listener = (news: never) => void;
type LinkParts = {
  host: Pick<FrameHost, "credential">;
  clock: Clock;
  origin: string;
  open(address: string): WebSocket;
  /** Another way to the server, where WebSockets do not get through; null if that is not what is wrong. */
  fallback(): Promise<VisitorLink | null>;
};

/**
 * The visitor's link in the Socket.IO protocol (version 5 over Engine.IO 4), WebSocket only. socket.io-client is 13 KB and
 * can do much that a visitor's chat never asks of it; this is one. It is fetched only where WebSockets are blocked (socket.ts).
 */
export function openWebSocketLink({ host, clock, origin, open, fallback }: LinkParts): VisitorLink {
  const listeners: [string, Listener][] = [];
  const onStates: ((isUp: boolean) => void)[] = [];
  const asked = new Map<string, (answer: Asked<never>) => void>();
  let other: VisitorLink | null = null;
  let socket: WebSocket | null = null;
  let credential = "";
  let isUp = false;
  let isOver = false;
  let wasUp = false;
  let failures = 0;
  let asks = 0;
  let cancelTimer: (() => void) | undefined;

  const setUp = (next: boolean) => {
    if (isUp === next) return;
    isUp = next;
    for (const listener of onStates) listener(next);
  };
  const connect = () => {
    if (socket || isOver || other) return;
    cancelTimer?.();
    cancelTimer = clock.after(CONNECT_MS, drop);
    const mine = open(`${origin.replace(/^http/, "ws")}${SOCKET_PATH}/?EIO=4&transport=websocket`);
    socket = mine;
    // Read after each wait: by then this socket may have been given up.
    mine.onmessage = ({ data }) => socket === mine && void receive(mine, String(data));
    mine.onclose = () => socket === mine && drop();
  };
  /** Gives this socket up, whatever it still does, and tries again after a growing, jittered while. */
  const drop = () => {
    const gone = socket;
    socket = null;
    gone?.close();
    setUp(false);
    for (const answer of asked.values()) answer({ ok: false, code: "unavailable" });
    cancelTimer?.();
    if (isOver) return;
    const wait = Math.min(LONGEST_MS, 500 * 2 ** failures++) * (0.5 + clock.random());
    cancelTimer = clock.after(wait, connect);
    if (failures === TRIES && !wasUp) void takeOther();
  };
  const takeOther = async () => {
    other = await fallback();
    if (!other || isOver) return;
    cancelTimer?.();
    for (const [event, listener] of listeners) other.listen({ [event]: listener });
    other.onState(setUp);
  };
  const receive = async (from: WebSocket, data: string) => {
    if (data[0] === "0") {
      credential = await host.credential();
      if (from === socket)
        from.send(`40/visitor,${JSON.stringify({ version: PROTOCOL_VERSION, credential })}`);
    } else if (data[0] === "2") from.send("3");
    // The message kinds: 0 connected, 1 disconnected, 2 event, 3 answer, 4 refused.
    const [, kind, id, body] = /^4(\d)\/visitor,?(\d*)(.*)$/s.exec(data) ?? [];
    if (kind === undefined || id === undefined) return;
    if (kind === "0") {
      cancelTimer?.();
      failures = 0;
      wasUp = true;
      setUp(true);
    } else if (kind === "1") drop();
    else {
      const told = JSON.parse(body ?? "");
      if (kind === "2") {
        for (const [event, listener] of listeners) if (event === told[0]) listener(told[1] as never);
      } else if (kind === "3") asked.get(id)?.(told[0]);
      else if (told.data?.code === "outdated") location.reload();
      else {
        if (told.data?.code === "unauthenticated") await host.credential(credential);
        drop();
      }
    }
  };
  // Back on the network: no need to wait any longer.
  const wake = () => {
    if (!isUp) connect();
  };
  addEventListener("online", wake);
  // A line that is cut says nothing for half a minute; the browser knows at once.
  addEventListener("offline", drop);
  connect();

  return {
    ask: (event, input) =>
      other?.ask(event, input) ??
      new Promise((resolve) => {
        if (!isUp) return resolve({ ok: false, code: "unavailable" });
        const id = `${asks++}`;
        const finish = (answer: Asked<never>) => {
          cancel();
          asked.delete(id);
          resolve(answer);
        };
        const cancel = clock.after(ANSWER_MS, () => finish({ ok: false, code: "unavailable" }));
        asked.set(id, finish);
        socket?.send(`42/visitor,${id}${JSON.stringify([event, input])}`);
      }),
    tell(event, input) {
      if (other) other.tell(event, input);
      else if (isUp) socket?.send(`42/visitor,${JSON.stringify([event, input])}`);
    },
    listen(added) {
      listeners.push(...(Object.entries(added) as [string, Listener][]));
    },
    onState(listener) {
      listener(isUp);
      onStates.push(listener);
    },
    reconnect() {
      if (other) return other.reconnect();
      failures = 0;
      drop();
    },
    close() {
      isOver = true;
      removeEventListener("online", wake);
      removeEventListener("offline", drop);
      other?.close();
      drop();
    },
  };
}
