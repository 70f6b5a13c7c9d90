import { randomUUID } from "node:crypto";
import type { Socket } from "socket.io";
import type { z } from "zod";
import type { Refusal } from "../../shared/protocol/errors.ts";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import { createTokenBucket } from "./token-bucket.ts";

type Asks = Record<string, { input: unknown; answer: object }>;

export type AskHandlers<A extends Asks, Context> = {
  [E in keyof A]: (context: Context, input: A[E]["input"]) => Promise<A[E]["answer"]>;
};
export type TellHandlers<T, Context> = { [E in keyof T]: (context: Context, input: T[E]) => void };
export type Schemas<T> = { [E in keyof T]: z.ZodType<T[E]> };

export type EventTable<A extends Asks, T, Context> = {
  askSchemas: { [E in keyof A]: z.ZodType<A[E]["input"]> };
  tellSchemas: Schemas<T>;
  asks: AskHandlers<A, Context>;
  tells: TellHandlers<T, Context>;
};

/** Packets a link may send at once, and in the long run. A person typing sends a few a second. */
export type PacketRate = { burst: number; perSecond: number };

/**
 * The one wrapper around every socket event: rate, shape, handler, answer. No packet, however malformed, ends the
 * process: what is not understood is refused or dropped, what fails is logged once and leaves as `internal`.
 */
export function handleEvents<A extends Asks, T, Context>(
  socket: Socket,
  context: Context,
  table: EventTable<A, T, Context>,
  rate: PacketRate,
  log: Log,
): void {
  const bucket = createTokenBucket(rate.burst, rate.perSecond);
  let refused = 0;

  // The first gate: every packet counts, also of unknown events.
  socket.use((packet, next) => {
    const waitMs = bucket.take(performance.now());
    if (waitMs === 0) return next();
    refused += 1;
    const answer: unknown = packet[packet.length - 1];
    if (typeof answer === "function")
      answer({ ok: false, code: "too_many", retryAfterMs: waitMs } satisfies Refusal);
    if (refused > rate.burst * 10) socket.disconnect(true);
    return undefined; // Not passed on: the packet ends here.
  });

  for (const event of Object.keys(table.asks) as (keyof A & string)[]) {
    const name: string = event;
    const schema = table.askSchemas[event];
    const handle = table.asks[event];
    socket.on(name, (...args: unknown[]) => {
      const answer = args[args.length - 1];
      if (typeof answer !== "function") return; // An ask without an ack cannot be answered: dropped.
      const input = schema.safeParse(args[0]);
      if (!input.success) {
        const field = input.error.issues[0]?.path.join(".") ?? "";
        answer({ ok: false, code: "invalid_input", field } satisfies Refusal);
        return;
      }
      run(() => handle(context, input.data)).then(
        (result) => answer({ ok: true, ...result }),
        (error: unknown) => answer(toRefusal(error, event, log)),
      );
    });
  }

  for (const event of Object.keys(table.tells) as (keyof T & string)[]) {
    const name: string = event;
    const schema = table.tellSchemas[event];
    const handle = table.tells[event];
    socket.on(name, (...args: unknown[]) => {
      const input = schema.safeParse(args[0]);
      if (!input.success) return;
      try {
        handle(context, input.data);
      } catch (error) {
        toRefusal(error, event, log);
      }
    });
  }

  socket.on("error", (error) => log.debug({ err: error }, "a socket reported an error"));
}

async function run<R>(work: () => Promise<R>): Promise<R> {
  return work();
}

export function toRefusal(error: unknown, event: string, log: Log): Refusal {
  if (error instanceof AppError) return error.toRefusal();
  const requestId = randomUUID();
  log.error({ err: error, event, requestId }, "an event failed");
  return { ok: false, code: "internal", requestId };
}
