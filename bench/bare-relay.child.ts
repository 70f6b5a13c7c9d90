import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Namespace, Server, type Socket } from "socket.io";
import { answerAsks } from "./answer-asks.ts";

// The least a chat on Socket.IO can be: who says which room joins it, and what one sends goes to all in the room. No check,
// no number from a database, no storage. Names and shapes on the wire are Foyer's.

const http = createServer();
const io = new Server(http, { path: "/socket", serveClient: false, perMessageDeflate: false });
let said = 0;

type Message = { conversationId: string; clientId: string; text: string };
type Joining = { conversationId: string };

function serve(namespace: Namespace, by: object): void {
  namespace.use((socket, next) => {
    socket.data = { room: String(socket.handshake.auth.credential ?? "") };
    next();
  });
  namespace.on("connection", (socket: Socket) => {
    if (socket.data.room !== "") void socket.join(socket.data.room);
    socket.on("conversation:watch", ({ conversationId }: Joining, answer: (answer: object) => void) => {
      void socket.join(conversationId);
      answer({ ok: true });
    });
    socket.on(
      "message:send",
      ({ conversationId, clientId, text }: Message, answer: (answer: object) => void) => {
        said += 1;
        const fact = { seq: said, at: Date.now(), by, body: { kind: "message", text }, clientId };
        const news = { conversationId, facts: [fact] };
        io.of("/visitor").to(conversationId).emit("fact:new", news);
        io.of("/rep").to(conversationId).emit("fact:new", news);
        answer({ ok: true, seq: fact.seq, at: fact.at });
      },
    );
  });
}

serve(io.of("/visitor"), { kind: "visitor" });
serve(io.of("/rep"), { kind: "rep", id: "00000000-0000-7000-8000-000000000000" });

answerAsks({
  listen: () =>
    new Promise((resolve, reject) => {
      http.once("error", reject);
      http.listen(0, "127.0.0.1", () => resolve((http.address() as AddressInfo).port)); // Listening on TCP.
    }),
});
