import type { Kysely } from "kysely";
import type { Database } from "../../db/tables.ts";
import type { AuditEntry } from "./record-audit.ts";

export async function insertAuditLine(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  await db
    .insertInto("audit")
    .values({
      workspace_id: entry.workspaceId,
      actor_id: entry.actorId,
      action: entry.action,
      subject_kind: entry.subject?.kind ?? null,
      subject_id: entry.subject?.id ?? null,
      subject_name: entry.subject?.name ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
