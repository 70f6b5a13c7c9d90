import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { type Socket as ClientSocket, io } from "socket.io-client";

/** A Socket.IO server as it comes, and clients of its namespace `/rep`. */
export async function startSocketIo() {
  const http = createServer();
  const server = new Server(http, { transports: ["websocket", "polling"] });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo; // Listening on TCP.
  const clients: ClientSocket[] = [];
  return {
    server,
    async connect(transports: string[]): Promise<ClientSocket> {
      const there = io(`http://127.0.0.1:${port}/rep`, { transports, forceNew: true });
      clients.push(there);
      await new Promise<void>((resolve) => there.once("connect", resolve));
      return there;
    },
    async close() {
      for (const client of clients) client.disconnect();
      await server.close();
    },
  };
}
