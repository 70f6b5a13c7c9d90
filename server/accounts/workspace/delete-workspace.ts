import { type Kysely, sql } from "kysely";
import type { WorkspaceId } from "../../../shared/model/ids.ts";
import { endConnections } from "../../connections/end-connections.ts";
import type { Database } from "../../db/tables.ts";
import { dropJobsOf } from "../../jobs/drop-jobs.ts";
import type { Log } from "../../log.ts";
import { workspaceTables } from "./workspace-tables.ts";

export type DeleteDeps = {
  db: Kysely<Database>;
  log: Log;
  /** Told once nobody can get in any more: open consoles and chats must end. */
  announceGone: (workspaceId: WorkspaceId) => Promise<void>;
  /** Gives outside access back at its providers, as far as these answer in time. */
  giveBack: (workspaceId: WorkspaceId) => Promise<void>;
};

/** Removes the workspaces whose time has come. Each is taken by one process only. */
export async function deleteDueWorkspaces(deps: DeleteDeps): Promise<void> {
  const { rows } = await sql<{ id: WorkspaceId }>`
    select id from workspaces where delete_at <= foyer_now() order by delete_at limit 10`.execute(deps.db);
  for (const { id } of rows) {
    try {
      if (await deleteWorkspace(deps, id)) deps.log.info({ workspaceId: id }, "a workspace was deleted");
    } catch (error) {
      // What is gone is gone; the next look goes on where this one stopped.
      deps.log.warn({ err: error, workspaceId: id }, "a workspace could not be deleted to its end");
    }
  }
}

/**
 * Every row of the workspace, those last that others point at. A table at a time, each in a transaction of its own, so
 * that a large workspace holds up nobody; a killed worker's successor goes on. False: it is not due, or another does it.
 */
async function deleteWorkspace(
  { db, announceGone, giveBack }: DeleteDeps,
  id: WorkspaceId,
): Promise<boolean> {
  return db.connection().execute(async (one) => {
    const lock = await sql<{ is_mine: boolean }>`
      select pg_try_advisory_lock(hashtext('delete workspace'), hashtext(${id})) as is_mine`.execute(one);
    if (lock.rows[0]?.is_mine !== true) return false;
    try {
      if (!(await shut(one, id))) return false;
      await announceGone(id);
      // Later there is nothing left to give it back with.
      await one.transaction().execute((trx) => endConnections(trx, id));
      await giveBack(id);
      await dropJobsOf(one, id);
      for (const table of (await workspaceTables(one)).reverse()) {
        await one.transaction().execute(async (trx) => {
          // Millions of rows take longer than a request may.
          await sql`set local statement_timeout = '30min'`.execute(trx);
          // The audit log lets go of its lines only so.
          await sql`select set_config('foyer.deleted_workspace', ${id}, true)`.execute(trx);
          await sql`delete from ${sql.table(table.name)} where ${sql.ref(table.owner)} = ${id}`.execute(trx);
        });
      }
      return true;
    } finally {
      await sql`select pg_advisory_unlock(hashtext('delete workspace'), hashtext(${id}))`.execute(one);
    }
  });
}

/** From here on no way leads in: no session, no site. False when an admin took it back after all. */
async function shut(db: Kysely<Database>, id: WorkspaceId): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const due = await trx
      .updateTable("workspaces")
      .set({ logo_id: null })
      .where("id", "=", id)
      .where("delete_at", "<=", sql<Date>`foyer_now()`)
      .returning("id")
      .executeTakeFirst();
    if (due === undefined) return false;
    await trx.deleteFrom("sessions").where("workspace_id", "=", id).execute();
    await trx
      .updateTable("sites")
      .set({ removed_at: sql<Date>`coalesce(removed_at, foyer_now())` })
      .where("workspace_id", "=", id)
      .execute();
    await trx.updateTable("members").set({ is_active: false }).where("workspace_id", "=", id).execute();
    return true;
  });
}
