import type { Kysely } from "kysely";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { listAuditPeople, showAudit } from "./show-audit.ts";

/** The audit log, for admins. */
export function auditRoutes({ db }: { db: Kysely<Database> }) {
  return defineConsoleRoutes({
    "GET /api/audit": {
      handle: ({ member }, { before, ...filter }) =>
        showAudit(db, member.workspaceId, filter, before ?? null),
    },
    "GET /api/audit/people": {
      handle: async ({ member }) => ({ people: await listAuditPeople(db, member.workspaceId) }),
    },
    "GET /api/audit/csv": {
      limit: { points: 10, seconds: 60 },
      async handle({ member, request, response }, filter) {
        // A link of another site must not start it. Browsers too old to tell send the session's cookie to nobody else's page.
        const from = request.headers["sec-fetch-site"];
        if (from !== undefined && from !== "same-origin" && from !== "none") throw new AppError("forbidden");
        response.setHeader("Content-Type", "text/csv; charset=utf-8");
        response.setHeader("Content-Disposition", 'attachment; filename="foyer-audit.csv"');
        try {
          const { writeAuditCsv } = await import("./write-audit-csv.ts");
          await writeAuditCsv(db, member.workspaceId, filter, response);
        } catch (error) {
          // Cut off, so that the browser does not take half a file for a whole one.
          if (response.headersSent) response.destroy();
          throw error;
        }
        response.end();
        return {};
      },
    },
  });
}
