import { type Request, type Response, Router } from "express";
import type { ConnectOutcome } from "../../shared/protocol/connection-routes.ts";
import type { Sessions } from "../accounts/session.ts";
import { hashToken, readSessionToken, type SessionCookie } from "../accounts/session-cookie.ts";
import { toRefusal } from "../errors.ts";
import type { Log } from "../log.ts";
import { networkOf } from "../web/networks.ts";
import { createRateLimiter } from "../web/rate-limit.ts";
import { approvedPage, approvedPolicy } from "./approved-page.ts";
import { connectCookieFor, formatEndedConnectCookie } from "./connect-cookie.ts";
import type { ConnectionDeps } from "./deps.ts";
import { finishConnection } from "./finish-connection.ts";
import { takeFlow } from "./flow-store.ts";
import { approvedState } from "./waits.ts";

type CallbackDeps = { connections: ConnectionDeps; cookie: SessionCookie; sessions: Sessions; log: Log };

/** Whole offices connect on the day that it is set up. */
const answersPerNetwork = { points: 300, seconds: 60 };
/** Where whoever cannot be led back to where they began finds their accounts. */
const home = "/console/me/calendars";

/**
 * Where providers send browsers back to. The answer counts for the browser that began, while the member who began is signed in
 * there, and once: anybody may be made to open this address, with somebody else's code in it.
 */
export function connectCallback({ connections, cookie, sessions, log }: CallbackDeps): Router {
  const routes = Router({ caseSensitive: true, strict: true });
  const connectCookie = connectCookieFor(cookie);
  const perNetwork = createRateLimiter(answersPerNetwork);

  // The path that the contract names: connectCallbackPath.
  routes.get("/connect/callback", (request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    answer(request, response).catch((error: unknown) => {
      toRefusal(error, { requestId: "", route: "GET /connect/callback" }, log);
      if (!response.headersSent) sendOn(response, home, "unreachable");
    });
  });
  return routes;

  async function answer(request: Request, response: Response): Promise<void> {
    await perNetwork.take(networkOf(request.ip));
    const state = textOf(request.query.state);
    if (state === approvedState) return thank(request, response);
    const browserToken = readSessionToken(connectCookie, request.headers.cookie);
    const member = await sessions.memberOfCookies(request.headers.cookie);
    const flow =
      browserToken === null || member === null || state === ""
        ? undefined
        : await takeFlow(connections.db, {
            stateHash: hashToken(state),
            browserHash: hashToken(browserToken),
            workspaceId: member.workspaceId,
            memberId: member.memberId,
          });
    if (flow === undefined) return sendOn(response, home, "expired");
    response.setHeader("Set-Cookie", formatEndedConnectCookie(connectCookie));
    const search = new URL(request.originalUrl, connections.publicUrl).search;
    sendOn(response, flow.return_to, await finishConnection(connections, flow, { search, state }));
  }
}

function thank(request: Request, response: Response): void {
  response.setHeader("Content-Security-Policy", approvedPolicy);
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(approvedPage(textOf(request.query.admin_consent).toLowerCase() === "true"));
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function sendOn(response: Response, returnTo: string, outcome: ConnectOutcome): void {
  response.redirect(303, `${returnTo}?connect=${outcome}`);
}
