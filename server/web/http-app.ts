import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from "express";
import { AppError, toRefusal } from "../errors.ts";
import type { Log } from "../log.ts";
import { refuse, sendRefusal } from "./handle-request.ts";
import { describeApi } from "./openapi.ts";
import type { OriginCheck } from "./origins.ts";
import { securityHeaders } from "./security-headers.ts";

export type HttpAppDeps = {
  config: { publicUrl: string; trustedProxies: string };
  log: Log;
  /** Routers that read their bodies themselves (the beacon). */
  beforeParsing: readonly Router[];
  /** The contract's routers, health, pages; in the order given. */
  routers: readonly RequestHandler[];
};

const mostBodyBytes = 65_536;
const mostMetadataBytes = 524_288;

/** The express application: headers, bodies, routers, and one kind of refusal for whatever is left. */
export function createHttpApp({ config, log, beforeParsing, routers }: HttpAppDeps): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag"); // Answers of the API are never kept; pages and files have their own.
  // Only these may tell us who the caller is: else anybody could pretend to be another network.
  app.set(
    "trust proxy",
    config.trustedProxies
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean),
  );
  app.use(securityHeaders(config.publicUrl));
  for (const router of beforeParsing) app.use(router);
  // A provider's metadata is pasted whole.
  app.use(
    "/api/sso/metadata",
    express.json({ limit: mostMetadataBytes, inflate: false, type: "application/json" }),
  );
  app.use(
    ["/api", "/visitor"],
    express.json({ limit: mostBodyBytes, inflate: false, type: "application/json" }),
  );
  for (const router of routers) app.use(router);
  let description: object | null = null;
  app.get("/openapi.json", (_request, response) => {
    description ??= describeApi(config.publicUrl);
    response.setHeader("Cache-Control", "public, max-age=300");
    response.json(description);
  });
  app.use((_request, response) => sendRefusal(response, refuse("not_found")));
  app.use(refuseErrors(log));
  return app;
}

/** A server that no slow or silent client can hold up. */
export function createHttpServer(app: Express): Server {
  const server = createServer(app);
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  // Longer than a balancer keeps its connections, or it would use one that we are just closing.
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  return server;
}

/** For routers that are not part of the contract: refuses writes that no page of ours sent. */
export function requireOwnOrigin(origins: OriginCheck): RequestHandler {
  return (request, response, next) => {
    if (origins.isFromOurPage(request.headers)) next();
    else sendRefusal(response, refuse("forbidden"));
  };
}

/** What express and its body parser throw says its HTTP status; what routers threw by mistake is logged. */
function refuseErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const place = { requestId: randomUUID(), route: `${request.method} (unrouted)` };
    sendRefusal(response, toRefusal(asRefused(error), place, log));
  };
}

function asRefused(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError || !("status" in error)) return error;
  const { status } = error;
  if (status === 413) return new AppError("too_large");
  if (status === 404) return new AppError("not_found");
  // Malformed JSON or path, an unknown charset or coding, a body cut short.
  return typeof status === "number" && status >= 400 && status < 500 ? new AppError("invalid_input") : error;
}
