import { io, type Socket } from "socket.io-client";
import type { ServerToVisitor, VisitorToServer } from "../../shared/protocol/visitor-events.ts";
import type { FrameHost } from "./host.ts";
import type { Asked, VisitorLink } from "./link.ts";

const ANSWER_MS = 8_000;

/** The link by polling, over socket.io-client: fetched only where a network lets no WebSocket through. */
export function openPollingLink(
  host: Pick<FrameHost, "credential">,
  // Handed in: what both modules imported would become a file of its own, and a request for every chat.
  { path, version }: { path: string; version: number },
): VisitorLink {
  let credential = "";
  const socket: Socket<ServerToVisitor, VisitorToServer> = io("/visitor", {
    path,
    transports: ["polling"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    auth: (give) => {
      void host.credential().then((held) => {
        credential = held;
        give({ version, credential });
      });
    },
  });
  const again = () => setTimeout(() => socket.connect(), 1_000 + Math.random() * 2_000);
  socket.on("connect_error", (error) => {
    // Refused by a code: Socket.IO does not try again by itself then.
    const code = (error as { data?: { code?: string } }).data?.code;
    if (code === "outdated") location.reload();
    else if (code === "unauthenticated") void host.credential(credential).then(again);
    else if (code) again();
  });
  socket.on("disconnect", (reason) => {
    if (reason === "io server disconnect") again();
  });

  return {
    ask: (event, input) =>
      new Promise((resolve) => {
        const lost = { ok: false, code: "unavailable" } as const;
        if (!socket.connected) return resolve(lost);
        // The generic event loses its argument types here and below; the interface keeps them.
        const timed = socket.timeout(ANSWER_MS);
        const emit = timed.emit as (
          event: string,
          input: unknown,
          done: (error: Error | null, answer: Asked<never>) => void,
        ) => void;
        emit.call(timed, event, input, (error, answer) => resolve(error ? lost : answer));
      }),
    tell(event, input) {
      (socket.volatile.emit as (event: string, input: unknown) => void).call(socket.volatile, event, input);
    },
    listen(listeners) {
      for (const [event, listener] of Object.entries(listeners))
        socket.on(event as "fact:new", listener as never);
    },
    onState(listener) {
      listener(socket.connected);
      socket.on("connect", () => listener(true));
      socket.on("disconnect", () => listener(false));
    },
    reconnect() {
      socket.disconnect().connect();
    },
    close() {
      socket.disconnect();
    },
  };
}
