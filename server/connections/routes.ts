import type { ConnectionId } from "../../shared/model/ids.ts";
import { oauthProviderField } from "../../shared/protocol/connection-routes.ts";
import type { MemberAccess } from "../accounts/session.ts";
import type { SessionCookie } from "../accounts/session-cookie.ts";
import { AppError } from "../errors.ts";
import type { Log } from "../log.ts";
import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import { beginConnection } from "./begin-connection.ts";
import { checkApp } from "./check-app.ts";
import { connectCookieFor, formatConnectCookie } from "./connect-cookie.ts";
import type { ConnectionDeps } from "./deps.ts";
import { disconnect } from "./disconnect.ts";
import { listApps, removeApp, saveApp } from "./provider-apps.ts";
import { revokeAll } from "./revoke-all.ts";
import { setWaiting } from "./waits.ts";

type RouteDeps = ConnectionDeps & { log: Log; cookie: SessionCookie };

type OfConnections =
  | "POST /api/connections/begin"
  | "POST /api/connections/wait"
  | "POST /api/connections/:id/disconnect"
  | "GET /api/provider-apps"
  | "PUT /api/provider-apps/:provider"
  | "POST /api/provider-apps/:provider/remove"
  | "POST /api/provider-apps/:provider/check"
  | "POST /api/connections/revoke-all";

/** What asks somebody else's server on our behalf. */
const outside = { points: 20, seconds: 60 };

export function connectionRoutes(deps: RouteDeps): ConsoleRoutes<OfConnections> {
  const connectCookie = connectCookieFor(deps.cookie);
  const apps = async ({ workspaceId }: MemberAccess) => ({ apps: await listApps(deps, workspaceId) });
  return defineConsoleRoutes({
    "POST /api/connections/begin": {
      limit: { points: 30, seconds: 60 },
      async handle({ member, response }, wish) {
        const { url, browserToken } = await beginConnection(deps, member, wish);
        response.setHeader("Set-Cookie", formatConnectCookie(connectCookie, browserToken));
        return { url };
      },
    },
    "POST /api/connections/wait": {
      async handle({ member }, { provider, isWaiting }) {
        await setWaiting(deps, member, provider, isWaiting);
        return {};
      },
    },
    "POST /api/connections/:id/disconnect": {
      async handle({ member }, _input, { id }) {
        await disconnect(deps, member, id as ConnectionId); // The path was checked to be a UUID.
        return {};
      },
    },
    "GET /api/provider-apps": {
      handle: ({ member }) => apps(member),
    },
    "PUT /api/provider-apps/:provider": {
      async handle({ member }, change, path) {
        await saveApp(deps, member, providerIn(path), change);
        return apps(member);
      },
    },
    "POST /api/provider-apps/:provider/remove": {
      async handle({ member }, _input, path) {
        await removeApp(deps, member, providerIn(path));
        return apps(member);
      },
    },
    "POST /api/provider-apps/:provider/check": {
      limit: outside,
      handle: async ({ member }, _input, path) => ({
        check: await checkApp(deps, member.workspaceId, providerIn(path)),
      }),
    },
    "POST /api/connections/revoke-all": {
      limit: { points: 5, seconds: 60 },
      handle: ({ member }) => revokeAll(deps, member),
    },
  });
}

function providerIn({ provider }: { provider: string }) {
  const known = oauthProviderField.safeParse(provider);
  if (!known.success) throw new AppError("not_found");
  return known.data;
}
