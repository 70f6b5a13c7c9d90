import type { VisitorRoute } from "../../shared/protocol/visitor-routes.ts";

/** Routes of a mailed link are open to whoever has it: the token is the permission. */
export type PublicVisitorRoute = Extract<VisitorRoute, `${string}/:token${string}`> | "POST /visitor/resume";

export function isPublicVisitorRoute(name: string): boolean {
  return name.includes("/:token") || name === ("POST /visitor/resume" satisfies PublicVisitorRoute);
}
