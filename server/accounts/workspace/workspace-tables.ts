import { type Kysely, sql } from "kysely";
import type { Database } from "../../db/tables.ts";

/** A table that holds rows of workspaces, as the database itself knows it. */
export type WorkspaceTable = {
  name: string;
  /** The column that says whose row it is: `workspace_id`, and `id` of the workspaces themselves. */
  owner: "workspace_id" | "id";
  columns: { name: string; type: string }[];
};

/**
 * Every table with a workspace in it, those first that others point at. Read from the database's own catalogue, so that
 * a table made tomorrow is exported and deleted too.
 */
export async function workspaceTables(db: Kysely<Database>): Promise<WorkspaceTable[]> {
  const { rows: columns } = await sql<{ table: string; column: string; type: string }>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    order by c.relname, a.attnum`.execute(db);
  const tables = new Map<string, WorkspaceTable>();
  for (const { table, column, type } of columns) {
    const known = tables.get(table) ?? { name: table, owner: "id", columns: [] };
    if (column === "workspace_id") known.owner = "workspace_id";
    known.columns.push({ name: column, type });
    tables.set(table, known);
  }
  for (const [name, { owner }] of tables) if (owner === "id" && name !== "workspaces") tables.delete(name);
  const { rows: links } = await sql<{ from: string; to: string }>`
    select distinct child.relname as from, parent.relname as to
    from pg_constraint f
    join pg_class child on child.oid = f.conrelid
    join pg_class parent on parent.oid = f.confrelid
    where f.contype = 'f' and f.connamespace = current_schema()::regnamespace`.execute(db);
  return inOrder(tables, links);
}

/** A workspace points at its logo and the logo at its workspace: the one circle there may be. */
const looseLinks = [{ from: "workspaces", to: "photos" }];

function inOrder(
  tables: ReadonlyMap<string, WorkspaceTable>,
  links: readonly { from: string; to: string }[],
): WorkspaceTable[] {
  const ordered: WorkspaceTable[] = [];
  const done = new Set<string>();
  function visit(table: WorkspaceTable, way: readonly string[]) {
    if (done.has(table.name)) return;
    if (way.includes(table.name)) throw new Error(`tables point at each other: ${way.join(", ")}`);
    for (const { from, to } of links) {
      if (from !== table.name || to === from) continue;
      if (looseLinks.some((loose) => loose.from === from && loose.to === to)) continue;
      const next = tables.get(to);
      if (next !== undefined) visit(next, [...way, table.name]);
    }
    done.add(table.name);
    ordered.push(table);
  }
  for (const table of tables.values()) visit(table, []);
  return ordered;
}
