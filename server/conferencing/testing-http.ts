import { createServer, type IncomingMessage } from "node:http";

// What the simulators of services with rooms have in common: a server on loopback, and what can go wrong on the way to it.

export type Asked = { method: string; url: URL; json: unknown };
export type SimAnswer = { status: number; headers?: Record<string, string>; json?: unknown };

export type Simulator = {
  url: string;
  /** Everything that was asked, in order. */
  asked: Asked[];
  /** The next request is answered so, and not carried out. */
  answerNext(answer: SimAnswer): void;
  /** The next request of this method is carried out, and its answer lost. */
  loseAnswerTo(method: string): void;
  /** What no service of this kind would have taken; tests expect none. */
  complaints: string[];
  close(): Promise<void>;
};

export const testToken = "a token of the tests";

export async function startSimulator(
  answer: (asked: Asked, complain: (what: string) => void) => SimAnswer,
): Promise<Simulator> {
  const asked: Asked[] = [];
  const complaints: string[] = [];
  const planned: SimAnswer[] = [];
  let lostMethod: string | null = null;
  const server = createServer((request, response) => {
    readBody(request).then(
      (text) => {
        const url = new URL(request.url ?? "/", "http://127.0.0.1");
        const one = { method: request.method ?? "GET", url, json: text === "" ? null : JSON.parse(text) };
        asked.push(one);
        const isKnown = request.headers.authorization === `Bearer ${testToken}`;
        const unknown: SimAnswer = { status: 401, json: { code: 124, message: "Invalid access token." } };
        const given = planned.shift() ?? (isKnown ? answer(one, (what) => complaints.push(what)) : unknown);
        if (lostMethod === one.method) {
          lostMethod = null;
          response.destroy();
          return;
        }
        response.writeHead(given.status, { "content-type": "application/json", ...given.headers });
        response.end(given.json === undefined ? "" : JSON.stringify(given.json));
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    asked,
    complaints,
    answerNext: (given) => {
      planned.push(given);
    },
    loseAnswerTo: (method) => {
      lostMethod = method;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
