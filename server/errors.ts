import type { ErrorCode, Refusal } from "../shared/protocol/errors.ts";

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
