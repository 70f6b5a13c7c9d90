import express, { type Request, type RequestHandler, type Response, Router } from "express";
import type { Kysely } from "kysely";
import { toldLineField } from "../../../shared/protocol/fields.ts";
import {
  deviceAuthorizationForm,
  deviceCodeGrant,
  type OAuthError,
  tokenForm,
} from "../../../shared/protocol/oauth.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { deviceOf } from "../../visitors/device.ts";
import { isLoopback, networkOf, widerNetworkOf } from "../../web/networks.ts";
import { createRateLimiter } from "../../web/rate-limit.ts";
import { exchangeDeviceCode } from "./exchange-device-code.ts";
import { requestDeviceCode } from "./request-device-code.ts";

export type OAuthRoutesDeps = { db: Kysely<Database>; publicUrl: string; log: Log };

/** Apps that one network may start to sign in; each writes a row that lives for an hour. */
const codesLimit = { points: 60, seconds: 600 };
/** A dozen apps that poll every five seconds, and some that are in a hurry. */
const pollLimit = { points: 300, seconds: 60 };
/** Also where every caller looks like this machine, behind a proxy that is not trusted. */
const codesOfAll = { points: 2_000, seconds: 600 };

/**
 * Device authorization (RFC 8628) with its metadata (RFC 8414), in the words of those RFCs. No cookie is read and no origin
 * asked: what an app sends is its own, and all it can get is what a person lets it have.
 */
export function oauthRoutes({ db, publicUrl, log }: OAuthRoutesDeps): Router {
  const routes = Router();
  const codes = createRateLimiter(codesLimit);
  const allCodes = createRateLimiter(codesOfAll);
  const polls = createRateLimiter(pollLimit);
  const form = express.urlencoded({ extended: false, limit: 4_096, inflate: false, parameterLimit: 20 });

  routes.get("/.well-known/oauth-authorization-server", (_request, response) => {
    response.setHeader("Cache-Control", "public, max-age=3600");
    response.json({
      issuer: new URL(publicUrl).origin,
      token_endpoint: new URL("/oauth/token", publicUrl).href,
      device_authorization_endpoint: new URL("/oauth/device_authorization", publicUrl).href,
      response_types_supported: [],
      grant_types_supported: [deviceCodeGrant],
      token_endpoint_auth_methods_supported: ["none"],
    });
  });

  routes.post(
    "/oauth/device_authorization",
    form,
    answer(async (request, response) => {
      const network = networkOf(request.ip);
      // One network's own first: whoever is over theirs takes nothing from everybody's.
      if (!isLoopback(network)) await codes.take(widerNetworkOf(network));
      await allCodes.take("all");
      const input = deviceAuthorizationForm.safeParse(request.body ?? {});
      if (!input.success) return refuse(response, "invalid_request");
      const device = deviceName(request.get("user-agent") ?? "");
      const app = { name: input.data.client_id, device, network };
      response.json(await requestDeviceCode({ db, publicUrl }, app));
    }),
  );

  routes.post(
    "/oauth/token",
    form,
    answer(async (request, response) => {
      const network = networkOf(request.ip);
      if (!isLoopback(network)) await polls.take(network);
      const grant: unknown = request.body?.grant_type;
      if (typeof grant === "string" && grant !== deviceCodeGrant)
        return refuse(response, "unsupported_grant_type");
      const input = tokenForm.safeParse(request.body ?? {});
      if (!input.success) return refuse(response, "invalid_request");
      const { device_code: deviceCode, client_id: clientId } = input.data;
      const exchange = await exchangeDeviceCode(db, { deviceCode, clientId });
      if ("error" in exchange) return refuse(response, exchange.error);
      response.json(exchange.answer);
    }),
  );
  return routes;

  function answer(work: (request: Request, response: Response) => Promise<unknown>): RequestHandler {
    return (request, response, next) => {
      response.setHeader("Cache-Control", "no-store");
      work(request, response).catch((error: unknown) => {
        if (error instanceof AppError && error.code === "too_many") {
          const seconds = Math.ceil((error.details.retryAfterMs ?? 1_000) / 1_000);
          response.setHeader("Retry-After", String(seconds));
          return refuse(response, "temporarily_unavailable", 429);
        }
        log.error({ err: error, route: request.path }, "an app's request failed");
        if (response.headersSent) return next(error);
        return refuse(response, "server_error", 500);
      });
    };
  }
}

function refuse(response: Response, error: OAuthError, status = 400): void {
  response.status(status).json({ error });
}

/** From the user agent, which says what it likes: "curl on Linux". */
function deviceName(userAgent: string): string {
  const program = /^[^/(]*/.exec(userAgent)?.[0] ?? "";
  const { os } = deviceOf(userAgent);
  const parts = [program, os === "Unknown" ? "" : os].filter((part) => part.trim() !== "");
  return toldLineField(80).parse(parts.join(" on "));
}
