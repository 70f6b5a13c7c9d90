import type { Socket as NetSocket } from "node:net";
import type { Server } from "socket.io";

/** What we reach into of an engine.io link; none of it is promised, so it is looked at before use. */
type Link = {
  flush(): void;
  transport: { socket?: { _socket?: Pick<NetSocket, "cork" | "uncork"> | null } };
};

/**
 * All that is told to one link in one turn of the event loop leaves in one system call: an ack with the fact it is about,
 * the facts of one commit. Writing to the network is most of what a message costs here. Nothing is delayed beyond the
 * turn, and the order stays.
 */
export function gatherWrites(io: Server): void {
  const due = new Set<Link>();
  let flushNow: ((this: Link) => void) | null = null;

  function flushAll() {
    const links = [...due];
    due.clear();
    for (const link of links) {
      const stream = link.transport.socket?._socket;
      stream?.cork();
      try {
        flushNow?.call(link);
      } finally {
        stream?.uncork();
      }
    }
  }

  // One function for all links: a link shall cost little.
  function flushSoon(this: Link) {
    if (due.size === 0) setImmediate(flushAll);
    due.add(this);
  }

  io.engine.on("connection", (link: Link) => {
    if (typeof link.flush !== "function") return; // Another engine: packets leave one by one, as ever.
    flushNow ??= link.flush;
    link.flush = flushSoon;
  });
}
