import { sql } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import type { Db } from "../../db/connect.ts";
import type { TestWorkspace } from "../../promises/test-workspace.ts";
import { openSession } from "../open-session.ts";
import { createSessions, type MemberAccess } from "../session.ts";
import { sessionCookieFor } from "../session-cookie.ts";
import { workspaceTables } from "./workspace-tables.ts";

type Column = { name: string; type: string; isNeeded: boolean; check: string | null };

/**
 * At least one row of a workspace in every table that holds rows of workspaces, made up from the catalogue itself: a table
 * made tomorrow is filled too. Links go to rows of the same workspace.
 */
export async function fillEveryTable(db: Db, workspaceId: WorkspaceId): Promise<void> {
  for (const { name, owner } of await workspaceTables(db)) {
    if ((await countRows(db, name, owner, workspaceId)) > 0) continue;
    const links = await linksOf(db, name);
    const columns = await columnsOf(db, name);
    const fields = columns.filter(
      (column) => column.isNeeded || column.name === owner || links.has(column.name),
    );
    const values = fields.map((column) => {
      if (column.name === "workspace_id") return sql`${workspaceId}::uuid`;
      const parent = links.get(column.name);
      if (parent !== undefined)
        return sql`(select ${sql.ref(parent.column)} from ${sql.table(parent.table)} where workspace_id = ${workspaceId} limit 1)`;
      return madeUp(column);
    });
    await sql`insert into ${sql.table(name)} (${sql.join(fields.map((column) => sql.ref(column.name)))})
      values (${sql.join(values)})`.execute(db);
  }
}

export async function countRows(
  db: Db,
  table: string,
  owner: string,
  workspaceId: WorkspaceId,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} where ${sql.ref(owner)} = ${workspaceId}`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** Rows of a workspace, by table. */
export async function countEveryTable(db: Db, workspaceId: WorkspaceId): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, owner } of await workspaceTables(db))
    counts[name] = await countRows(db, name, owner, workspaceId);
  return counts;
}

function madeUp({ type, check }: Column) {
  const allowed = [...(check ?? "").matchAll(/'([^']+)'::text/g)].at(-1)?.[1];
  if (allowed !== undefined) return sql`${allowed}`;
  if (type === "uuid") return sql`gen_random_uuid()`;
  if (type === "bytea") return sql`sha256(gen_random_uuid()::text::bytea)`;
  if (type === "jsonb") return sql`'{}'::jsonb`;
  if (type.endsWith("range")) return sql`'empty'`;
  if (type.endsWith("[]")) return sql`'{}'`;
  if (type.startsWith("timestamp")) return sql`now() + interval '1 day'`;
  if (type === "text") return sql`gen_random_uuid()::text`;
  if (type === "boolean") return sql`false`;
  return sql`1`;
}

/** Columns of links that go through `(workspace_id, id)`, or to a workspace's own row. */
async function linksOf(db: Db, table: string): Promise<Map<string, { table: string; column: string }>> {
  const { rows } = await sql<{ column: string; parent: string; parent_column: string }>`
    select a.attname as column, p.relname as parent, pa.attname as parent_column
    from pg_constraint f
    join pg_class c on c.oid = f.conrelid
    join pg_class p on p.oid = f.confrelid
    cross join unnest(f.conkey, f.confkey) as k (child_key, parent_key)
    join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.child_key
    join pg_attribute pa on pa.attrelid = f.confrelid and pa.attnum = k.parent_key
    where f.contype = 'f' and c.relname = ${table} and a.attname <> 'workspace_id' and p.relname <> 'workspaces'`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.column, { table: row.parent, column: row.parent_column }]));
}

async function columnsOf(db: Db, table: string): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select a.attname as name, format_type(a.atttypid, null) as type,
      a.attnotnull and not a.atthasdef and a.attidentity = '' as "isNeeded",
      (select pg_get_constraintdef(k.oid) from pg_constraint k
        where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as check
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname = ${table} and c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped`.execute(
    db,
  );
  return rows;
}

/** A member of the workspace with a session that has just begun. */
export async function signedInAs(db: Db, workspace: TestWorkspace, index = 0): Promise<MemberAccess> {
  const member = workspace.members[index];
  if (member === undefined) throw new Error(`the workspace has no member ${index}`);
  const { token } = await openSession(db, {
    workspaceId: workspace.id,
    memberId: member.id,
    kind: "password",
    label: "Firefox on Linux",
  });
  const sessions = createSessions({ db, cookie: sessionCookieFor("http://localhost:3000") });
  const access = await sessions.memberOfToken(token);
  if (access === null) throw new Error("the session was just opened");
  return access;
}
