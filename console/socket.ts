import { io, type Socket } from "socket.io-client";
import { type ErrorCode, errorStatus } from "../shared/protocol/errors.ts";
import type { RepToServer, ServerToRep } from "../shared/protocol/rep-events.ts";
import { PROTOCOL_VERSION, SOCKET_PATH } from "../shared/protocol/version.ts";
import type { Clock, LinkState, RepLink } from "./ports.ts";

/** A question without an answer for so long means that the link is half open. */
const ANSWER_MS = 9_000;

/** What we use of a Socket.IO socket, untyped at the seam; the contract types it again for the models. */
export interface RawSocket {
  readonly connected: boolean;
  connect(): unknown;
  disconnect(): unknown;
  on(event: string, listen: (...args: unknown[]) => void): unknown;
  off(event: string, listen: (...args: unknown[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  readonly volatile: { emit(event: string, ...args: unknown[]): unknown };
}

/** The link to `/rep` of our own origin; the session travels in the cookie. */
export function connectRep(clock: Clock): RepLink {
  const socket: Socket<ServerToRep, RepToServer> = io("/rep", {
    path: SOCKET_PATH,
    autoConnect: false,
    auth: { version: PROTOCOL_VERSION },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 400,
    reconnectionDelayMax: 8_000,
    timeout: 8_000,
  });
  return linkOver(socket as unknown as RawSocket, clock);
}

/** The models' link over a raw socket; a fake socket in tests. */
export function linkOver(socket: RawSocket, clock: Clock): RepLink {
  const listeners = new Set<(state: LinkState) => void>();
  /** Questions that wait for an answer; all end as `unavailable` when the link does. */
  const open = new Set<() => void>();
  const say = (state: LinkState) => {
    for (const listen of [...listeners]) listen(state);
  };
  let isWanted = false;
  let cancelReconnect = (): void => undefined;

  const renew = () => {
    if (!isWanted) return;
    cancelReconnect();
    socket.disconnect();
    socket.connect();
  };

  socket.on("connect", () => say({ kind: "up" }));
  socket.on("disconnect", (reason) => {
    for (const give of [...open]) give();
    say({ kind: "down" });
    // Socket.IO does not come back by itself when the server ended the link.
    if (reason === "io server disconnect" && isWanted) {
      cancelReconnect();
      cancelReconnect = clock.after(1_000, () => socket.connect());
    }
  });
  socket.on("connect_error", (error) => {
    const code = refusalOf(error);
    if (!code) return say({ kind: "down" });
    say({ kind: "refused", code });
    // After a refusal by our server Socket.IO stops trying; what may pass is tried again.
    if (isWanted && code !== "unauthenticated" && code !== "outdated") {
      cancelReconnect();
      cancelReconnect = clock.after(3_000, () => socket.connect());
    }
  });

  return {
    ask(event, input) {
      if (!socket.connected) return Promise.resolve({ ok: false, code: "unavailable" });
      return new Promise((resolve) => {
        const finish = (answer: unknown) => {
          if (!open.delete(give)) return;
          cancel();
          // The server types its answers by the same contract.
          resolve(answer as Awaited<ReturnType<RepLink["ask"]>> as never);
        };
        const give = () => finish({ ok: false, code: "unavailable" });
        const cancel = clock.after(ANSWER_MS, () => {
          give();
          renew();
        });
        open.add(give);
        socket.emit(event, input, finish);
      });
    },
    tell(event, input) {
      socket.volatile.emit(event, input);
    },
    onNews(event, listen) {
      const hear = (news: unknown) => listen(news as Parameters<typeof listen>[0]);
      socket.on(event, hear);
      return () => {
        socket.off(event, hear);
      };
    },
    onState(listen) {
      listeners.add(listen);
      return () => listeners.delete(listen);
    },
    open() {
      isWanted = true;
      socket.connect();
    },
    renew,
    close() {
      isWanted = false;
      cancelReconnect();
      socket.disconnect();
    },
  };
}

/** The code that our server put into a refused handshake; null for a network that failed. */
function refusalOf(error: unknown): ErrorCode | null {
  const { data, message } = error as { data?: { code?: unknown }; message?: unknown };
  const code = data?.code ?? message;
  return typeof code === "string" && Object.hasOwn(errorStatus, code) ? (code as ErrorCode) : null;
}
