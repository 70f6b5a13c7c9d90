import type { Response } from "express";
import type { DomainId, ProviderId } from "../../../shared/model/ids.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { requireProof } from "../proof.ts";
import type { SessionCookie } from "../session-cookie.ts";
import { type BegunFlow, beginProof, beginSignIn, beginVerify, showMyWays } from "./begin-flow.ts";
import { flowCookieFor, formatFlowCookie } from "./browser-cookie.ts";
import { addProvider, changeProvider, removeProvider, turnProviderOn } from "./change-provider.ts";
import type { SsoDeps } from "./deps.ts";
import { addDomain, proveDomain, removeDomain } from "./domains.ts";
import { findProviders } from "./may-use-password.ts";
import { setWorkspaceSsoOnly } from "./set-sso-only.ts";
import { showSignIn } from "./show-sign-in.ts";

/** What asks somebody else's server on our behalf. */
const outside = { points: 30, seconds: 60 };

export function ssoRoutes(deps: SsoDeps & { cookie: SessionCookie }) {
  const flowCookie = flowCookieFor(deps.cookie);
  const send = (response: Response, { url, browserToken }: BegunFlow) => {
    response.setHeader("Set-Cookie", formatFlowCookie(flowCookie, browserToken));
    return { url };
  };
  return defineConsoleRoutes({
    "POST /api/sso/find": {
      limit: { points: 60, seconds: 60 },
      handle: (_context, { email }) => findProviders(deps.db, email),
    },
    "POST /api/sso/start": {
      limit: { points: 60, seconds: 60 },
      handle: async ({ response }, { providerId, email }) =>
        send(response, await beginSignIn(deps, providerId, email)),
    },
    "GET /api/sso": {
      handle: ({ member }) => showSignIn(deps, member.workspaceId),
    },
    "POST /api/sso/providers": {
      handle: async ({ member }, input) => ({ provider: await addProvider(deps, member, input) }),
    },
    "PUT /api/sso/providers/:id": {
      handle: async ({ member }, change, { id }) => ({
        provider: await changeProvider(deps, member, id as ProviderId, change),
      }),
    },
    "POST /api/sso/providers/:id/delete": {
      async handle({ member }, _input, { id }) {
        await removeProvider(deps, member, id as ProviderId);
        return {};
      },
    },
    "POST /api/sso/providers/:id/verify": {
      limit: outside,
      handle: async ({ member, response }, _input, { id }) =>
        send(response, await beginVerify(deps, member, id as ProviderId)),
    },
    "POST /api/sso/providers/:id/turn": {
      handle: async ({ member }, { isOn }, { id }) => ({
        provider: await turnProviderOn(deps, member, id as ProviderId, isOn),
      }),
    },
    "POST /api/sso/metadata": {
      limit: outside,
      async handle({ member }, { xml }) {
        await requireProof(deps.db, member);
        const { readIdpMetadata } = await import("./read-idp-metadata.ts");
        return { settings: readIdpMetadata(xml) };
      },
    },
    "POST /api/sso/domains": {
      handle: async ({ member }, { domain }) => ({ domain: await addDomain(deps, member, domain) }),
    },
    "POST /api/sso/domains/:id/prove": {
      limit: outside,
      handle: ({ member }, _input, { id }) => proveDomain(deps, member, id as DomainId),
    },
    "POST /api/sso/domains/:id/delete": {
      async handle({ member }, _input, { id }) {
        await removeDomain(deps, member, id as DomainId);
        return {};
      },
    },
    "PUT /api/sso/only": {
      async handle({ member }, input) {
        await setWorkspaceSsoOnly(deps, member, input);
        return {};
      },
    },
    "GET /api/sso/mine": {
      handle: ({ member }) => showMyWays(deps, member),
    },
    "POST /api/sso/prove": {
      limit: outside,
      handle: async ({ member, response }, { returnTo }) =>
        send(response, await beginProof(deps, member, returnTo)),
    },
  });
}
