import type { Server } from "socket.io";
import { limits } from "../../shared/protocol/limits.ts";
import type { Log } from "../log.ts";

/** What tells how much waits: packets that the transport took, and those it has not taken yet (while it is busy, or between polls). */
export type Link = {
  transport: { socket?: { bufferedAmount?: number; terminate?(): void } };
  writeBuffer: readonly { data?: string | { byteLength: number } }[];
  close(discard?: boolean): void;
  once(event: string, listener: () => void): void;
};

const lookEveryMs = 250;

/** Cuts a link whose reader has stopped reading: it resyncs when it comes back, while we would grow without limit. */
export function cutSlowReaders(io: Server, log: Log): () => void {
  const links = new Set<Link>();
  io.engine.on("connection", (link: Link) => {
    links.add(link);
    link.once("close", () => links.delete(link));
  });
  const timer = setInterval(() => {
    for (const link of links) {
      const bytes = waitingBytes(link);
      if (bytes <= limits.waitingBytes) continue;
      log.info({ bytes, packets: link.writeBuffer.length }, "a slow reader was cut");
      links.delete(link);
      cutLink(link);
    }
  }, lookEveryMs);
  return () => clearInterval(timer);
}

/** Not politely: a close would wait for an answer, behind the very bytes that nobody reads. */
export function cutLink(link: Pick<Link, "transport" | "close">): void {
  const { socket } = link.transport;
  link.close(true);
  socket?.terminate?.();
}

/** A character counts as a byte: what is asked is whether somebody reads at all. */
function waitingBytes({ transport, writeBuffer }: Link): number {
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer)
    bytes += typeof data === "string" ? data.length : (data?.byteLength ?? 0);
  return bytes;
}
