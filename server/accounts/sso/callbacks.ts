import express, { type Request, type RequestHandler, type Response, Router } from "express";
import type { ProviderId } from "../../../shared/model/ids.ts";
import type { SsoProblem } from "../../../shared/protocol/sso-routes.ts";
import { toRefusal } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { networkOf } from "../../web/networks.ts";
import { createOriginCheck } from "../../web/origins.ts";
import { createRateLimiter } from "../../web/rate-limit.ts";
import { browserLabel } from "../browser-label.ts";
import type { Sessions } from "../session.ts";
import { formatSessionCookie, hashToken, type SessionCookie } from "../session-cookie.ts";
import { type SignOutDeps, signOut } from "../sign-out.ts";
import { flowCookieFor, formatEndedFlowCookie, formatFlowCookie, readFlowToken } from "./browser-cookie.ts";
import { continuePage, continuePolicy } from "./continue-page.ts";
import { ourAddresses, type SsoDeps } from "./deps.ts";
import { finishFlow, namedProvider } from "./finish-flow.ts";
import { type FlowRow, peekFlow, takeFlow } from "./flow-store.ts";
import { SsoRefused, type Told } from "./port.ts";
import { readyProvider } from "./ready-provider.ts";
import { ourMetadata } from "./saml-metadata.ts";
import { type ProviderRow, providerOfAddress } from "./store.ts";
import { takeResponse } from "./take-response.ts";

export type CallbackDeps = SsoDeps & SignOutDeps & { cookie: SessionCookie; sessions: Sessions; log: Log };

/** A form, so a response of about 70 KB: see `refuse-odd-shapes.ts` for what may be in it. */
const mostResponseBytes = 98_304;
/** Whole offices come in at nine. */
const answersPerNetwork = { points: 600, seconds: 60 };

/**
 * Where providers send browsers back to. What comes here is from strangers until it is proved, so each way ends in the
 * console: signed in, or with the one word that says why not.
 */
export function ssoCallbacks(deps: CallbackDeps): Router {
  const routes = Router({ caseSensitive: true, strict: true });
  const flowCookie = flowCookieFor(deps.cookie);
  const ours = ourAddresses(deps.publicUrl);
  const origins = createOriginCheck(deps);
  const perNetwork = createRateLimiter(answersPerNetwork);

  /** OpenID Connect comes back by a redirect, with the flow's cookie. */
  routes.get(
    "/sso/oidc/:id/callback",
    answer("oidc", async (request, response, provider) => {
      const state = textOf(request.query.state);
      const flow = await takeFlowOf(request, provider, state);
      const ready = readyProvider(deps.secretKey, provider);
      if (flow === null || ready?.kind !== "oidc") return sendOn(response, "/console", "start_again");
      const url = new URL(ours.redirectUrl(provider));
      url.search = new URL(request.originalUrl, deps.publicUrl).search;
      const told = await deps.oidc
        .finish(ready, {
          url,
          state,
          keeps: { nonce: flow.nonce, codeVerifier: flow.code_verifier, requestId: null },
          isProof: flow.purpose === "prove",
        })
        .catch(asProblem);
      return finish(request, response, flow, provider, told);
    }),
  );

  /** SAML comes by a POST of the provider's page, without any cookie of ours: kept, and sent on to the next. */
  routes.post(
    "/sso/saml/:id/acs",
    express.urlencoded({ extended: false, limit: mostResponseBytes, parameterLimit: 10 }),
    answer("saml", async (request, response, provider) => {
      const form = (request.body ?? {}) as Record<string, unknown>; // What the parser made of the form.
      const kept = await takeResponse(deps, provider, {
        response: textOf(form.SAMLResponse),
        relayState: textOf(form.RelayState),
      });
      if (kept.kind === "refused") {
        deps.noteRefused(namedProvider(provider), kept.problem);
        return sendOn(response, kept.returnTo, kept.problem);
      }
      if (kept.browserToken !== null)
        response.setHeader("Set-Cookie", formatFlowCookie(flowCookie, kept.browserToken));
      return response.redirect(303, `/sso/saml/${provider.id}/continue?state=${kept.state}`);
    }),
  );

  routes.get(
    "/sso/saml/:id/continue",
    answer("saml", async (request, response, provider) => {
      const state = textOf(request.query.state);
      const flow = await peekFlowOf(request, provider, state);
      // Nobody here asked to sign in: the person says whether this is them, on a page of ours.
      if (flow?.request_id === null && flow.told !== null)
        return ask(request, response, provider, { state, told: flow.told as Told }); // As below.
      return finishSaml(request, response, provider, state);
    }),
  );

  routes.post(
    "/sso/saml/:id/continue",
    express.urlencoded({ extended: false, limit: 2_000, parameterLimit: 2 }),
    answer("saml", async (request, response, provider) => {
      if (!origins.isFromOurPage(request.headers)) return sendOn(response, "/console", "start_again");
      const form = (request.body ?? {}) as Record<string, unknown>; // What the parser made of the form.
      return finishSaml(request, response, provider, textOf(form.state));
    }),
  );

  routes.get(
    "/sso/saml/:id/metadata",
    answer("saml", async (_request, response, provider) => {
      response.setHeader("Content-Type", "application/samlmetadata+xml; charset=utf-8");
      response.setHeader("Content-Disposition", 'attachment; filename="foyer-saml-metadata.xml"');
      response.end(ourMetadata({ entityId: ours.entityId(provider), acsUrl: ours.acsUrl(provider) }));
    }),
  );
  return routes;

  type Handler = (request: Request, response: Response, provider: ProviderRow) => Promise<unknown>;

  function answer(kind: "oidc" | "saml", work: Handler): RequestHandler {
    return (request, response, next) => {
      const place = { requestId: "", route: `${request.method} /sso/${kind}` };
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("Referrer-Policy", "no-referrer");
      run().catch((error: unknown) => {
        const refusal = toRefusal(error, place, deps.log);
        if (!response.headersSent)
          sendOn(response, "/console", refusal.code === "too_many" ? "refused_there" : "unreachable");
      });

      async function run() {
        const id = String(request.params.id);
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return next();
        await perNetwork.take(networkOf(request.ip));
        const provider = await providerOfAddress(deps.db, id as ProviderId); // The pattern has just proved it.
        if (provider?.kind !== kind) return next();
        return work(request, response, provider);
      }
    };
  }

  function takeFlowOf(request: Request, provider: ProviderRow, state: string): Promise<FlowRow | null> {
    return flowOf(request, state, (hashes) => takeFlow(deps.db, { providerId: provider.id, ...hashes }));
  }

  function peekFlowOf(request: Request, provider: ProviderRow, state: string): Promise<FlowRow | null> {
    return flowOf(request, state, async ({ stateHash, browserHash }) => {
      const flow = await peekFlow(deps.db, provider.id, stateHash);
      return flow?.browser_hash.equals(browserHash) ? flow : undefined;
    });
  }

  async function flowOf(
    request: Request,
    state: string,
    look: (hashes: { stateHash: Buffer; browserHash: Buffer }) => Promise<FlowRow | undefined>,
  ): Promise<FlowRow | null> {
    const browserToken = readFlowToken(flowCookie, request.headers.cookie);
    if (browserToken === null || state === "") return null;
    const flow = await look({ stateHash: hashToken(state), browserHash: hashToken(browserToken) });
    return flow ?? null;
  }

  async function ask(
    request: Request,
    response: Response,
    provider: ProviderRow,
    { state, told }: { state: string; told: Told },
  ): Promise<void> {
    const member = await deps.sessions.memberOf({ cookie: request.headers.cookie });
    const page = continuePage({
      who: told.email ?? told.firstName ?? told.subject,
      provider: provider.name,
      isSignedIn: member !== null,
      action: `/sso/saml/${provider.id}/continue`,
      state,
    });
    response.setHeader("Content-Security-Policy", continuePolicy);
    // Under `no-referrer` browsers would not say whose form it is.
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(page);
  }

  async function finishSaml(
    request: Request,
    response: Response,
    provider: ProviderRow,
    state: string,
  ): Promise<void> {
    const flow = await takeFlowOf(request, provider, state);
    if (flow === null || flow.told === null) return sendOn(response, "/console", "start_again");
    const told = flow.told as Told | { problem: SsoProblem }; // Written by `take-response.ts`.
    return finish(request, response, flow, provider, "problem" in told ? told.problem : told);
  }

  async function finish(
    request: Request,
    response: Response,
    flow: FlowRow,
    provider: ProviderRow,
    told: Told | SsoProblem,
  ): Promise<void> {
    const member = await deps.sessions.memberOf({ cookie: request.headers.cookie });
    const { returnTo, problem, session } = await finishFlow(deps, flow, provider, told, {
      member,
      label: browserLabel(request),
    });
    const cookies = [formatEndedFlowCookie(flowCookie)];
    if (session !== null) {
      await signOut(deps, request.headers); // Whoever was signed in here before no longer is.
      cookies.push(formatSessionCookie(deps.cookie, session.token));
    }
    response.setHeader("Set-Cookie", cookies);
    sendOn(response, returnTo, problem);
  }
}

/** The word stands after `#`: no server sees it. */
function sendOn(response: Response, returnTo: string, problem: SsoProblem | null): void {
  response.redirect(303, problem === null ? returnTo : `${returnTo}#sso=${problem}`);
}

function asProblem(error: unknown): SsoProblem {
  if (error instanceof SsoRefused) return error.problem;
  throw error;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
