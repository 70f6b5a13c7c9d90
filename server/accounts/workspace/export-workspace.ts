import { once } from "node:events";
import type { Writable } from "node:stream";
import { type Kysely, sql } from "kysely";
import type { ExportContents } from "../../../shared/protocol/workspace-routes.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { requireProof } from "../proof.ts";
import type { MemberAccess } from "../session.ts";
import { leftOutColumns, leftOutTables } from "./left-out.ts";
import { showWorkspace } from "./show-workspace.ts";
import { type WorkspaceTable, workspaceTables } from "./workspace-tables.ts";

type Db = Kysely<Database>;

/** Rows read at a time: what the export needs of memory, however large the workspace is. */
const rowsAtATime = 200;
/** Of tables with pictures in their rows. */
const picturesAtATime = 10;
/** A reader slower than this holds up nobody for longer. */
const longestMinutes = 60;

/** How many rows of which table the file would hold. Throws `proof_needed`. */
export async function exportContents(db: Db, admin: MemberAccess): Promise<ExportContents> {
  await requireProof(db, admin);
  const tables = [];
  for (const table of exported(await workspaceTables(db))) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from ${sql.table(table.name)}
      where ${sql.ref(table.owner)} = ${admin.workspaceId}`.execute(db);
    tables.push({ name: table.name, rows: rows[0]?.count ?? 0 });
  }
  return { tables };
}

/**
 * Everything of a workspace as lines of JSON: first what this is, then `{table, row}` for each row, those first that
 * others point at, last how many there were; a file without that line was cut short. Read in one transaction, so it shows
 * one moment. Noted in the audit log. Throws `proof_needed`, and `taken` while another one runs for this workspace.
 * `begin` is told the name before the first line.
 */
export async function exportWorkspace(
  db: Db,
  admin: MemberAccess,
  begin: (workspaceName: string) => Writable,
): Promise<void> {
  await requireProof(db, admin);
  const { workspaceId } = admin;
  const workspace = await showWorkspace(db, workspaceId);
  await recordAudit(db, {
    workspaceId,
    actorId: admin.memberId,
    action: "workspace_exported",
    subject: { kind: "workspace", id: workspaceId, name: workspace.name },
  });
  await db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      // Cuts off a reader that has stopped reading; a slow one may take its time between two pages.
      await sql`set local idle_in_transaction_session_timeout = '5min'`.execute(trx);
      const lock = await sql<{ is_mine: boolean }>`
        select pg_try_advisory_xact_lock(hashtext('export'), hashtext(${workspaceId})) as is_mine`.execute(
        trx,
      );
      if (lock.rows[0]?.is_mine !== true) throw new AppError("taken");
      const tables = exported(await workspaceTables(trx));
      const { rows } = await sql<{ at: Date }>`select foyer_now() as at`.execute(trx);
      const to = begin(workspace.name);
      const deadline = performance.now() + longestMinutes * 60_000;
      await writeLine(to, {
        foyer: "export",
        version: 1,
        workspace: workspace.name,
        at: rows[0]?.at.toISOString(),
        leftOut: { tables: leftOutTables, columns: leftOutColumns },
      });
      const counts: Record<string, number> = {};
      for (const table of tables) {
        let count = 0;
        for await (const lines of pagesOf(trx, table, workspaceId)) {
          if (performance.now() > deadline) throw new AppError("expired");
          count += lines.length;
          await write(to, `${lines.map((row) => `{"table":"${table.name}","row":${row}}`).join("\n")}\n`);
        }
        counts[table.name] = count;
      }
      await writeLine(to, { end: true, rows: counts });
    });
}

/** The tables that an export holds. */
export function exported(tables: readonly WorkspaceTable[]): WorkspaceTable[] {
  return tables.filter(({ name }) => leftOutTables[name] === undefined);
}

/** Rows as JSON text, made by the database: nothing here parses them again. */
async function* pagesOf(trx: Db, table: WorkspaceTable, workspaceId: string): AsyncGenerator<string[]> {
  const leftOut = leftOutColumns[table.name] ?? [];
  const shown = table.columns.filter(({ name }) => !leftOut.includes(name));
  const fields = shown.map(({ name, type }) =>
    type === "bytea"
      ? sql`translate(encode(${sql.ref(name)}, 'base64'), chr(10), '') as ${sql.ref(name)}`
      : sql.ref(name),
  );
  const most = shown.some(({ type }) => type === "bytea") ? picturesAtATime : rowsAtATime;
  await sql`
    declare export_rows no scroll cursor for
    select to_jsonb(r)::text as row from (
      select ${sql.join(fields)} from ${sql.table(table.name)} where ${sql.ref(table.owner)} = ${sql.lit(workspaceId)}
    ) r`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(most)} from export_rows`.execute(trx);
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < most) break;
  }
  await sql`close export_rows`.execute(trx);
}

function writeLine(to: Writable, value: object): Promise<void> {
  return write(to, `${JSON.stringify(value)}\n`);
}

/** A reader that takes nothing for so long has gone. */
const patienceMs = 120_000;

/** Waits for a reader that is behind; rejects when it has gone. */
async function write(to: Writable, text: string): Promise<void> {
  if (to.destroyed) throw new AppError("unavailable");
  if (to.write(text)) return;
  const gone = new AbortController();
  const stop = () => gone.abort();
  to.once("close", stop);
  try {
    await once(to, "drain", { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(patienceMs)]) });
  } catch {
    throw new AppError("unavailable");
  } finally {
    to.off("close", stop);
  }
}
