import { defineConsoleRoutes } from "../../web/route.ts";
import { browserLabel } from "../browser-label.ts";
import { showSession } from "../session.ts";
import { formatSessionCookie, type SessionCookie } from "../session-cookie.ts";
import { showSite } from "../workspace/sites.ts";
import { lookAtFirstRunLink } from "./first-run-link.ts";
import { openWorkspace } from "./open-workspace.ts";

export type FirstRunRoutesDeps = Parameters<typeof openWorkspace>[0] & {
  cookie: SessionCookie;
  hasMailbox: boolean;
  publicUrl: string;
};

/** The page behind the link that the server prints. */
export function firstRunRoutes(deps: FirstRunRoutesDeps) {
  return defineConsoleRoutes({
    "POST /api/first-run/look": {
      limit: { points: 60, seconds: 60 },
      async handle(_context, { secret }) {
        await lookAtFirstRunLink(deps.db, secret);
        return {};
      },
    },
    "POST /api/first-run": {
      limit: { points: 30, seconds: 60 },
      async handle({ request, response }, wanted) {
        const opened = await openWorkspace(deps, wanted, browserLabel(request));
        response.setHeader("Set-Cookie", formatSessionCookie(deps.cookie, opened.token));
        return {
          session: await showSession(deps, opened),
          site: await showSite(deps.db, opened, opened.siteId),
          scriptUrl: `${deps.publicUrl}/widget.js`,
        };
      },
    },
  });
}
