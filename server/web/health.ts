import { Router } from "express";
import { AppError } from "../errors.ts";
import { handleRequest, type RequestDeps } from "./handle-request.ts";
import type { Metrics } from "./metrics.ts";
import { isPrivateAddress } from "./networks.ts";

const answerWithinMs = 2_000;

export type HealthDeps = RequestDeps & { pool: { query(text: string): Promise<unknown> }; metrics: Metrics };

/**
 * `GET /healthz`: 200 while the database answers, else 503. `GET /metrics`: for this machine and private networks only,
 * as the address behind the trusted proxies says; to all others it does not exist.
 */
export function healthRoutes(deps: HealthDeps): Router {
  const { pool, metrics } = deps;
  const router = Router();
  router.get(
    "/healthz",
    handleRequest(deps, "GET /healthz", async () => {
      await withinTime(pool.query("select 1"));
      return {};
    }),
  );
  router.get("/metrics", (request, response, next) => {
    // A proxy that TRUST_PROXY does not name has an inside address itself: whoever it speaks for may be anybody.
    const isSpokenFor = request.headers["x-forwarded-for"] !== undefined && request.ips.length === 0;
    if (isSpokenFor || !isPrivateAddress(request.ip)) return next();
    metrics.registry.metrics().then((text) => {
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Content-Type", metrics.registry.contentType);
      response.end(text);
    }, next);
    return undefined;
  });
  return router;
}

async function withinTime(query: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError("unavailable")), answerWithinMs);
  });
  try {
    await Promise.race([query, late]);
  } catch {
    throw new AppError("unavailable"); // Whatever the reason: the pool has logged it.
  } finally {
    clearTimeout(timer);
  }
}
