import { randomUUID } from "node:crypto";
import type { Request, RequestHandler, Response } from "express";
import type { z } from "zod";
import { type ErrorCode, errorStatus, type Refusal } from "../../shared/protocol/errors.ts";
import { AppError, toRefusal } from "../errors.ts";
import type { Log } from "../log.ts";
import { hasBearer } from "./bearer.ts";
import { networkOf } from "./networks.ts";
import { isFromNoPage, type OriginCheck } from "./origins.ts";

/** What every route is told about the request, whoever asks. */
export type RequestInfo = {
  requestId: string;
  /** The caller's network, for limits; never stored. */
  network: string;
  request: Request;
  response: Response;
};

export type RequestDeps = {
  origins: OriginCheck;
  log: Log;
  /** For the metrics; `name` is the route's, never the address that was asked for. */
  onAnswer?: (name: string, status: number, seconds: number) => void;
};

/**
 * The outermost layer of every JSON route: an id, the origin, one answer, whatever happens. What is thrown leaves as
 * a refusal; what nobody expected is logged once under the id and leaves as `internal`.
 */
export function handleRequest(
  { origins, log, onAnswer }: RequestDeps,
  name: string,
  work: (info: RequestInfo) => Promise<object>,
): RequestHandler {
  return (request, response, next) => {
    const info: RequestInfo = { requestId: randomUUID(), network: networkOf(request.ip), request, response };
    const startedAt = performance.now();
    answer().catch(next); // Only a broken connection gets here.

    async function answer() {
      response.setHeader("Cache-Control", "no-store");
      try {
        if (request.method !== "GET" && request.method !== "HEAD") refuseForeignWrite(request, origins);
        const result = await work(info);
        // A route that sends a file has answered already.
        if (!response.headersSent) response.json({ ok: true, ...result });
      } catch (error) {
        sendRefusal(response, toRefusal(error, { requestId: info.requestId, route: name }, log));
      }
      onAnswer?.(name, response.statusCode, (performance.now() - startedAt) / 1_000);
    }
  };
}

/**
 * A form of another site can send a cookie, but neither our origin nor JSON. What comes with a bearer token and from no
 * page at all is an app's: nothing in it was sent by a browser on its own.
 */
function refuseForeignWrite(request: Request, origins: OriginCheck): void {
  const isFromApp = hasBearer(request.headers) && isFromNoPage(request.headers);
  if (!isFromApp && !origins.isFromOurPage(request.headers)) throw new AppError("forbidden");
  const type = request.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new AppError("invalid_input", { field: "content-type" });
}

export function sendRefusal(response: Response, refusal: Refusal): void {
  if (response.headersSent) {
    response.end();
    return;
  }
  if (refusal.retryAfterMs !== undefined)
    response.setHeader("Retry-After", String(Math.ceil(refusal.retryAfterMs / 1_000)));
  response.setHeader("Cache-Control", "no-store");
  response.status(errorStatus[refusal.code]).json(refusal);
}

export function refuse(code: ErrorCode, details: Omit<Refusal, "ok" | "code"> = {}): Refusal {
  return { ok: false, code, ...details };
}

/** Parses, or refuses with the first field that will not do. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw new AppError("invalid_input", { field: parsed.error.issues[0]?.path.join(".") ?? "" });
}
