import { createServer, type Socket } from "node:net";

export type TakenMail = { from: string; to: string[]; data: string };

/**
 * A mail server for tests, on loopback: takes what it is sent, or answers the recipient as `refuseWith` says ("550 no such user").
 */
export async function startSmtpSink() {
  const taken: TakenMail[] = [];
  const answers: { refuseWith: string | null } = { refuseWith: null };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.setEncoding("utf8");
    let buffer = "";
    let mail: TakenMail = { from: "", to: [], data: "" };
    let isData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 sink");
    socket.on("data", (chunk: string) => {
      buffer += chunk;
      for (;;) {
        const end = buffer.indexOf(isData ? "\r\n.\r\n" : "\r\n");
        if (end < 0) return;
        const text = buffer.slice(0, end);
        buffer = buffer.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          taken.push({ ...mail, data: text.replace(/\r\n\.\./g, "\r\n.") });
          mail = { from: "", to: [], data: "" };
          say("250 taken");
        } else {
          command(text);
        }
      }
    });
    function command(text: string) {
      const verb = text.slice(0, 4).toUpperCase();
      if (verb === "EHLO") say("250-sink\r\n250 8BITMIME");
      else if (verb === "MAIL") {
        mail = { from: text, to: [], data: "" };
        say("250 ok");
      } else if (verb === "RCPT" && answers.refuseWith !== null) say(answers.refuseWith);
      else if (verb === "RCPT") {
        mail.to.push(text);
        say("250 ok");
      } else if (verb === "DATA") {
        isData = true;
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}?from=hello@foyer.example`,
    taken,
    answers,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
