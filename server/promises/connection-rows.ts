import type { ConnectionRouteAnswers } from "../../shared/protocol/connection-routes.ts";
import type { ConsoleRoute, ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { Foreign } from "./foreign.ts";

// How a stranger would ask about outside accounts. Whoever asks has proved lately who they are: the sign-in just was.

type Rows = {
  [R in keyof ConnectionRouteAnswers & ConsoleRoute]: readonly ((foreign: Foreign) => {
    input: ConsoleRouteInput<R>;
    segment?: string;
  })[];
};

const returnTo = "/console/me/calendars";

export const connectionRows: Rows = {
  "POST /api/connections/begin": [
    () => ({ input: { provider: "google", again: null, returnTo } }),
    ({ connection }) => ({ input: { provider: "google", again: connection, returnTo } }),
  ],
  "POST /api/connections/wait": [() => ({ input: { provider: "zoom", isWaiting: true } })],
  "POST /api/connections/:id/disconnect": [({ connection }) => ({ input: {}, segment: connection })],
  "GET /api/provider-apps": [() => ({ input: {} })],
  "PUT /api/provider-apps/:provider": [
    // A new client without its secret is refused, whoever has one.
    () => ({ input: { clientId: "ours", clientSecret: null }, segment: "google" }),
  ],
  "POST /api/provider-apps/:provider/remove": [() => ({ input: {}, segment: "zoom" })],
  "POST /api/provider-apps/:provider/check": [() => ({ input: {}, segment: "zoom" })],
  "POST /api/connections/revoke-all": [() => ({ input: {} })],
};
