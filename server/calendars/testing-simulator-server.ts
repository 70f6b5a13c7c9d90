import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestAnswer } from "./testing-account.ts";

// What the simulators of providers have in common: a server on this machine that answers JSON, and goes wrong when told to.

export type SimulatedRequest = {
  method: string;
  /** On the simulator's own origin. */
  url: URL;
  headers: IncomingHttpHeaders;
  /** What was sent as JSON; null for nothing. */
  json: unknown;
  /** Whose access it is. */
  account: string;
};
export type SimulatedAnswer = { status: number; json?: unknown; headers?: Record<string, string> };

/** Whose account a bearer token opens; null: nobody's, which is answered with 401. */
export type TokenCheck = (token: string) => string | null;

export type SimulatorServer = {
  /** `http://127.0.0.1:...`, without a slash at the end. */
  url: string;
  /** Every request since the beginning, as `GET /path`, refused ones too. */
  readonly requests: readonly string[];
  /** The next `times` requests are answered so, and do nothing. */
  failNext(answer: TestAnswer, times?: number): void;
  /** The next answer ends in its middle, and the connection with it. */
  answerHalf(): void;
  /** The next request of this method is carried out, and its answer lost. */
  loseAnswerTo(method: string): void;
  /** Every answer waits so long; 0 ends it. */
  delay(ms: number): void;
  close(): Promise<void>;
};

export async function openSimulatorServer(
  handle: (request: SimulatedRequest) => SimulatedAnswer | Promise<SimulatedAnswer>,
  options: { checkToken?: TokenCheck | undefined; unauthorized: unknown },
): Promise<SimulatorServer> {
  const checkToken = options.checkToken ?? ((token) => (token === "" ? null : token));
  const requests: string[] = [];
  const failures: TestAnswer[] = [];
  let isHalf = false;
  let lostMethod: string | undefined;
  let delayMs = 0;

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? "GET";
    const text = await bodyOf(request);
    requests.push(`${method} ${url.pathname}`);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs).unref());
    const failure = failures.shift();
    if (failure) {
      response.writeHead(failure.status, failure.headers).end(failure.text ?? "");
      return;
    }
    const account = checkToken(/^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    const { status, json, headers } =
      account === null
        ? { status: 401, json: options.unauthorized, headers: undefined }
        : await handle({ method, url, headers: request.headers, json: jsonOf(text), account });
    if (method === lostMethod) {
      lostMethod = undefined;
      request.socket.destroy();
      return;
    }
    const body = json === undefined ? "" : JSON.stringify(json);
    const length = Buffer.byteLength(body);
    response.writeHead(status, { "content-type": "application/json", "content-length": length, ...headers });
    if (!isHalf) {
      response.end(body);
      return;
    }
    isHalf = false;
    response.write(body.slice(0, Math.floor(body.length / 2)), () => request.socket.destroy());
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
    answer(request, response, url).catch((error: unknown) => {
      response.writeHead(599, { "content-type": "text/plain" }).end(`The simulator failed: ${error}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    failNext: (failure, times = 1) => {
      for (let time = 0; time < times; time++) failures.push(failure);
    },
    answerHalf: () => {
      isHalf = true;
    },
    loseAnswerTo: (method) => {
      lostMethod = method;
    },
    delay: (ms) => {
      delayMs = ms;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // No encoding was set.
  return Buffer.concat(parts).toString("utf8");
}

function jsonOf(text: string): unknown {
  return text === "" ? null : JSON.parse(text);
}
