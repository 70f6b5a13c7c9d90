import type { ConsoleRoute } from "../../shared/protocol/console-routes.ts";
import type { VisitorRoute } from "../../shared/protocol/visitor-routes.ts";

/** Routes of a mailed link are open to whoever has it: the token is the permission. */
export type PublicVisitorRoute = Extract<VisitorRoute, `${string}/:token${string}`> | "POST /visitor/resume";
export type PublicConsoleRoute = Extract<
  ConsoleRoute,
  "POST /api/session" | "POST /api/session/end" | "GET /api/demo-accounts"
>;

export function isPublicVisitorRoute(name: string): boolean {
  return name.includes("/:token") || name === ("POST /visitor/resume" satisfies PublicVisitorRoute);
}

// A record, so that the type and the list cannot drift apart.
const publicConsoleRoutes: Readonly<Record<PublicConsoleRoute, true>> = {
  "POST /api/session": true,
  "POST /api/session/end": true,
  "GET /api/demo-accounts": true,
};

export function isPublicConsoleRoute(name: string): boolean {
  return Object.hasOwn(publicConsoleRoutes, name);
}
