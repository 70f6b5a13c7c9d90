import { randomUUID } from "node:crypto";
import type { Socket } from "socket.io";
import type { z } from "zod";
import type { Refusal } from "../../shared/protocol/errors.ts";
import { toRefusal } from "../errors.ts";
import type { Log } from "../log.ts";
import { type Answer, hearEvents } from "./hear-events.ts";
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
  /** Left out: whoever has the link may ask everything. */
  mayAsk?(context: Context, event: (keyof A | keyof T) & string): boolean;
};

/** Packets a link may send at once, and in the long run. A person typing sends a few a second. */
export type PacketRate = { burst: number; perSecond: number };

/**
 * The one wrapper around every socket event: rate, shape, handler, answer. No packet, however malformed, ends the
 * process: what is not understood is refused or dropped, what fails is logged once and leaves as `internal`. The table
 * is shared by all links, and each link has one listener for all events: a link shall cost little.
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

  hearEvents(socket, (event, input, answer) => {
    // The first gate: every packet counts, also of unknown events.
    const waitMs = bucket.take(performance.now());
    if (waitMs > 0) {
      refused += 1;
      answer?.({ ok: false, code: "too_many", retryAfterMs: waitMs } satisfies Refusal);
      if (refused > rate.burst * 10) socket.disconnect(true);
      return;
    }
    if (!socket.connected) return;
    if (isKeyOf(table.asks, event)) answerAsk(table, context, event, input, answer, log);
    else if (isKeyOf(table.tells, event)) takeTell(table, context, event, input, log);
  });
  socket.on("error", (error) => log.debug({ err: error }, "a socket reported an error"));
}

/** Own keys only: `constructor` is no event of ours. */
function isKeyOf<T extends object>(table: T, event: string): event is keyof T & string {
  return Object.hasOwn(table, event);
}

function answerAsk<A extends Asks, T, Context>(
  table: EventTable<A, T, Context>,
  context: Context,
  event: keyof A & string,
  given: unknown,
  answer: Answer | null,
  log: Log,
): void {
  if (answer === null) return; // An ask without an ack cannot be answered: dropped.
  if (table.mayAsk?.(context, event) === false) {
    answer({ ok: false, code: "forbidden" } satisfies Refusal);
    return;
  }
  const input = table.askSchemas[event].safeParse(given);
  if (!input.success) {
    const field = input.error.issues[0]?.path.join(".") ?? "";
    answer({ ok: false, code: "invalid_input", field } satisfies Refusal);
    return;
  }
  const refuse = (error: unknown) => answer(toRefusal(error, placeOf(event), log));
  try {
    table.asks[event](context, input.data)
      .then((result) => answer({ ok: true, ...result }), refuse)
      .catch((error: unknown) => log.error({ err: error }, "an answer could not be given"));
  } catch (error) {
    refuse(error); // A handler that failed before its first wait.
  }
}

function takeTell<A extends Asks, T, Context>(
  table: EventTable<A, T, Context>,
  context: Context,
  event: keyof T & string,
  given: unknown,
  log: Log,
): void {
  if (table.mayAsk?.(context, event) === false) return;
  const input = table.tellSchemas[event].safeParse(given);
  if (!input.success) return;
  try {
    table.tells[event](context, input.data);
  } catch (error) {
    toRefusal(error, placeOf(event), log); // Logged; nobody waits for an answer.
  }
}

function placeOf(event: string) {
  return { requestId: randomUUID(), route: event };
}
