import type { Kysely } from "kysely";
import type { Database } from "../../db/tables.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { insertAuditLine } from "./store.ts";

/** Writes a line into the audit log, in the caller's transaction: what is undone was not done. */
export async function recordAudit(db: Kysely<Database>, entry: AuditEntry): Promise<void> {
  await insertAuditLine(db, entry);
}
