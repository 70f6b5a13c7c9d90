import type { ErrorCode, Refusal } from "../shared/protocol/errors.ts";
import type { Log } from "./log.ts";

type Details = Omit<Refusal, "ok" | "code">;

/** A refusal on its way out. What is expected (a slot taken, a rep offline) is a return value; this is for the rest. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    readonly details: Details = {},
  ) {
    super(code);
  }

  toRefusal(): Refusal {
    return { ok: false, code: this.code, ...this.details };
  }
}

/**
 * The one place where an error becomes what the network may see: what nobody expected is logged once under the request's
 * id and leaves as `internal`. `route` is the route or event, never the address that was asked for.
 */
export function toRefusal(error: unknown, place: { requestId: string; route: string }, log: Log): Refusal {
  if (error instanceof AppError) return error.toRefusal();
  const { requestId } = place;
  if (isDatabaseAway(error)) {
    log.warn({ err: error, ...place }, "the database did not answer a request");
    return { ok: false, code: "unavailable", requestId, retryAfterMs: 2_000 };
  }
  log.error({ err: error, ...place }, "a request failed");
  return { ok: false, code: "internal", requestId };
}

/** Lost connections, a server that starts or stops, no connection free: it will pass. */
function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  if (/^(08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code)) return true;
  // pg gives these two no code.
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message);
}
