import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { PhoneCodeId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { browserLabel } from "../browser-label.ts";
import { showSession } from "../session.ts";
import { formatSessionCookie } from "../session-cookie.ts";
import { type SignOutDeps, signOut } from "../sign-out.ts";
import { answerApp, lookAtApp } from "./answer-device-code.ts";
import { createCodeTries } from "./code-tries.ts";
import { answerPhone, makePhoneCode, showPhoneCode, withdrawPhoneCode } from "./phone-code.ts";
import { claimCode, finishPhone, personOfCode } from "./sign-in-phone.ts";

export type AppRoutesDeps = SignOutDeps & {
  db: Kysely<Database>;
  pool: Pool;
  publicUrl: string;
  hasMailbox: boolean;
};

/** Apps and phones that a signed-in person lets in. */
export function appRoutes(routeDeps: AppRoutesDeps) {
  const { db, publicUrl, cookie } = routeDeps;
  const deps = { db, tries: createCodeTries(routeDeps.pool) };
  return defineConsoleRoutes({
    "POST /api/apps/look": {
      limit: { points: 30, seconds: 60 },
      handle: async ({ member, network }, { userCode }) => ({
        app: await lookAtApp(deps, { member, network, userCode }),
      }),
    },
    "POST /api/apps/answer": {
      limit: { points: 30, seconds: 60 },
      handle: async ({ member, network }, { userCode, isAllowed }) => ({
        app: await answerApp(deps, { member, network, userCode }, isAllowed),
      }),
    },
    "POST /api/phone-codes": {
      limit: { points: 30, seconds: 60 },
      handle: ({ member }) => makePhoneCode({ db, publicUrl }, member),
    },
    "GET /api/phone-codes/:id": {
      handle: ({ member }, _input, { id }) => showPhoneCode(db, member, id as PhoneCodeId),
    },
    "POST /api/phone-codes/:id/answer": {
      handle: ({ member }, { isMine }, { id }) => answerPhone(db, member, { id: id as PhoneCodeId, isMine }),
    },
    "POST /api/phone-codes/:id/withdraw": {
      async handle({ member }, _input, { id }) {
        await withdrawPhoneCode(db, member, id as PhoneCodeId);
        return {};
      },
    },
    "POST /api/phone-sign-in/look": {
      handle: (_info, { secret }) => personOfCode(db, secret),
    },
    "POST /api/phone-sign-in/claim": {
      handle: ({ request }, { secret }) => claimCode(db, { secret, label: browserLabel(request) }),
    },
    "POST /api/phone-sign-in/finish": {
      async handle({ request, response }, { claim }) {
        const opened = await finishPhone(db, claim);
        if (opened === null) return { isWaiting: true };
        await signOut(routeDeps, { cookie: request.headers.cookie }); // Whoever was signed in on this phone no longer is.
        response.setHeader("Set-Cookie", formatSessionCookie(cookie, opened.token));
        return { isWaiting: false, session: await showSession(routeDeps, opened) };
      },
    },
  });
}
