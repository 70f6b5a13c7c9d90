import { z } from "zod";
import type { Instant, SessionId } from "../model/ids.ts";
import type { SessionKind } from "../model/people.ts";
import type { SessionView } from "../model/session.ts";
import { wordsField } from "./fields.ts";
import { limits } from "./limits.ts";

// A password that was forgotten or shall be another one, and where one is signed in.

/** Any characters in any number: what a good one is, the server says with a reason (`checkNewPassword`). */
export const newPasswordField = z.string().max(limits.passwordChars);
const secret = z.string().max(100);

export const passwordRouteSchemas = {
  /** Mails a link, if somebody has this address; the answer is the same if nobody has. */
  "POST /api/reset": z.object({ email: wordsField(limits.emailChars) }),
  "POST /api/reset/look": z.object({ secret }),
  /** Signs in, and ends every other session. `expired`: look again to see why. */
  "POST /api/reset/finish": z.object({ secret, password: newPasswordField }),
  /** `invalid_input` for `current` (the wrong one) or `password` (with a reason). Ends every other session. */
  "POST /api/password": z.object({
    current: z.string().max(limits.passwordChars),
    password: newPasswordField,
  }),
  /** Those of the asking member, the asking one first, then by use. */
  "GET /api/sessions": z.object({}),
  "POST /api/sessions/:id/end": z.object({}),
  "POST /api/sessions/end-others": z.object({}),
} as const;

/** What stands behind a mailed link; `replaced`: a newer link was mailed, or the password changed since. */
export type ResetView =
  | { state: "open"; email: string; firstName: string; lastName: string; company: string }
  | { state: "used" | "replaced" | "expired" | "sso" | "unknown" };

/** A session of one's own. `seenAt` is true to a minute; `label` names browser and system, or the app. */
export type SessionLine = {
  id: SessionId;
  kind: SessionKind;
  label: string;
  createdAt: Instant;
  seenAt: Instant;
  isThis: boolean;
};

export type PasswordRouteAnswers = {
  "POST /api/reset": object;
  "POST /api/reset/look": { reset: ResetView };
  "POST /api/reset/finish": SessionView;
  "POST /api/password": { ended: number };
  /** `hasPassword` false: this member signs in another way. */
  "GET /api/sessions": { sessions: SessionLine[]; hasPassword: boolean };
  "POST /api/sessions/:id/end": object;
  "POST /api/sessions/end-others": { ended: number };
};
