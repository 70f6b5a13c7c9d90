import { randomBytes, randomUUID } from "node:crypto";
import type { AppsRouteAnswers } from "../../shared/protocol/apps-routes.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";

// Codes are found by secrets that no stranger has, and by ids of the asker's own session.
const nobodys = () => randomBytes(32).toString("base64url");
const code = () => ({ input: {}, segment: randomUUID() });

export const appsRows: {
  [R in keyof AppsRouteAnswers]: readonly (() => { input: ConsoleRouteInput<R>; segment?: string })[];
} = {
  "POST /api/apps/look": [() => ({ input: { userCode: "BCDF-GHJK" } })],
  "POST /api/apps/answer": [() => ({ input: { userCode: "BCDF-GHJK", isAllowed: true } })],
  "POST /api/phone-codes": [() => ({ input: {} })],
  "GET /api/phone-codes/:id": [code],
  "POST /api/phone-codes/:id/answer": [() => ({ ...code(), input: { isMine: true } })],
  "POST /api/phone-codes/:id/withdraw": [code],
  "POST /api/phone-sign-in/look": [() => ({ input: { secret: nobodys() } })],
  "POST /api/phone-sign-in/claim": [() => ({ input: { secret: nobodys() } })],
  "POST /api/phone-sign-in/finish": [() => ({ input: { claim: nobodys() } })],
};
