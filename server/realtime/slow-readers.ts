import type { Server } from "socket.io";
import { limits } from "../../shared/protocol/limits.ts";
import type { Log } from "../log.ts";

/** The parts of a transport that tell what still waits; the WebSocket one only, polling keeps its packets in `writeBuffer`. */
type Waiting = { transport: { socket?: { bufferedAmount?: number } }; writeBuffer: { length: number } };

const lookEveryMs = 250;
/** Packets that wait when the transport itself takes no more. */
const mostWaitingPackets = 4_000;

/** Cuts a link whose reader has stopped reading: it resyncs when it comes back, while we would grow without limit. */
export function cutSlowReaders(io: Server, log: Log): () => void {
  const links = new Set<Waiting & { close(discard?: boolean): void }>();
  io.engine.on(
    "connection",
    (link: Waiting & { close(discard?: boolean): void; once(e: string, f: () => void): void }) => {
      links.add(link);
      link.once("close", () => links.delete(link));
    },
  );
  const timer = setInterval(() => {
    for (const link of links) {
      const bytes = link.transport.socket?.bufferedAmount ?? 0;
      if (bytes <= limits.waitingBytes && link.writeBuffer.length <= mostWaitingPackets) continue;
      log.info({ bytes, packets: link.writeBuffer.length }, "a slow reader was cut");
      links.delete(link);
      link.close(true);
    }
  }, lookEveryMs);
  return () => clearInterval(timer);
}
