import { type Kysely, sql } from "kysely";
import type { WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { jobSchema } from "./queue.ts";

/** Removes what is left to do for a workspace, and what was done: jobs carry its id. */
export async function dropJobsOf(db: Kysely<Database>, workspaceId: WorkspaceId): Promise<void> {
  for (const table of ["job", "archive"]) {
    const name = `${jobSchema}.${table}`;
    const { rows } = await sql<{ is_there: boolean }>`
      select to_regclass(${name}) is not null as is_there`.execute(db);
    if (rows[0]?.is_there !== true) continue;
    await sql`delete from ${sql.table(name)} where data -> 'payload' ->> 'workspaceId' = ${workspaceId}`.execute(
      db,
    );
  }
}
