import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { AuditLine } from "../../../shared/protocol/audit.ts";
import type { AuditFilter, AuditPerson } from "../../../shared/protocol/audit-routes.ts";
import type { Database } from "../../db/tables.ts";
import { type AuditRow, auditRows, peopleRows } from "./store.ts";

const linesOfPage = 50;

/** A page of the log, newest first; by number, so that lines written meanwhile move nothing. */
export async function showAudit(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  filter: AuditFilter,
  before: string | null,
): Promise<{ lines: AuditLine[]; hasMore: boolean }> {
  const rows = await auditRows(db, workspaceId, filter, { before, most: linesOfPage + 1 });
  return { lines: rows.slice(0, linesOfPage).map(toLine), hasMore: rows.length > linesOfPage };
}

export async function listAuditPeople(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
): Promise<AuditPerson[]> {
  const rows = await peopleRows(db, workspaceId);
  return rows.map((row) => ({
    id: row.id,
    name: `${row.first_name} ${row.last_name}`.trim() || row.email,
    isActive: row.is_active,
  }));
}

function toLine(row: AuditRow): AuditLine {
  return {
    id: String(row.id),
    at: row.at.getTime(),
    actorId: row.actor_id,
    actorName: row.actor_name ?? row.actor_email,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    subjectName: row.subject_name,
    details: row.details,
  };
}
