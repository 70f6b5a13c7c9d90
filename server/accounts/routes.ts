import type { Kysely } from "kysely";
import type { CannedReplyId } from "../../shared/model/ids.ts";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import type { Database } from "../db/tables.ts";
import { defineConsoleRoutes } from "../web/route.ts";
import { browserLabel } from "./browser-label.ts";
import { addCannedReply, changeCannedReply, listCannedReplies, removeCannedReply } from "./canned-replies.ts";
import { isSetUp } from "./first-run/first-run-link.ts";
import { proveByPassword } from "./proof.ts";
import { showSession } from "./session.ts";
import { formatEndedCookie, formatSessionCookie, type SessionCookie } from "./session-cookie.ts";
import { type SignInDeps, signIn } from "./sign-in.ts";
import { type SignOutDeps, signOut } from "./sign-out.ts";

export type AccountRoutesDeps = SignOutDeps &
  SignInDeps & {
    db: Kysely<Database>;
    cookie: SessionCookie;
    hasMailbox: boolean;
    /** Empty outside the demo. */
    demoAccounts: () => Promise<DemoAccount[]>;
  };

/** Sessions, canned replies, the demo's accounts. */
export function accountRoutes(deps: AccountRoutesDeps) {
  const { db, cookie, demoAccounts } = deps;
  return defineConsoleRoutes({
    "POST /api/session": {
      limit: { points: 120, seconds: 60 },
      async handle({ network, request, response }, { email, password }) {
        const { cookie: cookies } = request.headers;
        const label = browserLabel(request);
        const signedIn = await signIn(deps, { email, password, network, cookies, label });
        await signOut(deps, { cookie: cookies }); // Whoever was signed in here before no longer is.
        response.setHeader("Set-Cookie", [
          formatSessionCookie(cookie, signedIn.token),
          signedIn.knownBrowser,
        ]);
        return showSession(deps, signedIn);
      },
    },
    "GET /api/session": {
      handle: ({ member }) => showSession(deps, member),
    },
    "POST /api/session/prove": {
      limit: { points: 20, seconds: 60 },
      async handle({ member }, { password }) {
        await proveByPassword(deps, member, password);
        return {};
      },
    },
    "POST /api/session/end": {
      async handle({ request, response }) {
        await signOut(deps, request.headers);
        response.setHeader("Set-Cookie", formatEndedCookie(cookie));
        return {};
      },
    },
    "GET /api/demo-accounts": {
      handle: async () => ({ accounts: await demoAccounts(), isSetUp: await isSetUp(db) }),
    },
    "GET /api/canned-replies": {
      handle: async ({ member }) => ({ replies: await listCannedReplies(db, member.workspaceId) }),
    },
    "POST /api/canned-replies": {
      handle: async ({ member }, reply) => ({ reply: await addCannedReply(db, member.workspaceId, reply) }),
    },
    "PUT /api/canned-replies/:id": {
      handle: async ({ member }, reply, { id }) => ({
        reply: await changeCannedReply(db, member.workspaceId, { ...reply, id: id as CannedReplyId }),
      }),
    },
    "POST /api/canned-replies/:id/delete": {
      async handle({ member }, _input, { id }) {
        await removeCannedReply(db, member.workspaceId, id as CannedReplyId);
        return {};
      },
    },
  });
}
