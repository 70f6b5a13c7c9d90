import type { ConsoleRoute, ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { SsoRouteAnswers } from "../../shared/protocol/sso-routes.ts";
import type { Foreign } from "./foreign.ts";

// How a stranger would ask about single sign-on. Whoever asks has proved lately who they are: the sign-in just was.

type Rows = {
  [R in keyof SsoRouteAnswers & ConsoleRoute]: readonly ((foreign: Foreign) => {
    input: ConsoleRouteInput<R>;
    segment?: string;
  })[];
};

const change = {
  name: "Taken over",
  oidc: { issuer: "https://idp.example", clientId: "us" },
  saml: null,
  defaultRole: "rep",
  defaultTeamId: null,
  allowsIdpInitiated: false,
} as const;

export const ssoRouteRows: Rows = {
  "POST /api/sso/find": [() => ({ input: { email: "nobody@example.org" } })],
  "POST /api/sso/start": [({ provider }) => ({ input: { providerId: provider, email: "" } })],
  "GET /api/sso": [() => ({ input: {} })],
  "POST /api/sso/providers": [() => ({ input: { kind: "oidc", name: "Ours" } })],
  "PUT /api/sso/providers/:id": [({ provider }) => ({ input: change, segment: provider })],
  "POST /api/sso/providers/:id/delete": [({ provider }) => ({ input: {}, segment: provider })],
  "POST /api/sso/providers/:id/verify": [({ provider }) => ({ input: {}, segment: provider })],
  "POST /api/sso/providers/:id/turn": [({ provider }) => ({ input: { isOn: false }, segment: provider })],
  "POST /api/sso/metadata": [() => ({ input: { xml: "<none/>" } })],
  "POST /api/sso/domains": [() => ({ input: { domain: "gmail.com" } })],
  "POST /api/sso/domains/:id/prove": [({ domain }) => ({ input: {}, segment: domain })],
  "POST /api/sso/domains/:id/delete": [({ domain }) => ({ input: {}, segment: domain })],
  "PUT /api/sso/only": [({ member }) => ({ input: { isSsoOnly: false, breakGlassIds: [member] } })],
  "GET /api/sso/mine": [() => ({ input: {} })],
  "POST /api/sso/prove": [() => ({ input: { returnTo: "/console" } })],
};
