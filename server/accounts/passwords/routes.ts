import { defineConsoleRoutes } from "../../web/route.ts";
import { browserLabel } from "../browser-label.ts";
import { type KnownBrowsers, knownBrowserOf } from "../known-browsers.ts";
import type { PasswordCheck } from "../password-check.ts";
import { showSession } from "../session.ts";
import { formatSessionCookie } from "../session-cookie.ts";
import { type SignOutDeps, signOut } from "../sign-out.ts";
import { askReset, type ResetLimits } from "./ask-reset.ts";
import { changePassword } from "./change-password.ts";
import { finishReset, lookAtReset } from "./finish-reset.ts";
import type { PasswordDeps } from "./set-password.ts";

export type PasswordRoutesDeps = PasswordDeps &
  SignOutDeps & {
    checkPassword: PasswordCheck;
    knownBrowsers: KnownBrowsers;
    resetLimits: ResetLimits;
    hasMailbox: boolean;
  };

/** Passwords: forgotten, and changed. */
export function passwordRoutes(deps: PasswordRoutesDeps) {
  return defineConsoleRoutes({
    "POST /api/reset": {
      limit: { points: 60, seconds: 60 },
      async handle({ network }, { email }) {
        await askReset(deps, { email, network });
        return {};
      },
    },
    "POST /api/reset/look": {
      limit: { points: 60, seconds: 60 },
      handle: async (_context, { secret }) => ({ reset: await lookAtReset(deps, secret) }),
    },
    "POST /api/reset/finish": {
      limit: { points: 30, seconds: 60 },
      async handle({ request, response }, { secret, password }) {
        const label = browserLabel(request);
        const opened = await finishReset(deps, { secret, password, label });
        await signOut(deps, { cookie: request.headers.cookie }); // Whoever was signed in here before no longer is.
        response.setHeader("Set-Cookie", [
          formatSessionCookie(deps.cookie, opened.token),
          ...(await knownBrowserOf(deps, opened)),
        ]);
        return showSession(deps, opened);
      },
    },
    "POST /api/password": {
      limit: { points: 20, seconds: 60 },
      async handle({ member, request, response }, { current, password }) {
        const label = browserLabel(request);
        const ended = await changePassword(deps, member, { current, password, label });
        response.setHeader("Set-Cookie", await knownBrowserOf(deps, member));
        return { ended };
      },
    },
  });
}
