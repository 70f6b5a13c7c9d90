import { io, type Socket } from "socket.io-client";
import { PROTOCOL_VERSION } from "../shared/protocol/version.ts";
import { answerAsks } from "./answer-asks.ts";

// Visitors with an open chat who say nothing.

const sockets: Socket[] = [];

type Opening = { url: string; origin: string; credentials: string[]; isBare: boolean };

async function open({ url, origin, isBare }: Opening, credential: string): Promise<void> {
  const socket = io(`${url}/visitor`, {
    path: "/socket",
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    auth: { version: PROTOCOL_VERSION, credential },
    extraHeaders: { origin },
  });
  sockets.push(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
  if (!isBare) await socket.emitWithAck("conversation:sync", { conversationId: null, since: 0 });
}

answerAsks({
  async open(opening: Opening) {
    const waiting = [...opening.credentials];
    const openSome = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await open(opening, next);
    };
    await Promise.all(Array.from({ length: 24 }, openSome));
    return sockets.filter((socket) => socket.connected).length;
  },
  close() {
    for (const socket of sockets.splice(0)) socket.disconnect();
  },
});
