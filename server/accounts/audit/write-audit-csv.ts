import { once } from "node:events";
import type { Writable } from "node:stream";
import { stringify } from "csv-stringify/sync";
import type { Kysely } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { AuditFilter } from "../../../shared/protocol/audit-routes.ts";
import type { Database } from "../../db/tables.ts";
import { type AuditRow, auditRows } from "./store.ts";

const linesAtOnce = 500;
const columns = ["time", "by", "by_email", "action", "subject_kind", "subject", "subject_id", "details"];

/**
 * The log as CSV (RFC 4180, UTF-8 with its mark, since spreadsheets guess otherwise), newest first. Names are what people
 * call themselves, so a cell that a spreadsheet would take for a formula is escaped. Read a piece at a time, no faster than
 * it is taken; whoever has gone away costs nothing more.
 */
export async function writeAuditCsv(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  filter: AuditFilter,
  out: Writable,
): Promise<void> {
  await write(out, `\ufeff${csv([columns])}`);
  let before: string | null = null;
  while (!out.destroyed) {
    const rows: AuditRow[] = await auditRows(db, workspaceId, filter, { before, most: linesAtOnce });
    if (rows.length > 0) await write(out, csv(rows.map(toRecord)));
    if (rows.length < linesAtOnce) return;
    before = String(rows.at(-1)?.id);
  }
}

function toRecord(row: AuditRow): string[] {
  return [
    row.at.toISOString(),
    row.actor_name ?? "",
    row.actor_email ?? "",
    row.action,
    row.subject_kind ?? "",
    row.subject_name ?? "",
    row.subject_id ?? "",
    Object.keys(row.details).length === 0 ? "" : JSON.stringify(row.details),
  ];
}

function csv(records: string[][]): string {
  return stringify(records, { escape_formulas: true, record_delimiter: "windows" });
}

async function write(out: Writable, text: string): Promise<void> {
  if (out.destroyed || out.write(text)) return;
  await Promise.race([once(out, "drain"), once(out, "close")]);
}
