import type { AuditRouteAnswers } from "../../shared/protocol/audit-routes.ts";
import type { ConsoleRouteInput } from "../../shared/protocol/console-routes.ts";
import type { Foreign } from "./foreign.ts";

// Another's log is reached by no question: the filters name a person, who is nobody here.
export const auditRows: {
  [R in keyof AuditRouteAnswers]: readonly ((foreign: Foreign) => { input: ConsoleRouteInput<R> })[];
} = {
  "GET /api/audit": [
    ({ member }) => ({ input: { person: member } }),
    () => ({ input: { before: "999999999999" } }),
  ],
  "GET /api/audit/people": [() => ({ input: {} })],
  // A file: tested with the log.
  "GET /api/audit/csv": [],
};
