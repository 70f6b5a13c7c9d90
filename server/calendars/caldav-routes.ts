import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import { type ConnectCalDavDeps, connectCalDav } from "./connect-caldav.ts";
import { showConnections, type ViewDeps } from "./show-connections.ts";

export function calDavRoutes(
  deps: ConnectCalDavDeps & ViewDeps,
): ConsoleRoutes<"POST /api/connections/caldav"> {
  return defineConsoleRoutes({
    "POST /api/connections/caldav": {
      // Each tries a password at somebody else's server.
      limit: { points: 10, seconds: 60 },
      async handle({ member }, wish) {
        await connectCalDav(deps, member, wish);
        return showConnections(deps, member);
      },
    },
  });
}
