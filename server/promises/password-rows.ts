import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { passwordRouteSchemas } from "../../shared/protocol/password-routes.ts";
import type { Foreign } from "./foreign.ts";

type Route = keyof typeof passwordRouteSchemas;

const secret = "B".repeat(43);
const password = "four small grey cats";

/** How a stranger would reach for passwords and sessions that are not theirs. */
export const passwordRows: {
  [R in Route]: readonly ((foreign: Foreign) => { input: ConsoleRouteInput<R>; segment?: string })[];
} = {
  "POST /api/reset": [() => ({ input: { email: "nobody@example.org" } })],
  "POST /api/reset/look": [() => ({ input: { secret } })],
  "POST /api/reset/finish": [() => ({ input: { secret, password } })],
  "POST /api/password": [() => ({ input: { current: "wrong password", password } })],
  "GET /api/sessions": [() => ({ input: {} })],
  "POST /api/sessions/:id/end": [({ session }) => ({ input: {}, segment: session })],
  "POST /api/sessions/end-others": [() => ({ input: {} })],
};
