import { z } from "zod";
import type { MyConnections } from "./connection-routes.ts";
import { idField, lineField, wordsField } from "./fields.ts";
import { limits } from "./limits.ts";

// Calendars at a server that somebody names, with a name and a password.

export const calDavRouteSchemas = {
  /** Refused with `invalid_input` and `field` when the server or the password is not right; see `CalDavProblem`. */
  "POST /api/connections/caldav": z.object({
    /** As people write it: an address of a server, or an e-mail address. */
    server: wordsField(limits.urlChars),
    username: lineField(limits.emailChars),
    password: z.string().min(1).max(limits.passwordChars),
    again: idField<"connection">().nullable(),
  }),
} as const;

/** Why a CalDAV account was not connected, in `reason` of `invalid_input`. `no_calendar`: the account is there, and has none. */
export type CalDavProblem =
  | "no_such_host"
  | "private_host"
  | "no_caldav"
  | "no_calendar"
  | "wrong_password"
  | "not_https"
  | "no_answer";

export type CalDavRouteAnswers = {
  "POST /api/connections/caldav": MyConnections;
};
