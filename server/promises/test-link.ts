import { setTimeout as delay } from "node:timers/promises";
import { io, type Socket } from "socket.io-client";
import type { Answer } from "../../shared/protocol/errors.ts";
import { PROTOCOL_VERSION } from "../../shared/protocol/version.ts";

type Asks = Record<string, { input: unknown; answer: object }>;
type Tells = Record<string, unknown>;
type News = Record<string, unknown>;
type Heard<N extends News> = { [E in keyof N & string]: { event: E; news: N[E] } }[keyof N & string];

/** A socket to one namespace with its contract's types; keeps all it hears. */
export type TestLink<A extends Asks, T extends Tells, N extends News> = {
  socket: Socket;
  heard: Heard<N>[];
  ask<E extends keyof A & string>(event: E, input: A[E]["input"]): Promise<Answer<A[E]["answer"]>>;
  /** Fails the test when refused. */
  askOk<E extends keyof A & string>(event: E, input: A[E]["input"]): Promise<A[E]["answer"]>;
  tell<E extends keyof T & string>(event: E, input: T[E]): void;
  /** The first news of this kind that fits, heard already or yet to come. */
  hear<E extends keyof N & string>(event: E, fits?: (news: N[E]) => boolean): Promise<N[E]>;
  close(): void;
};

type LinkOptions = {
  url: string;
  namespace: "/visitor" | "/rep";
  auth?: object;
  headers?: Record<string, string>;
  /** Comes back by itself after a drop, quickly. */
  isLasting?: boolean;
  answerMs?: number;
};

const hearMs = 8_000;

export function openTestLink<A extends Asks, T extends Tells, N extends News>(
  options: LinkOptions,
): TestLink<A, T, N> {
  const { url, namespace, auth = {}, headers = {}, isLasting = false, answerMs = 8_000 } = options;
  const socket = io(url + namespace, {
    path: "/socket",
    transports: ["websocket"],
    extraHeaders: { origin: url, ...headers },
    auth: { version: PROTOCOL_VERSION, ...auth },
    forceNew: true,
    reconnection: isLasting,
    reconnectionDelay: 40,
    reconnectionDelayMax: 200,
    timeout: 3_000,
  });
  const heard: Heard<N>[] = [];
  const listeners = new Set<() => void>();
  socket.onAny((event: keyof N & string, news: N[typeof event]) => {
    heard.push({ event, news } as Heard<N>); // The server types its news by the same contract.
    for (const listener of [...listeners]) listener();
  });

  async function ask<E extends keyof A & string>(event: E, input: A[E]["input"]) {
    type Given = Answer<A[E]["answer"]>;
    try {
      return (await socket.timeout(answerMs).emitWithAck(event, input)) as Given;
    } catch {
      return { ok: false, code: "unavailable" } satisfies Given;
    }
  }

  return {
    socket,
    heard,
    ask,
    async askOk(event, input) {
      const answer = await ask(event, input);
      if (!answer.ok) throw new Error(`${event} was refused: ${JSON.stringify(answer)}`);
      return answer;
    },
    tell: (event, input) => void socket.emit(event, input),
    hear(event, fits = () => true) {
      return new Promise((resolve, reject) => {
        let looked = 0;
        const look = () => {
          for (; looked < heard.length; looked++) {
            const one = heard[looked];
            if (one?.event !== event || !fits(one.news as never)) continue;
            listeners.delete(look);
            clearTimeout(timer);
            resolve(one.news as never);
            return;
          }
        };
        const timer = setTimeout(() => {
          listeners.delete(look);
          reject(new Error(`${event} was not heard; heard: ${heard.map((one) => one.event).join(" ")}`));
        }, hearMs);
        listeners.add(look);
        look();
      });
    },
    close: () => void socket.disconnect(),
  };
}

/** Resolves once the link stands; rejects with the server's code when it is refused. */
export function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.connected) return resolve();
    socket.once("connect", () => resolve());
    socket.once("connect_error", (error) => {
      const { data } = error as { data?: { code?: string } };
      if (!socket.active) reject(new Error(data?.code ?? error.message));
    });
  });
}

/** Looks again and again until the check holds: for what no news tells. */
export async function until(what: string, check: () => boolean | Promise<boolean>, limitMs = 10_000) {
  const deadline = performance.now() + limitMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${limitMs} ms`);
    await delay(15);
  }
}
